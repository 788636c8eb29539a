import { requireScope } from '../../access/rules.js'
import { formatDecimal } from '../../domain/decimal.js'
import type { Notice } from '../../domain/notice.js'
import type { OnChargePlan } from '../../domain/on-charge/plan.js'
import { OnChargeRefusedError } from '../../domain/on-charge/refusal.js'
import { chargeSubject, loadChargeableCost } from '../../loaders/economics/chargeable-cost.js'
import { loadInvoice } from '../../loaders/invoices.js'
import { refusalOf } from '../../writes/intent-refusal.js'
import { JournalUnavailableError } from '../../writes/journal/sql.js'
import { type StoredRun, stepsOf, totalOf } from '../../writes/on-charge/stored-run.js'
import { type WriteRefusal, WriteRefusedError } from '../../writes/refusal.js'
import type { Writes } from '../../writes/writes.js'
import type { Context } from '../context.js'
import type { OnChargeInput } from './on-charge.args.js'
import type { OnChargePayloadType } from './on-charge.type.js'
import { type OnChargeQuestion, toOnChargeQuestion } from './on-charge-question.js'
import { JOURNAL_UNAVAILABLE, WRITES_DISABLED } from './run-write.js'

/**
 * On-charges a month for the caller, or shows what that would do. A customer that the caller may not see looks like one that is not
 * registered.
 *
 * @throws ForbiddenError without the scope billing:write; the errors of reading the cost and the invoices
 */
export async function runOnCharge(context: Context, input: OnChargeInput): Promise<OnChargePayloadType> {
  requireScope(context.principal, 'billing:write')
  const { writes } = context
  if (!writes) return refused([WRITES_DISABLED])
  const question = toOnChargeQuestion(input)
  if (!('terms' in question)) return refused(question)
  try {
    return await answer(context, writes, input, question)
  } catch (error) {
    if (error instanceof JournalUnavailableError) return refused([JOURNAL_UNAVAILABLE])
    if (error instanceof WriteRefusedError || error instanceof OnChargeRefusedError) return refused([error.refusal])
    throw error
  }
}

async function answer(
  context: Context,
  writes: Writes,
  { idempotencyKey, dryRun, expectedPlanHash }: OnChargeInput,
  { question, terms }: OnChargeQuestion,
): Promise<OnChargePayloadType> {
  const loaders = context.createLoaders()
  const subject = chargeSubject(loaders, question)
  const cost = () => loadChargeableCost(loaders, subject)
  if (dryRun) return ofPlan(context, await writes.planOnCharge(await cost(), terms))
  return ofRun(context, await writes.runOnCharge(idempotencyKey, expectedPlanHash ?? '', { cost, terms }))
}

async function ofPlan({ loaders }: Context, plan: OnChargePlan): Promise<OnChargePayloadType> {
  const { invoiceId } = plan.target
  return {
    invoice: invoiceId === null ? null : await loadInvoice(loaders, 'THREESCALE', invoiceId),
    plan: plan.steps,
    planHash: plan.hash,
    total: plan.total,
    notices: plan.unexplained.map(unknownMarker),
    userErrors: [],
  }
}

async function ofRun({ loaders }: Context, { intent, run }: StoredRun): Promise<OnChargePayloadType> {
  return {
    invoice: await loadInvoice(loaders, 'THREESCALE', run.invoiceId),
    plan: stepsOf(run),
    planHash: run.planHash,
    total: totalOf(run),
    notices: [],
    userErrors: intent.state === 'DONE' ? [] : [refusalOf(intent)],
  }
}

function unknownMarker({ invoiceId, line }: OnChargePlan['unexplained'][number]): Notice {
  const { net } = line.cost
  const message = `Line item ${JSON.stringify(line.name)} of ${formatDecimal(net)} ${net.currency} on invoice ${invoiceId} has an on-charge marker of no month of this customer. It is left alone.`
  return { code: 'UNKNOWN_MARKER', message, difference: net }
}

function refused(userErrors: readonly WriteRefusal[]): OnChargePayloadType {
  return { invoice: null, plan: [], planHash: null, total: null, notices: [], userErrors }
}
