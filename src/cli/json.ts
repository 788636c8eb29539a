import { formatDecimal } from '../domain/decimal.js'
import { formatGlobalId } from '../domain/global-id.js'
import type { Invoice } from '../domain/invoice.js'
import type { LineItem } from '../domain/line-item.js'
import type { Money } from '../domain/money.js'
import type { Notice } from '../domain/notice.js'
import type { Buyer } from '../domain/party.js'
import { ledgerOf } from '../domain/source.js'
import type { TaxedMoney } from '../domain/taxed-money.js'
import { toPrintableJson } from './printable.js'

/** The value as indented JSON that is safe to print to a terminal. Ends with a line break. */
export function formatJson(value: unknown): string {
  return toPrintableJson(`${JSON.stringify(value, null, 2)}\n`)
}

/** An amount under the graph's names, like everything below. `amount` is exact decimal text. */
export function toJsonMoney(money: Money) {
  return { amount: formatDecimal(money), currencyCode: money.currency }
}

/** An amount without tax, the tax, and the amount with tax. */
export function toJsonTaxedMoney({ net, tax, gross, taxRate, taxBasis }: TaxedMoney) {
  return {
    net: toJsonMoney(net),
    tax: tax && toJsonMoney(tax),
    gross: gross && toJsonMoney(gross),
    taxRate: taxRate && formatDecimal(taxRate),
    taxBasis,
  }
}

/** A line item. */
export function toJsonLineItem(line: LineItem) {
  const { name, description, type, rawType, quantity, unit, rate, cost, resource } = line
  return {
    name,
    description,
    type,
    rawType,
    quantity: quantity && formatDecimal(quantity),
    unit,
    rate: rate && formatDecimal(rate),
    cost: toJsonTaxedMoney(cost),
    resource,
  }
}

/** A notice about a figure. */
export function toJsonNotice({ code, message, difference }: Notice) {
  return { code, message, difference: difference && toJsonMoney(difference) }
}

/** The party that is billed. */
export function toJsonBuyer(buyer: Buyer) {
  const { source, nativeId, name, deleted } = buyer
  return { id: formatGlobalId(buyer), source, nativeId, name, deleted }
}

/** A bill without its line items. */
export function toJsonInvoice(invoice: Invoice) {
  const { source, nativeId, number, state, rawState, period, issuedOn, dueOn, paidAt, buyer, total, notices } = invoice
  return {
    id: formatGlobalId(invoice),
    source,
    ledger: ledgerOf(source),
    nativeId,
    number,
    state,
    rawState,
    period,
    issuedOn,
    dueOn,
    paidAt,
    buyer: toJsonBuyer(buyer),
    total: toJsonTaxedMoney(total),
    notices: notices.map(toJsonNotice),
    asOf: invoice.asOf,
    stale: invoice.stale,
  }
}
