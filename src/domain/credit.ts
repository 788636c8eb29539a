import type { Money } from './money.js'
import type { LocalDate } from './period.js'

/** Money that Catalyst will take off coming bills. */
export interface Credit {
  /** Null where the ERP has none. */
  readonly code: string | null
  readonly type: string
  /** What is left of it. */
  readonly balance: Money
  readonly startedOn: LocalDate | null
  readonly expiresOn: LocalDate | null
  readonly recurring: boolean
}
