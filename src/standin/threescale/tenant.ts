import type { StandInRequest, StandInResponse } from '../server.js'
import type { Credentials } from './authentication.js'
import type { ThreescaleData } from './data.js'
import type { Generation } from './generation.js'

/** What the answers are made from. */
export interface Tenant {
  readonly data: ThreescaleData
  readonly generation: Generation
  /** IANA name. */
  readonly timeZone: string
  readonly credentials: Credentials
  readonly isFinanceEnabled: boolean
}

/**
 * Answers one route.
 *
 * @param ids the ids of the path, in its order
 * @returns undefined when a record is not found
 */
export type Answer = (tenant: Tenant, request: StandInRequest, ids: readonly number[]) => StandInResponse | undefined
