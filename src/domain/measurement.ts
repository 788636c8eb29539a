import type { Decimal } from './decimal.js'

/** How much of a service was used, in the collector's own unit: `second`, `byte`, `gigabyte`, `hour`. */
export interface MeasuredService {
  readonly name: string
  readonly volume: Decimal
  readonly unit: string
}

/** What one cloud resource used over a range of days. */
export interface Measurement {
  readonly resourceId: string
  readonly resourceName: string | null
  /** `Virtual Machine`, `Volume`, `Router`; told nowhere else. */
  readonly type: string | null
  readonly region: string
  readonly services: readonly MeasuredService[]
}
