import { createHash } from 'node:crypto'
import type { OnChargePlan } from '../../domain/on-charge/plan.js'
import type { ThreescaleWrites } from '../../upstream/threescale/writes.js'
import type { OnChargeRun, OnChargeRunStep, WriteInput, WriteIntent } from '../intent.js'
import { refusalOf } from '../intent-refusal.js'
import type { WriteJournal } from '../journal/journal.js'
import { invoiceTarget } from '../operations/operation.js'
import { refuse, WriteRefusedError } from '../refusal.js'
import type { Writer } from '../writer.js'
import type { OnChargeOrder } from './on-charge-order.js'
import type { StoredRun } from './stored-run.js'

/** What runs are made with. */
export interface RunOptions {
  readonly writer: Writer
  readonly journal: WriteJournal
}

/** Who runs a plan, and under which key. */
type Runner = Pick<WriteIntent, 'principal' | 'key'>

/**
 * Creates the invoice that a plan needs. A run that is interrupted right after it finds the invoice, and has the same plan.
 *
 * @returns its id
 * @throws WriteRefusedError when it is not created, is not an open one of the buyer, or has another currency than the plan
 */
export async function createInvoiceFor(
  { buyerId, target, total }: OnChargePlan,
  { principal, key }: OnChargeOrder,
  options: RunOptions,
  { fresh }: ThreescaleWrites,
): Promise<string> {
  const input = { operation: 'createInvoice', buyerId, month: target.month } as const
  const created = await write({ principal: principal.id, key }, 'invoice', input, options)
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
 * Checks that no write to an invoice is in doubt, and that each is in the state in which it was planned. An open one is issued two days after it was finalized at the
 * earliest, so that a run which began on it ends before.
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
  const pending = await pendingSteps(intent, run, journal)
  const ids = new Set(pending.map(({ line }) => line?.invoiceId ?? run.invoiceId))
  for (const id of ids) {
    const { state } = await threescale.fresh.freshInvoice(id)
    const planned = id === run.invoiceId ? run.target.state : 'OPEN'
    if (state.toUpperCase() === planned) continue
    const code = state === 'finalized' ? 'PLAN_CHANGED' : 'INVOICE_NOT_EDITABLE'
    throw refuse(code, `Invoice ${id} is ${state.toUpperCase()} now, and was ${planned}. Make a new dry run.`)
  }
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

/** The steps that are not done. */
async function pendingSteps(
  runner: Runner,
  run: OnChargeRun,
  journal: WriteJournal,
): Promise<readonly OnChargeRunStep[]> {
  const pending: OnChargeRunStep[] = []
  for (const step of run.steps) {
    for (const [part, input] of writesOf(step, run)) {
      const { operation } = input
      const key = keyOf(runner, part + step.marker, input)
      const found = await journal.find({ principal: runner.principal, operation, key })
      if (found?.state !== 'DONE') pending.push(step)
    }
  }
  return pending
}

type Part = readonly [name: 'remove' | 'add', input: WriteInput]

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
): Promise<WriteIntent> {
  const own = { principal, operation: input.operation, key: keyOf({ principal, key }, part, input) }
  try {
    const intent = await writer.write({ ...own, input, allowSimilar: false })
    if (intent.state === 'DONE') return intent
    throw new WriteRefusedError(refusalOf(intent))
  } catch (error) {
    throw error instanceof WriteRefusedError && isOutdated(error, input) ? planChanged() : error
  }
}

/** True when the line that is to be removed is gone, or another run removes it. */
function isOutdated({ refusal: { code } }: WriteRefusedError, { operation }: WriteInput): boolean {
  return operation === 'removeLineItem' && (code === 'NOT_FOUND' || code === 'SIMILAR_WRITE')
}

function planChanged(): WriteRefusedError {
  return refuse('PLAN_CHANGED', 'A line of the plan was removed meanwhile. Make a new dry run.')
}

/** The key of a step: the same whenever the run is repeated. */
function keyOf({ principal, key }: Runner, part: string, input: WriteInput): string {
  return createHash('sha256')
    .update(JSON.stringify([principal, key, part, input]))
    .digest('base64url')
}
