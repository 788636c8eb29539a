import type { Invoice } from './invoice.js'
import { addMoney, type Money } from './money.js'
import { type Ledger, ledgerOf } from './source.js'

/** The totals of all invoices of one ledger and one currency. Amounts of other ledgers or currencies are never added to them. */
export interface CurrencyTotal {
  readonly ledger: Ledger
  /** ISO 4217 code. */
  readonly currencyCode: string
  readonly net: Money
  /** Null when the tax of an invoice is unknown. */
  readonly tax: Money | null
  /** Null when the total with tax of an invoice is unknown. */
  readonly gross: Money | null
  /** The number of invoices. */
  readonly count: number
}

/** Adds up invoices one by one, by ledger and currency. Cancelled invoices are left out. */
export class CurrencyTotals {
  private readonly sums = new Map<string, CurrencyTotal>()

  /** Adds an invoice, unless it is cancelled. */
  add({ source, state, total: { net, tax, gross } }: Pick<Invoice, 'source' | 'state' | 'total'>): void {
    if (state === 'CANCELLED') return
    const [ledger, { currency }] = [ledgerOf(source), net]
    const key = `${ledger} ${currency}`
    const sum = this.sums.get(key)
    this.sums.set(
      key,
      sum
        ? {
            ...sum,
            net: addMoney(sum.net, net),
            tax: addKnown(sum.tax, tax),
            gross: addKnown(sum.gross, gross),
            count: sum.count + 1,
          }
        : { ledger, currencyCode: currency, net, tax, gross, count: 1 },
    )
  }

  /** The totals, costs before revenue, then by currency. */
  list(): readonly CurrencyTotal[] {
    return [...this.sums].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, total]) => total)
  }
}

function addKnown(left: Money | null, right: Money | null): Money | null {
  return left && right && addMoney(left, right)
}
