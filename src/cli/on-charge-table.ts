import { formatDecimal } from '../domain/decimal.js'
import type { OnChargePlan } from '../domain/on-charge/plan.js'
import { isBeyond } from '../domain/on-charge/safety-limit.js'
import { formatJson, toJsonMoney } from './json.js'
import { printMessage } from './messages.js'
import type { CustomerPlan } from './on-charge-plans.js'
import type { Format } from './option-kinds.js'
import { formatTable } from './table.js'
import type { Output } from './terminal.js'

const COLUMNS = ['customer', 'invoice', 'action', 'line', 'cost', 'currency_code']

/** True when a customer has no plan. */
export function hasRefusal(plans: readonly CustomerPlan[]): boolean {
  return plans.some(({ plan }) => plan === null)
}

/** Prints the steps of all plans, and what there is to know of each. @param hash of all plans together */
export function printPlans(
  { stdout, stderr }: { readonly stdout: Output; readonly stderr: Output },
  plans: readonly CustomerPlan[],
  hash: string,
  format: Format,
): void {
  if (format === 'json') stdout.write(formatJson({ planHash: hash, customers: plans.map(toJson) }))
  else stdout.write(`${formatTable(COLUMNS, plans.flatMap(toRows))}plan ${hash}\n`)
  for (const one of plans) {
    if (one.plan === null) printMessage(stderr, `${one.key}: not charged: ${one.reason}`)
    else for (const note of notesOn(one.plan)) printMessage(stderr, `${one.key}: ${note}`)
  }
}

function toRows({ key, plan }: CustomerPlan) {
  if (!plan) return []
  const target = plan.target.invoiceId ?? `new, ${plan.target.month}`
  const rows = plan.steps.map(({ action, name, cost, line }) => [
    ...[key, line?.invoiceId ?? target, action, name],
    ...[cost, cost.currency],
  ])
  return [...rows, [key, '', 'total', '', plan.total, plan.total.currency]]
}

function notesOn({ total, limit, unexplained }: OnChargePlan): readonly string[] {
  const unknown = unexplained.map(
    ({ invoiceId, line }) =>
      `note: line ${JSON.stringify(line.name)} on invoice ${invoiceId} has an on-charge marker of no month of this customer; it is left alone.`,
  )
  if (!isBeyond(total, limit) || limit === null) return unknown
  const usual = `${formatDecimal(limit)} ${limit.currency}`
  return [...unknown, `warning: the total is beyond ${usual}, a multiple of the median of the months before.`]
}

function toJson(one: CustomerPlan) {
  if (one.plan === null) return { customer: one.key, reason: one.reason }
  const { target, steps, total, hash, buyerId, month } = one.plan
  return {
    customer: one.key,
    buyerId,
    month,
    invoiceId: target.invoiceId,
    invoiceMonth: target.month,
    planHash: hash,
    total: toJsonMoney(total),
    steps: steps.map(({ action, marker, name, cost }) => ({ action, marker, name, cost: toJsonMoney(cost) })),
  }
}
