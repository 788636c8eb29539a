import { type Decimal, divideDecimals, parseDecimal, roundDecimal } from '../../domain/decimal.js'
import type { CreationType, Invoice, InvoiceState } from '../../domain/invoice.js'
import type { LineItem, LineItemType } from '../../domain/line-item.js'
import { type Money, parseMoney, subtractMoney, sumMoney } from '../../domain/money.js'
import type { Notice } from '../../domain/notice.js'
import type { Address, Buyer, BuyerAccount, Provider } from '../../domain/party.js'
import { monthOf, nextDay } from '../../domain/period.js'
import { addExactTax, type TaxedMoney } from '../../domain/taxed-money.js'
import type { Provenance } from '../cache/fetched.js'
import { mapOnce } from '../decoding/deep-freeze.js'
import type * as wire from './wire.js'

const STATES: Readonly<Record<string, InvoiceState>> = {
  open: 'OPEN',
  finalized: 'FINALIZED',
  pending: 'PENDING',
  unpaid: 'UNPAID',
  paid: 'PAID',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
}

const CREATION_TYPES: Readonly<Record<string, CreationType>> = { manual: 'MANUAL', background: 'BACKGROUND' }

const LINE_TYPES: Readonly<Record<string, LineItemType>> = {
  'LineItem::PlanCost': 'PLAN_COST',
  'LineItem::VariableCost': 'VARIABLE_COST',
  '': 'MANUAL',
}

/** ISO 4217's code for no currency: an invoice voided before it was issued has none. */
const NO_CURRENCY = 'XXX'

/** A state as 3scale spells it; undefined for a state that it does not have. */
export function toWireState(state: InvoiceState): string | undefined {
  return Object.entries(STATES).find(([, mapped]) => mapped === state)?.[0]
}

/** Converts an invoice. Its amounts stay as stated. */
export function toInvoice(sent: wire.Invoice, { asOf, stale }: Provenance): Invoice {
  return { ...toBill(sent), asOf, stale }
}

/** The invoice without its provenance. */
const toBill = mapOnce((sent: wire.Invoice): Omit<Invoice, keyof Provenance> => {
  const currency = sent.currency || NO_CURRENCY
  const taxRate = toTaxRate(sent.vat_rate)
  const total = toTotal(sent, currency, taxRate)
  const lineItems = sent.lineItems.map((line, position) => toLineItem(line, position, sent.id, currency, taxRate))
  return {
    kind: 'Invoice',
    source: 'THREESCALE',
    nativeId: sent.id,
    number: sent.friendly_id === '' ? null : sent.friendly_id,
    state: lookUp(STATES, sent.state) ?? 'UNKNOWN',
    rawState: sent.state,
    creationType: lookUp(CREATION_TYPES, sent.creation_type) ?? 'UNKNOWN',
    period: {
      month: monthOf(sent.period.from),
      start: sent.period.from,
      // 3scale states the last day; the domain's end is the day after.
      endExclusive: nextDay(sent.period.to),
    },
    issuedOn: sent.issued_on || null,
    dueOn: sent.due_on || null,
    paidAt: sent.paid_at === '' ? null : toInstant(sent.paid_at),
    provider: toProvider(sent.provider),
    buyer: toBuyer(sent.buyer),
    total,
    lineItems,
    hasPayments: sent.payment_transactions_count !== '0',
    notices: toNotices(total, lineItems),
  }
})

/** The party that issues this tenant's invoices. */
export const toProvider = mapOnce(
  (sent: wire.Party): Provider => ({
    kind: 'Provider',
    source: 'THREESCALE',
    nativeId: sent.id,
    name: sent.org_name,
    address: toAddress(sent),
  }),
)

/** Invoices of one page share the party as it was sent, and so its conversion. */
const toBuyer = mapOnce((sent: wire.Party | wire.DeletedBuyer): Buyer => {
  const common = { kind: 'Buyer', source: 'THREESCALE', nativeId: sent.id } as const
  if ('status' in sent) return { ...common, name: null, deleted: true, address: null }
  return { ...common, name: sent.org_name, deleted: false, address: toAddress(sent) }
})

/** The buyer that an account describes. */
export const toBuyerAccount = mapOnce((sent: wire.Account): BuyerAccount => {
  const address = toAddress({
    address: sent.org_legaladdress ?? '',
    city: sent.city ?? '',
    state: sent.region ?? '',
    country: sent.country ?? '',
    phone: sent.telephone_number ?? '',
    zip: sent.zip ?? '',
  })
  const buyer: Buyer = {
    kind: 'Buyer',
    source: 'THREESCALE',
    nativeId: sent.id,
    name: sent.org_name,
    deleted: false,
    address,
  }
  return { buyer, state: sent.state }
})

