import type { ExportRow } from '../domain/export/export-table.js'
import { addMoney, type Money } from '../domain/money.js'
import type { Ledger } from '../domain/source.js'

/** The sum of the rows of one ledger and currency. */
export interface ExportSum {
  readonly ledger: Ledger
  readonly amount: Money
}

/** Counts the rows of an export and adds them up, by ledger and currency. */
export class ExportSums {
  private counted = 0
  private readonly sums = new Map<string, ExportSum>()

  /** Adds a row. */
  add({ ledger, amount }: ExportRow): void {
    this.counted++
    const key = `${ledger} ${amount.currency}`
    const sum = this.sums.get(key)
    this.sums.set(key, { ledger, amount: sum ? addMoney(sum.amount, amount) : amount })
  }

  /** The number of rows. */
  get rows(): number {
    return this.counted
  }

  /** The sums, costs before revenue, then by currency. */
  list(): readonly ExportSum[] {
    return [...this.sums].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum)
  }
}
