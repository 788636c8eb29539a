import { createHash } from 'node:crypto'
import { formatDecimal } from '../decimal.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import type { Money } from '../money.js'
import { addMonths, type YearMonth } from '../period.js'
import type { ChargedMonth } from './charged-month.js'
import { chargesFor } from './charges.js'
import { findOwnLines } from './own-lines.js'
import { OnChargeRefusedError } from './refusal.js'
import { usualLimit } from './safety-limit.js'
import { type OnChargeStep, stepsFor } from './steps.js'
import { type OnChargeTarget, targetOf } from './target.js'
import type { ChargeableCost, OnChargeTerms } from './terms.js'

/** What on-charging a month will do. */
export interface OnChargePlan extends ChargedMonth {
  readonly target: OnChargeTarget
  readonly steps: readonly OnChargeStep[]
  /** Of all lines of the month after the steps, without tax, in the currency of the invoice. */
  readonly total: Money
  /** SHA-256 in hexadecimal of everything that the steps do and depend on. */
  readonly hash: string
  /** A total beyond it is unusual; null while no other month was charged. */
  readonly limit: Money | null
  /** Lines with a marker that no month of the customer explains. They are left alone. */
  readonly unexplained: readonly { readonly invoiceId: string; readonly line: LineItem }[]
}

/** Beside the cost and the terms, what a plan depends on. */
export interface PlanOptions {
  /** All invoices of all buyers of the customer, read past the cache. */
  readonly invoices: readonly Invoice[]
  /** The running month. */
  readonly running: YearMonth
  /** How many times the median of the months before makes a total unusual. */
  readonly safetyFactor: number
}

/** Of an invoice that was cancelled before it was issued. */
const NO_CURRENCY = 'XXX'

/** How far ahead of the running month an invoice can be. */
export const MONTHS_AHEAD = 12

/**
 * The plan to on-charge a cost. It depends on nothing but what it is given, so that the plan of a dry run is that of the run, unless
 * something has moved.
 *
 * @throws OnChargeRefusedError
 */
export function planOnCharge(
  cost: ChargeableCost,
  terms: OnChargeTerms,
  { invoices, running, safetyFactor }: PlanOptions,
): OnChargePlan {
  requireInvoiceMonth(cost, terms, running)
  const { customerKey, buyerId, month } = cost
  const converted = chargesFor(cost, terms, cost.currency)
  const identities = new Set(converted.charges.map(({ identity }) => identity))
  const { own, otherMonths, unexplained } = findOwnLines(cost, invoices, identities)
  const ofBuyer = invoices.filter(({ buyer }) => buyer.nativeId === buyerId)
  const target = targetOf(own, ofBuyer, terms.invoiceMonth, running)
  const currency = currencyFor(target, ofBuyer, cost, terms)
  const foreign = own.find(line => line.cost.currency !== currency)
  if (foreign) throw mismatch(`A line of the month is charged in ${foreign.cost.currency} already, not in ${currency}.`)
  const charges = currency === cost.currency ? converted : chargesFor(cost, terms, currency)
  const steps = stepsFor(cost, charges, own)
  const plan = { customerKey, buyerId, month, target, steps, total: charges.total }
  return {
    ...plan,
    hash: hashOf(plan),
    limit: usualLimit(otherMonths, cost.month, currency, safetyFactor),
    unexplained,
  }
}

function requireInvoiceMonth({ month }: ChargedMonth, { invoiceMonth }: OnChargeTerms, running: YearMonth): void {
  const last = addMonths(running, MONTHS_AHEAD)
  if (invoiceMonth === null || (invoiceMonth >= month && invoiceMonth <= last)) return
  const message = `invoiceMonth: "${invoiceMonth}" is not a month from ${month}, which is charged, to ${last}.`
  throw new OnChargeRefusedError('BAD_USER_INPUT', message, 'invoiceMonth')
}

/** The currency of the invoice. Without any invoice of the buyer it is that of the cost; the new invoice is checked before a line is added. */
function currencyFor(
  { invoiceId }: OnChargeTarget,
  invoices: readonly Invoice[],
  cost: ChargeableCost,
  { exchangeRate }: OnChargeTerms,
): string {
  const target = invoices.find(({ nativeId }) => nativeId === invoiceId)
  const currency = (target ?? newestWithCurrency(invoices))?.total.net.currency
  if (currency === undefined && exchangeRate !== null) {
    throw mismatch('The buyer has no invoice yet, so that the currency to convert to is not known: create one first.')
  }
  if (currency === undefined || currency === cost.currency) {
    if (exchangeRate === null) return cost.currency
    throw mismatch(`The cost and the invoice are both in ${cost.currency}: leave exchangeRate out.`)
  }
  if (exchangeRate !== null) return currency
  throw mismatch(
    `The cost is in ${cost.currency}, and the invoice in ${currency}: set exchangeRate to the price of 1 ${cost.currency} in ${currency}.`,
  )
}

function newestWithCurrency(invoices: readonly Invoice[]): Invoice | undefined {
  const known = invoices.filter(({ total }) => total.net.currency !== NO_CURRENCY)
  const open = known.filter(({ state }) => state === 'OPEN' || state === 'FINALIZED')
  // The open ones have the present currency of the tenant.
  return (open.length > 0 ? open : known).toSorted((left, right) =>
    left.period.month < right.period.month ? 1 : -1,
  )[0]
}

function mismatch(message: string): OnChargeRefusedError {
  return new OnChargeRefusedError('CURRENCY_MISMATCH', message, 'exchangeRate')
}

/** The id of an invoice that is only found, or created, is left out: a run that created it and was interrupted has the same plan. */
function hashOf({ target, steps, total, ...month }: Omit<OnChargePlan, 'hash' | 'limit' | 'unexplained'>): string {
  const canonical = [
    'on-charge 1',
    [month.customerKey, month.buyerId, month.month, target.month, target.state],
    [formatDecimal(total), total.currency],
    steps.map(({ action, marker, name, description, cost, line }) => {
      const text = action === 'KEEP' ? [] : [name, description]
      return [action, marker, formatDecimal(cost), line?.invoiceId ?? null, line?.lineItemId ?? null, ...text]
    }),
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex')
}
