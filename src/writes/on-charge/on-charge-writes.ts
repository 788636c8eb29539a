import type { Principal } from '../../access/principal.js'
import { hasScope } from '../../access/rules.js'
import { formatDecimal } from '../../domain/decimal.js'
import type { Invoice } from '../../domain/invoice.js'
import type { ChargedMonth } from '../../domain/on-charge/charged-month.js'
import { type OnChargePlan, planOnCharge } from '../../domain/on-charge/plan.js'
import { isBeyond } from '../../domain/on-charge/safety-limit.js'
import type { ChargeableCost, OnChargeTerms } from '../../domain/on-charge/terms.js'
import { monthAt } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import { withoutCallerLimits } from '../../request/request-context.js'
import { toInvoice } from '../../upstream/threescale/mapping.js'
import type { ThreescaleWrites } from '../../upstream/threescale/writes.js'
import type { WriteIntent } from '../intent.js'
import { invoiceTarget } from '../operations/operation.js'
import { refuse, WRITES_DISABLED, WriteRefusedError } from '../refusal.js'
import { createInvoiceFor, endOtherRuns, isUsedUp, type RunOptions, requireReadyToRun, runSteps } from './run-steps.js'
import { differenceOf, type StoredRun, toRun } from './stored-run.js'

/** What on-charging works with. */
export interface OnChargeOptions {
  /** Null where writes are disabled: then there are dry runs only. */
  readonly writes: RunOptions | null
  readonly threescale: () => ThreescaleWrites
  readonly clock: Clock
  /** How many times the median of the months before a total may be, for a caller without the scope admin. */
  readonly safetyFactor: number
}

/** An approved plan. */
export interface OnChargeOrder {
  readonly principal: Principal
  readonly key: string
  /** The hash of the plan that a dry run has shown. */
  readonly expectedPlanHash: string
}

/** What an order is about. */
export interface OnChargeSubject {
  readonly charged: ChargedMonth
  /** Reads the cost; not called for a run that is known. */
  readonly cost: () => Promise<ChargeableCost>
  readonly terms: OnChargeTerms
  /** Called after every step. */
  readonly onStep?: (done: number, steps: number) => void
}

/** On-charges the cost of a month, and computes what that would do. The caller's rights to customer and buyer are checked before. */
export class OnChargeWrites {
  constructor(private readonly options: OnChargeOptions) {}

  /** What a run would do now. Reads the invoices of the customer's buyers, past the cache. @throws OnChargeRefusedError */
  async plan(cost: ChargeableCost, terms: OnChargeTerms): Promise<OnChargePlan> {
    const { clock, safetyFactor } = this.options
    const invoices = await this.readInvoices(cost.buyers)
    return planOnCharge(cost, terms, { invoices, running: monthAt(clock()), safetyFactor })
  }

  /**
   * Runs a plan, or the rest of it. A run that was interrupted goes on when it is called again with its key.
   *
   * @returns the run: DONE, or an INCIDENT when the lines do not sum to the total; EXPIRED when it was not finished within a day
   * @throws WriteRefusedError when the plan has changed, and for a step that is not done; OnChargeRefusedError
   */
  async run(order: OnChargeOrder, subject: OnChargeSubject): Promise<StoredRun> {
    const writes = this.requireWrites()
    const known = await findRun(order, subject.charged, writes)
    if (known && known.intent.state !== 'RECORDED') return known
    const approved = known ?? (await this.approvedPlan(order, subject))
    // The plan was authorized as a whole.
    return withoutCallerLimits(async () => {
      const stored = 'run' in approved ? approved : await this.record(order, approved)
      await requireReadyToRun(stored, writes, this.options.threescale())
      await runSteps(stored, writes, subject.onStep)
      return { ...stored, intent: await this.finish(stored) }
    })
  }

  /**
   * A key for a plan: the same whenever the plan is to be run, until a run with it has ended or cannot.
   *
   * @param prefix of the key
   */
  async keyFor(principal: string, prefix: string, plan: OnChargePlan): Promise<string> {
    const { journal } = this.requireWrites()
    for (let number = 1; ; number++) {
      const key = `${prefix}-${number}`
      const known = asRun(await journal.find({ principal, operation: 'onCharge', key }))
      if (!(await isUsedUp({ principal, key }, plan, known, journal))) return key
    }
  }

