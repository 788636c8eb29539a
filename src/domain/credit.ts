import type { Money } from './money.js'
import type { LocalDate } from './period.js'

/** A grant or credit that Catalyst deducts from future bills. */
export interface Credit {
  /** Null if the ERP states none. */
  readonly code: string | null
  readonly type: string
  /** The remaining amount. */
  readonly balance: Money
  readonly startedOn: LocalDate | null
  readonly expiresOn: LocalDate | null
  readonly recurring: boolean
}
