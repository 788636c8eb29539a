import { FULL_ACCESS } from '../access/full-access.js'
import type { OnChargePlan } from '../domain/on-charge/plan.js'
import { OnChargeRefusedError } from '../domain/on-charge/refusal.js'
import type { OnChargeTerms } from '../domain/on-charge/terms.js'
import type { YearMonth } from '../domain/period.js'
import { chargeSubject, loadChargeableCost } from '../loaders/economics/chargeable-cost.js'
import type { Loaders } from '../loaders/loaders.js'
import { refusalOf } from '../writes/intent-refusal.js'
import { JournalUnavailableError } from '../writes/journal/sql.js'
import type { OnChargeWrites } from '../writes/on-charge/on-charge-writes.js'
import { WriteRefusedError } from '../writes/refusal.js'
import { printMessage } from './messages.js'
import type { Session } from './session.js'

/** Who the journal says has charged. */
const COMMAND_LINE = { ...FULL_ACCESS, id: 'command-line' }

/** One run of the command. */
export interface ChargeRun {
  readonly session: Session
  readonly charges: OnChargeWrites
  readonly month: YearMonth
  readonly projectId: string | null
  readonly terms: OnChargeTerms
}

/** A customer's plan, or the reason why it has none. */
export type CustomerPlan =
  | { readonly key: string; readonly plan: OnChargePlan }
  | { readonly key: string; readonly plan: null; readonly reason: string }

/** The plans of the customers, one after the other. @throws the errors of reading */
export async function planAll(run: ChargeRun, keys: readonly string[]): Promise<readonly CustomerPlan[]> {
  const { session, charges, terms } = run
  const plans: CustomerPlan[] = []
  for (const [index, key] of keys.entries()) {
    const planning = costOf(run, session.loaders, key).then(cost => charges.plan(cost, terms))
    const reading = `planning ${key}, ${index + 1} of ${keys.length}`
    try {
      plans.push({ key, plan: await session.progress.during(reading, planning) })
    } catch (error) {
      plans.push({ key, plan: null, reason: reasonOf(error) })
    }
  }
  return plans
}

/** Carries the plans out, one after the other. @returns true when all are done */
export async function applyPlans(run: ChargeRun, plans: readonly CustomerPlan[]): Promise<boolean> {
  const { session } = run
  const planned = plans.filter(({ plan }) => plan !== null)
  let isDone = true
  for (const [index, { key, plan }] of planned.entries()) {
    if (!plan) continue
    const label = `charging ${key}, ${index + 1} of ${planned.length}`
    const result = await session.progress.during(label, apply(run, key, plan))
    printMessage(session.stderr, `${key}: ${result ?? 'done.'}`)
    isDone &&= result === null
  }
  return isDone
}

/** @returns why it is not done; null when it is */
async function apply(
  { session, charges, terms, ...question }: ChargeRun,
  customerKey: string,
  plan: OnChargePlan,
): Promise<string | null> {
  const { hash, month } = plan
  // Everything is read again: the plan that was shown is carried out, or none.
  const cost = () => costOf({ session, charges, terms, ...question }, session.openLoaders(), customerKey)
  try {
    // The same for the same plan: the same command continues a run that was interrupted, and begins anew after one that ended.
    const key = await charges.keyFor(COMMAND_LINE.id, `on-charge-${month}-${hash.slice(0, 32)}`, plan)
    const order = { principal: COMMAND_LINE, key, expectedPlanHash: hash }
    const { intent } = await charges.run(order, { charged: plan, cost, terms })
    return intent.state === 'DONE' ? null : refusalOf(intent).message
  } catch (error) {
    return reasonOf(error)
  }
}

async function costOf({ month, projectId }: ChargeRun, loaders: Loaders, key: string) {
  return loadChargeableCost(loaders, chargeSubject(loaders, { customer: { key }, month, projectId }))
}

/** @throws the error unless it is a refusal */
function reasonOf(error: unknown): string {
  const isRefusal =
    error instanceof OnChargeRefusedError ||
    error instanceof WriteRefusedError ||
    error instanceof JournalUnavailableError
  if (isRefusal) return error.message
  throw error
}
