import type { InvoiceRecord, ThreescaleData } from './data.js'
import { type Decimal, formatDecimal, formatFloat } from './decimal.js'
import { invoiceMoney } from './invoice-money.js'
import { lineItemElements } from './line-item-xml.js'
import { lastDay } from './month.js'
import { buyerXml, providerXml } from './party-xml.js'
import { branch, branchOrEmpty, leaf } from './xml.js'
import { formatPaidAt } from './zoned-time.js'

/** Context of a printed invoice: a list prints exact decimals, a single invoice prints floats. */
export type InvoiceView = 'list' | 'single'

/** `<invoice>` element, with its provider, buyer and line items. */
export function invoiceXml(invoice: InvoiceRecord, data: ThreescaleData, timeZone: string, view: InvoiceView): string {
  const buyer = data.buyers.find(({ id }) => id === invoice.buyerId)
  const { cost, costWithoutVat, vat } = invoiceMoney(invoice)
  const format: (value: Decimal) => string = view === 'single' ? formatFloat : formatDecimal
  return branch(
    'invoice',
    [
      leaf('id', invoice.id),
      leaf('friendly_id', invoice.friendlyId),
      leaf('creation_type', invoice.creationType),
      leaf('state', invoice.state),
      leaf('paid_at', invoice.paidAt ? formatPaidAt(invoice.paidAt, timeZone) : ''),
      leaf('due_on', invoice.dueOn ?? ''),
      leaf('issued_on', invoice.issuedOn ?? ''),
      leaf('currency', invoice.currency || null),
      leaf('cost', format(cost)),
      ...(vat ? [leaf('vat_rate', format(vat.rate)), leaf('vat_amount', format(vat.amount))] : []),
      leaf('cost_without_vat', formatDecimal(costWithoutVat)),
      periodXml(invoice.period),
      providerXml(invoice, data.provider),
      buyerXml(invoice, buyer),
      branchOrEmpty('line-items', lineItemElements(invoice)),
      leaf('payment_transactions_count', invoice.paymentTransactionsCount),
    ],
    { version: '1.0' },
  )
}

function periodXml(month: string): string {
  return branch('period', [leaf('from', `${month}-01`), leaf('to', lastDay(month))])
}
