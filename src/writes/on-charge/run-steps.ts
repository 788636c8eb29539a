import { createHash } from 'node:crypto'
import type { OnChargePlan } from '../../domain/on-charge/plan.js'
import type { ThreescaleWrites } from '../../upstream/threescale/writes.js'
import {
  type AddLineItem,
  type CreateInvoice,
  contentHashOf,
  type OnChargeRun,
  type OnChargeRunStep,
  type RemoveLineItem,
  type WriteInput,
  type WriteIntent,
} from '../intent.js'
import { refusalOf } from '../intent-refusal.js'
import type { WriteJournal } from '../journal/journal.js'
import { invoiceTarget } from '../operations/operation.js'
import { rulesOf } from '../operations/operations.js'
import { refuse, WriteRefusedError } from '../refusal.js'
import type { Writer } from '../writer.js'
import type { StoredRun } from './stored-run.js'

/** What runs are made with. */
export interface RunOptions {
  readonly writer: Writer
  readonly journal: WriteJournal
}

/** Who runs a plan, and under which key. */
export type Runner = Pick<WriteIntent, 'principal' | 'key'>

const CREATION = 'invoice'

/** The write that creates the invoice of a plan. */
function creationFor({ buyerId, target }: Pick<OnChargePlan, 'buyerId' | 'target'>): CreateInvoice {
  return { operation: 'createInvoice', buyerId, month: target.month }
}

/**
 * Creates the invoice that a plan needs. A run that is interrupted right after it finds the invoice, and has the same plan.
 *
 * @returns its id
 * @throws WriteRefusedError when it is not created, is not an open one of the buyer, or has another currency than the plan
 */
export async function createInvoiceFor(
  { buyerId, target, total }: OnChargePlan,
  runner: Runner,
  options: RunOptions,
  { fresh }: ThreescaleWrites,
): Promise<string> {
  const input = creationFor({ buyerId, target })
  const supersedes = await closedCreation(input, options.journal, fresh)
  const created = await write(runner, CREATION, input, options, supersedes)
  // A person may have said which invoice it is, or have changed it since.
  const invoiceId = created.result?.invoiceId
  const invoice = invoiceId === undefined ? null : await fresh.freshInvoice(invoiceId)
  if (invoiceId === undefined || invoice?.buyer.id !== buyerId || invoice.state !== 'open') {
    throw refuse(
      'CONFLICT',
      `The invoice of this run (${invoiceId}) is not an open one of buyer ${buyerId}. Use a new key.`,
    )
  }
  const { currency } = invoice
  if (currency === total.currency) return invoiceId
  const message = `The new invoice ${invoiceId} is in ${currency}, and the plan in ${total.currency}. Make a new dry run.`
  throw refuse('CURRENCY_MISMATCH', message, 'exchangeRate')
}

/**
 * Checks that no write to the run's invoice is in doubt, and that each invoice still has its planned state. An open one is issued two
 * days after it was finalized at the earliest, so that a run which began on it ends before.
 *
 * @throws WriteRefusedError
 */
export async function requireReadyToRun(
  { intent, run }: StoredRun,
  { journal }: RunOptions,
  threescale: ThreescaleWrites,
) {
  const unsettled = await journal.unsettledOf(invoiceTarget(run.invoiceId))
  if (unsettled && unsettled.state !== 'SENT') throw new WriteRefusedError(refusalOf(unsettled))
  const pending = (await stepIntents(intent, run, journal)).filter(step => step.intent?.state !== 'DONE')
  const ids = new Set(pending.map(({ input }) => input.invoiceId))
  for (const id of ids) {
    const { state } = await threescale.fresh.freshInvoice(id)
    const planned = id === run.invoiceId ? run.target.state : 'OPEN'
    if (state.toUpperCase() === planned) continue
    const code = state === 'finalized' ? 'PLAN_CHANGED' : 'INVOICE_NOT_EDITABLE'
    throw refuse(code, `Invoice ${id} is ${state.toUpperCase()} now, and was ${planned}. Make a new dry run.`)
  }
}

/** The id of the newest intent that created the same invoice, if that is no longer open: then another one is no repetition. */
async function closedCreation(
  input: CreateInvoice,
  journal: WriteJournal,
  fresh: ThreescaleWrites['fresh'],
): Promise<string | null> {
  const hash = contentHashOf(input)
  const same = (await journal.ofTarget(rulesOf({ input }).target(input))).filter(one => one.contentHash === hash)
  const last = same.findLast(({ state }) => state === 'DONE')
  if (!last?.result) return null
  const { state } = await fresh.freshInvoice(last.result.invoiceId)
  return state === 'open' ? null : last.id
}