  /** The plan, if it is still the one that was approved. */
  private async approvedPlan({ principal, expectedPlanHash }: OnChargeOrder, { cost, terms }: OnChargeSubject) {
    const plan = await this.plan(await cost(), terms)
    if (plan.hash !== expectedPlanHash) {
      const message =
        'The plan is no longer the approved one: the cost, the invoice or its lines have changed. Make a new dry run.'
      throw refuse('PLAN_CHANGED', message, 'expectedPlanHash')
    }
    requireUsual(principal, plan)
    return plan
  }

  /** Holds the plan in the journal. */
  private async record(order: OnChargeOrder, plan: OnChargePlan): Promise<StoredRun> {
    const { principal, key } = order
    const writes = this.requireWrites()
    const invoiceId =
      plan.target.invoiceId ??
      (await createInvoiceFor(plan, { principal: principal.id, key }, writes, this.options.threescale()))
    const input = toRun(plan, invoiceId)
    const intent = { principal: principal.id, operation: input.operation, key, target: invoiceTarget(invoiceId) }
    await writes.journal.record({ ...intent, input, allowSimilar: true })
    const stored = await findRun(order, plan, writes)
    if (stored) return stored
    throw refuse('IN_PROGRESS', 'Another request has just approved the same plan. Retry with the same key.')
  }

  /** Reads the lines back, and compares their sum with the total. */
  private async finish({ intent, run }: StoredRun): Promise<WriteIntent> {
    const { journal } = this.requireWrites()
    const difference = differenceOf(run, await this.readInvoices([run.buyerId]))
    const result = { invoiceId: run.invoiceId, lineItemId: null }
    const settled = await journal.settle(
      intent,
      difference === null
        ? { state: 'DONE', result }
        : { state: 'INCIDENT', refusal: { code: 'INCIDENT', message: difference, field: null } },
    )
    if (settled?.state === 'DONE') await endOtherRuns(run, settled, journal)
    return settled ?? (await journal.find(intent)) ?? intent
  }

  private async readInvoices(buyers: readonly string[]): Promise<readonly Invoice[]> {
    const { threescale, clock } = this.options
    const { fresh } = threescale()
    const provenance = { asOf: clock().toISOString(), stale: false }
    const lists = await Promise.all(buyers.map(id => fresh.freshInvoicesOf(id, null)))
    return lists.flat().map(invoice => toInvoice(invoice, provenance))
  }

  private requireWrites(): RunOptions {
    if (this.options.writes) return this.options.writes
    throw new WriteRefusedError(WRITES_DISABLED)
  }
}

/** The run with that key; null for an unknown key. @throws WriteRefusedError when it is that of another plan, or of another customer */
async function findRun(
  { principal, key, expectedPlanHash }: OnChargeOrder,
  { customerKey, buyerId, month }: ChargedMonth,
  { journal }: RunOptions,
): Promise<StoredRun | null> {
  const known = asRun(await journal.find({ principal: principal.id, operation: 'onCharge', key }))
  if (!known) return null
  const { run } = known
  const isSame = run.customerKey === customerKey && run.buyerId === buyerId && run.month === month
  if (isSame && run.planHash === expectedPlanHash) return known
  const message = 'The idempotency key was used for another plan. Use a new key for a new plan.'
  throw refuse('IDEMPOTENCY_KEY_REUSED', message, 'idempotencyKey')
}

function asRun(intent: WriteIntent | null): StoredRun | null {
  return intent?.input.operation === 'onCharge' ? { intent, run: intent.input } : null
}

/** @throws WriteRefusedError for a total that only a caller with the scope admin may charge */
function requireUsual(principal: Principal, { total, limit, month }: OnChargePlan): void {
  if (limit === null || !isBeyond(total, limit) || hasScope(principal, 'admin')) return
  const [amount, usual] = [total, limit].map(money => `${formatDecimal(money)} ${money.currency}`)
  const message = `The total of ${month}, ${amount}, is beyond ${usual}, a multiple of the median of the months before. A caller with the scope admin can charge it.`
  throw refuse('CONFLICT', message)
}
