import type { StandInRequest, StandInResponse } from '../handler.js'
import type { Credentials, RequestContext } from './authentication.js'
import type { ThreescaleData } from './data.js'
import type { Generation } from './generation.js'
import type { Knobs } from './knobs.js'
import type { Ledger } from './ledger.js'
import type { Parameters } from './parameters.js'
import type { ErrorForm } from './responses.js'

/** What the answers are made from. */
export interface Tenant {
  readonly data: ThreescaleData
  /** Changes what `data` shows. */
  readonly ledger: Ledger
  readonly generation: Generation
  /** IANA name. */
  readonly timeZone: string
  readonly credentials: Credentials
  readonly knobs: Readonly<Knobs>
  readonly clock: () => Date
}

/** A request that was let in. */
export interface Call extends StandInRequest {
  readonly parameters: Parameters
  readonly caller: RequestContext
  /** JSON is answered to those who asked for it, XML to all others. */
  readonly form: ErrorForm
}

/**
 * Answers one route.
 *
 * @param ids the ids of the path, in its order
 * @returns undefined when a record is not found
 */
export type Answer = (tenant: Tenant, call: Call, ids: readonly number[]) => StandInResponse | undefined
