import type { InvoiceRecord } from './data.js'
import { add, type Decimal, multiply, parseDecimal, percent, round, zero } from './decimal.js'

/** Sums of an invoice. */
export interface InvoiceMoney {
  /** With VAT, two decimals: the sum of the other two after each has been rounded. */
  readonly cost: Decimal
  /** Not rounded. */
  readonly costWithoutVat: Decimal
  /** Only if the rate is above zero. */
  readonly vat: { readonly rate: Decimal; readonly amount: Decimal } | undefined
}

/** Sums of an invoice as computed by the server. */
export function invoiceMoney(invoice: InvoiceRecord): InvoiceMoney {
  const costs = invoice.lineItems.map(item => parseDecimal(item.cost))
  // Starts with the first cost, so that a single negative zero keeps its sign.
  const costWithoutVat = costs.length === 0 ? zero : costs.reduce(add)
  const rate = parseDecimal(invoice.vatRate ?? '0')
  if (rate.isNegative || rate.magnitude === 0n)
    return { cost: round(costWithoutVat, 2), costWithoutVat, vat: undefined }
  const amount = percent(multiply(costWithoutVat, rate))
  return { cost: add(round(costWithoutVat, 2), round(amount, 2)), costWithoutVat, vat: { rate, amount } }
}
