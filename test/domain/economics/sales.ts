import { parseDecimal } from '../../../src/domain/decimal.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { parseMoney } from '../../../src/domain/money.js'
import { toPeriod } from '../../../src/domain/period.js'
import { addTax, type TaxedMoney } from '../../../src/domain/taxed-money.js'
import { invoice, line } from '../bills.js'

/** The instant when the fixtures' 3scale responded. */
const SOLD_AT = '2026-11-20T00:00:00.000Z'

/** An amount without tax, with 21 % tax on it. */
export function sold(net: string, currency = 'NZD'): TaxedMoney {
  return addTax(parseMoney(net, currency), parseDecimal('0.21'))
}

/** A paid 3scale invoice for October 2026 of one line; `members` may replace anything. */
export function sale(net: string, members: Partial<Invoice> & { readonly month?: string } = {}): Invoice {
  const { month = '2026-10', ...rest } = members
  return invoice({
    source: 'THREESCALE',
    nativeId: '1001',
    state: 'PAID',
    period: toPeriod(month),
    total: sold(net),
    lineItems: [saleLine(net)],
    asOf: SOLD_AT,
    ...rest,
  })
}

/** A line of a 3scale invoice. */
export function saleLine(net: string, description: string | null = null): LineItem {
  return line({
    source: 'THREESCALE',
    documentId: '1001',
    invoiceId: '1001',
    name: 'Fee',
    description,
    cost: sold(net),
  })
}
