import type { Decimal } from './decimal.js'

/** The usage of a service, in the collector's unit: `second`, `byte`, `gigabyte`, `hour`. */
export interface MeasuredService {
  readonly name: string
  readonly volume: Decimal
  readonly unit: string
}

/** The usage of a cloud resource over a range of days. */
export interface Measurement {
  readonly resourceId: string
  readonly resourceName: string | null
  /** `Virtual Machine`, `Volume`, `Router`; null if not stated. */
  readonly type: string | null
  readonly region: string
  readonly services: readonly MeasuredService[]
}
