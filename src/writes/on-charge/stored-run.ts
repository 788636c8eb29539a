import { compareDecimals, formatDecimal } from '../../domain/decimal.js'
import type { Invoice } from '../../domain/invoice.js'
import { type Money, parseMoney, sumMoney } from '../../domain/money.js'
import { readChargeMarker } from '../../domain/on-charge/charged-month.js'
import { findOwnLines } from '../../domain/on-charge/own-lines.js'
import type { OnChargePlan } from '../../domain/on-charge/plan.js'
import type { OnChargeStep } from '../../domain/on-charge/steps.js'
import type { OnChargeRun, WriteIntent } from '../intent.js'

/** A run as the journal holds it. */
export interface StoredRun {
  readonly intent: WriteIntent
  readonly run: OnChargeRun
}

/** The plan as the journal holds it. @param invoiceId the invoice that new lines are added to */
export function toRun(plan: OnChargePlan, invoiceId: string): OnChargeRun {
  const { customerKey, buyerId, month, target, steps, total, hash } = plan
  return {
    operation: 'onCharge',
    invoiceId,
    customerKey,
    buyerId,
    month,
    target,
    steps: steps.map(step => ({ ...step, cost: formatDecimal(step.cost) })),
    total: formatDecimal(total),
    currency: total.currency,
    planHash: hash,
  }
}

/** The steps of a stored plan. */
export function stepsOf({ steps, currency }: OnChargeRun): readonly OnChargeStep[] {
  return steps.map(step => ({ ...step, cost: parseMoney(step.cost, currency) }))
}

/** The total of a stored plan. */
export function totalOf({ total, currency }: OnChargeRun): Money {
  return parseMoney(total, currency)
}

/** How the lines of the month differ from the total of the plan; null when they sum to it. */
export function differenceOf(run: OnChargeRun, invoices: readonly Invoice[]): string | null {
  const identities = new Set(run.steps.map(({ marker }) => readChargeMarker(marker).identity))
  const { own } = findOwnLines(run, invoices, identities)
  if (own.every(({ cost }) => cost.currency === run.currency)) {
    const costs = own.map(({ cost }) => cost)
    const sum = sumMoney(costs, run.currency)
    if (compareDecimals(sum, totalOf(run)) === 0) return null
    return `The lines of ${run.month} sum to ${formatDecimal(sum)} ${run.currency} instead of ${run.total}: a line was added, changed or removed meanwhile.`
  }
  return `A line of ${run.month} is in another currency than ${run.currency}.`
}
