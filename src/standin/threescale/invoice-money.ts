import type { InvoiceRecord } from './data.js'
import { add, type Decimal, multiply, parseDecimal, percent, round, zero } from './decimal.js'

/** The sums of an invoice. */
export interface InvoiceMoney {
  /** VAT included, two decimals. Not `costWithoutVat` plus `vatAmount`: each of the two is rounded before adding. */
  readonly cost: Decimal
  /** Unrounded. */
  readonly costWithoutVat: Decimal
  /** Only with a rate above zero. */
  readonly vat: { readonly rate: Decimal; readonly amount: Decimal } | undefined
}

/** Adds up an invoice as the server does. */
export function invoiceMoney(invoice: InvoiceRecord): InvoiceMoney {
  const costs = invoice.lineItems.map(item => parseDecimal(item.cost))
  // The first cost is the start, so that a lone negative zero keeps its sign.
  const costWithoutVat = costs.length === 0 ? zero : costs.reduce(add)
  const rate = parseDecimal(invoice.vatRate ?? '0')
  if (rate.isNegative || rate.magnitude === 0n)
    return { cost: round(costWithoutVat, 2), costWithoutVat, vat: undefined }
  const amount = percent(multiply(costWithoutVat, rate))
  return { cost: add(round(costWithoutVat, 2), round(amount, 2)), costWithoutVat, vat: { rate, amount } }
}
