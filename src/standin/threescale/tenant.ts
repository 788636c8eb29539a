import type { StandInRequest, StandInResponse } from '../handler.js'
import type { CallerRights, Credentials } from './authentication.js'
import type { ThreescaleData } from './data.js'
import type { Generation } from './generation.js'
import type { Knobs } from './knobs.js'
import type { Ledger } from './ledger.js'
import type { Parameters } from './parameters.js'
import type { ErrorForm } from './responses.js'

/** State of a tenant that requests are answered from. */
export interface Tenant {
  readonly data: ThreescaleData
  /** Changes `data`. */
  readonly ledger: Ledger
  readonly generation: Generation
  /** IANA time zone. */
  readonly timeZone: string
  readonly credentials: Credentials
  readonly knobs: Readonly<Knobs>
  readonly clock: () => Date
}

/** Authenticated request. */
export interface Call extends StandInRequest {
  readonly parameters: Parameters
  readonly caller: CallerRights
  /** Documents are JSON if it is `json`, else XML. */
  readonly form: ErrorForm
}

/**
 * Handler of one route.
 *
 * @param ids ids of the path, in its order
 * @returns `undefined` if a record is not found
 */
export type RouteHandler = (tenant: Tenant, call: Call, ids: readonly number[]) => StandInResponse | undefined
