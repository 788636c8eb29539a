import { formatDecimal } from '../domain/decimal.js'
import { formatGlobalId } from '../domain/global-id.js'
import type { Invoice } from '../domain/invoice.js'
import type { LineItem } from '../domain/line-item.js'
import type { Money } from '../domain/money.js'
import type { Notice } from '../domain/notice.js'
import type { Buyer } from '../domain/party.js'
import { ledgerOf } from '../domain/source.js'
import type { TaxedMoney } from '../domain/taxed-money.js'
import { visibleJson } from './visible.js'

/** The value as JSON text for people and programs, with a line break at the end. */
export function formatJson(value: unknown): string {
  return visibleJson(`${JSON.stringify(value, null, 2)}\n`)
}

/** Under the graph's names, as all that follows. The amount is text: it is exact. */
export function toJsonMoney(money: Money) {
  return { amount: formatDecimal(money), currencyCode: money.currency }
}

/** An amount without and with tax. */
export function toJsonTaxedMoney({ net, tax, gross, taxRate, taxBasis }: TaxedMoney) {
  return {
    net: toJsonMoney(net),
    tax: tax && toJsonMoney(tax),
    gross: gross && toJsonMoney(gross),
    taxRate: taxRate && formatDecimal(taxRate),
    taxBasis,
  }
}

/** One charge. */
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

/** A caution. */
export function toJsonNotice({ code, message, difference }: Notice) {
  return { code, message, difference: difference && toJsonMoney(difference) }
}

/** Who is billed. */
export function toJsonBuyer(buyer: Buyer) {
  const { source, nativeId, name, deleted } = buyer
  return { id: formatGlobalId(buyer), source, nativeId, name, deleted }
}

/** A bill without its lines. */
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
