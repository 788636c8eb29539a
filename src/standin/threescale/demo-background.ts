import type { DemoBuyer } from './demo-buyer.js'
import { after, dayMs, daysIn, describeChange, describePeriod, earlier, monthEnd, monthStart } from './demo-calendar.js'
import type { InvoiceDraft, LineDraft } from './demo-draft.js'
import { manualLine } from './demo-draft.js'
import { followCourse } from './demo-lifecycle.js'
import { type DemoPlan, demoMetrics, demoPlans, demoSubscriptionPlan, dollars } from './demo-plans.js'
import { demoProvider } from './demo-provider.js'
import { createRandom, type DemoRandom } from './demo-random.js'

/** Input of a background invoice. */
export interface BillingRun {
  readonly buyer: DemoBuyer
  readonly month: string
  /** Index of the month among the demo's months. */
  readonly index: number
  readonly seed: number
  readonly now: Date
}

/** Invoice of the billing job for a buyer and month; `undefined` if the buyer was not billed for it. */
export function backgroundInvoice(run: BillingRun): InvoiceDraft | undefined {
  const { buyer, month, index, seed, now } = run
  if (index < (buyer.joined ?? 0) || index > (buyer.deletedAfter ?? index)) return undefined
  const random = createRandom(`${seed}/${buyer.id}/${month}`)
  const firstDay = index === buyer.joined ? random.integer(2, 20) : 1
  const createdAt = after(monthStart(month), (firstDay - 1) * dayMs + (600 + (buyer.id - 100) * 7) * 1000)
  if (firstDay > 1 && createdAt > now) return undefined
  const lines = periodLines(run, firstDay, random)
  const closed = monthEnd(month)
  const outcome = followCourse(
    {
      finalizedAt: after(closed, 20 * 60 * 1000),
      issuedAt: after(closed, 2 * dayMs + 20 * 60 * 1000),
      now,
      pays: buyer.pays,
      isFree: lines.every(({ cost }) => Number(cost) === 0),
    },
    random,
  )
  return {
    creationType: 'background',
    createdAt: earlier(createdAt, now),
    ...outcome,
    currency: 'NZD',
    ...(buyer.vatRate === undefined ? {} : { vatRate: buyer.vatRate }),
    period: month,
    buyerId: buyer.id,
    ...frozenBeforeMove(buyer, index),
    lines,
  }
}

function frozenBeforeMove(buyer: DemoBuyer, index: number): Pick<InvoiceDraft, 'frozenAddresses'> {
  const { moved } = buyer
  if (!moved || index >= moved.month || !demoProvider.legalAddress) return {}
  return { frozenAddresses: { provider: demoProvider.legalAddress, buyer: moved.from } }
}

function periodLines(run: BillingRun, firstDay: number, random: DemoRandom): readonly LineDraft[] {
  const { buyer, month, index, now } = run
  const { upgrade } = buyer
  const plan = upgrade && index < upgrade.month ? upgrade.from : buyer.plan
  const contractId = buyer.id + 400
  const days = daysIn(month)
  const share = (amount: number, from: number): number => Math.round((amount * (days - from + 1)) / days)
  const fixed = (name: string, planId: number, cost: number, rest: Partial<LineDraft> = {}): LineDraft =>
    manualLine(name, dollars(cost), {
      description: describePeriod(month, firstDay),
      quantity: 1,
      type: 'LineItem::PlanCost',
      planId,
      contractId,
      contractType: 'Contract',
      ...rest,
    })

  const lines: LineDraft[] = []
  if (index === buyer.joined && plan.setupFee > 0) {
    lines.push(fixed(`Setup fee ('${plan.name}')`, plan.id, plan.setupFee, { description: null, quantity: null }))
  }
  const isUpgraded = index === upgrade?.month
  const feePlan = isUpgraded ? upgrade.from : plan
  if (feePlan.monthlyFee > 0) {
    lines.push(fixed(`Fixed fee ('${feePlan.name}')`, feePlan.id, share(feePlan.monthlyFee, firstDay)))
  }
  if (isUpgraded) {
    const day = random.integer(8, 20)
    const description = describeChange(month, day)
    if (feePlan.monthlyFee > 0) {
      const refund = -share(feePlan.monthlyFee, day)
      lines.push(fixed(`Refund ('${feePlan.name}')`, feePlan.id, refund, { description }))
    }
    const name = `Application upgrade ('${feePlan.name}' to '${plan.name}')`
    lines.push(fixed(name, plan.id, share(plan.monthlyFee, day), { description }))
  }
  if (plan.id === demoPlans.scale.id) {
    const { id, name, monthlyFee } = demoSubscriptionPlan
    lines.push(fixed(`Fixed fee ('${name}')`, id, share(monthlyFee, firstDay), { contractId: buyer.id + 600 }))
  }
  // The current month has usage only up to now.
  const passed = Math.min(1, (now.getTime() - monthStart(month).getTime()) / (days * dayMs))
  return [...lines, ...usageLines(plan, buyer.lookupMetricId, passed, random, fixed)]
}

type FixedLine = (name: string, planId: number, cost: number, rest?: Partial<LineDraft>) => LineDraft

function usageLines(
  plan: DemoPlan,
  lookupMetricId: number = demoMetrics.lookups,
  passed: number,
  random: DemoRandom,
  line: FixedLine,
): readonly LineDraft[] {
  const hits = Math.floor(random.integer(9000, 450000) * passed)
  const lookups = Math.floor((random.chance(60) ? random.integer(40, 6000) : 0) * passed)
  const usage = [
    { name: 'Hits', metricId: demoMetrics.hits, quantity: hits, price: plan.hitPrice },
    { name: 'Address lookups', metricId: lookupMetricId, quantity: lookups, price: plan.lookupPrice },
  ]
  return usage
    .filter(({ quantity }) => quantity > 0)
    .map(({ name, metricId, quantity, price }) =>
      line(name, plan.id, quantity * price, { type: 'LineItem::VariableCost', metricId, quantity }),
    )
}