function toAddress(sent: Omit<wire.Party, 'id' | 'org_name'>): Address | null {
  const address: Address = {
    lines: sent.address.split('\n').filter(line => line.trim() !== ''),
    city: sent.city || null,
    state: sent.state || null,
    postalCode: sent.zip || null,
    country: sent.country || null,
    phone: sent.phone || null,
  }
  const { lines, ...rest } = address
  return lines.length === 0 && Object.values(rest).every(value => value === null) ? null : address
}

/** `cost` is two rounded parts added up, so it is neither `cost_without_vat + vat_amount` nor that sum's rounding. */
function toTotal(sent: wire.Invoice, currency: string, taxRate: Decimal): TaxedMoney {
  return {
    net: parseMoney(sent.cost_without_vat, currency),
    tax: parseMoney(sent.vat_amount ?? '0.0', currency),
    gross: parseMoney(sent.cost, currency),
    taxRate,
    taxBasis: 'STATED',
  }
}

function toLineItem(
  sent: wire.LineItem,
  position: number,
  invoiceId: string,
  currency: string,
  taxRate: Decimal,
): LineItem {
  return {
    kind: 'LineItem',
    source: 'THREESCALE',
    documentId: invoiceId,
    invoiceId,
    position,
    nativeId: sent.id,
    name: sent.name,
    description: sent.description || null,
    type: lookUp(LINE_TYPES, sent.type) ?? 'UNKNOWN',
    rawType: sent.type || null,
    quantity: sent.quantity === '' ? null : parseDecimal(sent.quantity),
    unit: null,
    // Prices can be tiered: cost ÷ quantity would mean nothing.
    rate: null,
    cost: addExactTax(parseMoney(sent.cost, currency), taxRate),
    resource: null,
    metricId: sent.metric_id || null,
    contractId: sent.contract_id || null,
    planId: sent.plan_id || null,
  }
}

/** 21.0 per cent → 0.21; 0 without VAT. */
function toTaxRate(percent: string | undefined): Decimal {
  if (percent === undefined) return { digits: 0n, scale: 0 }
  const exact = parseDecimal(percent)
  return trimZeros(divideDecimals(exact, { digits: 100n, scale: 0 }, exact.scale + 2))
}

function trimZeros(value: Decimal): Decimal {
  let { digits, scale } = value
  for (; scale > 0 && digits % 10n === 0n; scale--) digits /= 10n
  return { digits, scale }
}

function toNotices(total: TaxedMoney, lineItems: readonly LineItem[]): readonly Notice[] {
  const notices: Notice[] = []
  const lines = sumMoney(
    lineItems.map(line => line.cost.net),
    total.net.currency,
  )
  const netDifference = subtractMoney(total.net, lines)
  if (netDifference.digits !== 0n) {
    const message = 'The total without tax as stated differs from the sum of the lines.'
    notices.push({ code: 'TOTAL_MISMATCH', message, difference: netDifference })
  }
  const grossDifference = total.gross && subtractMoney(total.gross, addRounded(total))
  if (grossDifference && grossDifference.digits !== 0n) {
    const message = 'The total with tax as stated is not the rounded total and the rounded tax added up.'
    notices.push({ code: 'TOTAL_MISMATCH', message, difference: grossDifference })
  }
  if (total.tax && isOpposite(total.tax, total.net)) {
    const message = 'The tax as stated has the opposite sign of the total without tax.'
    notices.push({ code: 'TOTAL_MISMATCH', message, difference: total.tax })
  }
  return notices
}

/** True for tax that reduces the amount it is added to. The tax of a credit note is negative, as its total is. */
function isOpposite(tax: Money, net: Money): boolean {
  return net.digits < 0n ? tax.digits > 0n : tax.digits < 0n
}

function addRounded({ net, tax }: TaxedMoney): Money {
  const parts = [net, ...(tax ? [tax] : [])].map(part => ({
    ...roundDecimal(part, 2, 'HALF_AWAY_FROM_ZERO'),
    currency: part.currency,
  }))
  return sumMoney(parts, net.currency)
}

/** `2023-12-07 10:15:42 +0100` → `2023-12-07T09:15:42.000Z` */
function toInstant(text: string): string {
  const [day = '', time = '', zone = ''] = text.split(' ')
  const offset = zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`
  return new Date(`${day}T${time}${offset}`).toISOString()
}

function lookUp<V>(table: Readonly<Record<string, V>>, word: string): V | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}