/** True when a key leads nowhere: a step under it was refused for ever, or the invoice that it has created is no longer open. */
export async function isUsedUp(runner: Runner, plan: OnChargePlan, known: StoredRun | null, journal: WriteJournal) {
  const isAtEnd = ({ state }: WriteIntent): boolean => state === 'REJECTED' || state === 'EXPIRED'
  if (known) {
    if (known.intent.state !== 'RECORDED') return true
    const steps = await stepIntents(runner, known.run, journal)
    return steps.some(({ intent }) => intent !== null && isAtEnd(intent))
  }
  if (plan.target.invoiceId !== null) return false
  const created = await findStep(runner, CREATION, creationFor(plan), journal)
  return created !== null && (created.state === 'DONE' || isAtEnd(created))
}

/** Makes the steps one after the other, each as a write of its own. @throws WriteRefusedError for the first that is not done */
export async function runSteps(
  { intent, run }: StoredRun,
  options: RunOptions,
  onStep: (done: number, steps: number) => void = () => {},
): Promise<void> {
  for (const [index, step] of run.steps.entries()) {
    for (const [part, input] of writesOf(step, run)) await write(intent, part + step.marker, input, options)
    onStep(index + 1, run.steps.length)
  }
}

/** Ends the runs of the same month that were not finished: this one has done what they left. */
export async function endOtherRuns(run: OnChargeRun, own: WriteIntent, journal: WriteJournal): Promise<void> {
  for (const other of await journal.ofTarget(invoiceTarget(run.invoiceId))) {
    const { input, state } = other
    const isSame = input.operation === 'onCharge' && input.customerKey === run.customerKey && input.month === run.month
    if (isSame && state === 'RECORDED' && other.id !== own.id) {
      await journal.settle(other, { state: 'EXPIRED', note: `finished by the run with the key ${own.key}` })
    }
  }
}

/** The writes of all steps, each with its intent; null for one that was not begun. */
async function stepIntents(runner: Runner, run: OnChargeRun, journal: WriteJournal) {
  const found: { readonly input: Part[1]; readonly intent: WriteIntent | null }[] = []
  for (const step of run.steps) {
    for (const [part, input] of writesOf(step, run)) {
      found.push({ input, intent: await findStep(runner, part + step.marker, input, journal) })
    }
  }
  return found
}

function findStep(runner: Runner, part: string, input: WriteInput, journal: WriteJournal): Promise<WriteIntent | null> {
  return journal.find({ principal: runner.principal, operation: input.operation, key: keyOf(runner, part, input) })
}

type Part = readonly [name: 'remove' | 'add', input: AddLineItem | RemoveLineItem]

/** The writes of a step, in their order. */
function writesOf(
  { action, marker, name, description, cost, line }: OnChargeRunStep,
  run: OnChargeRun,
): readonly Part[] {
  const remove: readonly Part[] = line ? [['remove', { operation: 'removeLineItem', ...line }]] : []
  const add: Part = [
    'add',
    {
      operation: 'addLineItem',
      invoiceId: line?.invoiceId ?? run.invoiceId,
      name,
      description,
      quantity: '1',
      cost,
      type: '',
      metricId: null,
      contractId: null,
      onChargeMarker: marker,
    },
  ]
  switch (action) {
    case 'KEEP':
      return []
    case 'REMOVE':
      return remove
    case 'REPLACE':
      return [...remove, add]
    default:
      return [add]
  }
}

/** @throws WriteRefusedError unless it is done */
async function write(
  { principal, key }: Runner,
  part: string,
  input: WriteInput,
  { writer }: RunOptions,
  supersedes: string | null = null,
): Promise<WriteIntent> {
  const own = { principal, operation: input.operation, key: keyOf({ principal, key }, part, input) }
  try {
    const intent = await writer.write({
      ...own,
      input,
      allowSimilar: false,
      ...(supersedes !== null && { supersedes }),
    })
    if (intent.state === 'DONE') return intent
    throw new WriteRefusedError(refusalOf(intent))
  } catch (error) {
    throw error instanceof WriteRefusedError ? ofPlan(error, input) : error
  }
}

/** The refusal of a step, in terms of the plan: another run can have done, or be doing, the same. */
function ofPlan(error: WriteRefusedError, { operation }: WriteInput): WriteRefusedError {
  const { code } = error.refusal
  const isGone = operation === 'removeLineItem' && code === 'NOT_FOUND'
  if (!isGone && code !== 'SIMILAR_WRITE') return error
  if (operation === 'createInvoice') {
    return refuse('IN_PROGRESS', 'The invoice of the month has just been created by another write. Make a new dry run.')
  }
  return refuse('PLAN_CHANGED', 'A line of the plan was added or removed meanwhile. Make a new dry run.')
}

/** The key of a step: the same whenever the run is repeated. */
function keyOf({ principal, key }: Runner, part: string, input: WriteInput): string {
  return createHash('sha256')
    .update(JSON.stringify([principal, key, part, input]))
    .digest('base64url')
}
