import { UpstreamNotFoundError } from '../upstream/http/errors.js'
import type { ThreescaleWrites } from '../upstream/threescale/writes.js'
import type { IntentDraft, WriteIntent } from './intent.js'
import { refusalFor } from './intent-refusal.js'
import type { Recorded, WriteJournal } from './journal/journal.js'
import { onChargeMarkerIn } from './marker.js'
import { refuse, WriteRefusedError } from './refusal.js'

/** What a draft is recorded with. */
interface RecordOptions {
  readonly journal: WriteJournal
  readonly threescale: () => ThreescaleWrites
}

/**
 * Records an intent. A line with an on-charge marker that another intent has written, or may write, is added only once that line is gone:
 * several runs with different keys, in several processes, charge a month once.
 *
 * @throws WriteRefusedError when the line is there, or may be
 */
export async function recordDraft(draft: IntentDraft, { journal, threescale }: RecordOptions): Promise<Recorded> {
  const recorded = await journal.record(draft)
  const marker = onChargeMarkerIn(draft.input)
  if (recorded.outcome !== 'similar' || marker === null) return recorded
  const { other } = recorded
  if (other.state === 'RECORDED' || other.state === 'ABSENT') await withdraw(other, journal)
  else await requireGone(other, marker, threescale())
  const again = await journal.record({ ...draft, supersedes: other.id })
  if (again.outcome !== 'similar') return again
  throw refuse('IN_PROGRESS', 'Another on-charge of the month is under way. Make a new dry run.')
}

/** Ends a write that has not left, so that it never will. */
async function withdraw(other: WriteIntent, journal: WriteJournal): Promise<void> {
  const note = 'withdrawn for another on-charge of the same'
  if (await journal.settle(other, { state: 'EXPIRED', note })) return
  throw refuse('IN_PROGRESS', 'Another on-charge of the month is under way. Make a new dry run.')
}

/** @throws WriteRefusedError unless what the other intent has written is no longer billed */
async function requireGone(other: WriteIntent, marker: string, { fresh }: ThreescaleWrites) {
  const { state, input, result } = other
  if (state !== 'DONE' || input.operation !== 'addLineItem') {
    throw new WriteRefusedError(refusalFor(other, 'of the line'))
  }
  const invoiceId = result?.invoiceId ?? input.invoiceId
  try {
    const invoice = await fresh.freshInvoice(invoiceId)
    if (invoice.state === 'cancelled') return
    if (!invoice.lineItems.some(({ description }) => description.endsWith(` ${marker}`))) return
  } catch (error) {
    if (error instanceof UpstreamNotFoundError) return
    throw error
  }
  throw refuse('PLAN_CHANGED', `Another on-charge has added the line to invoice ${invoiceId}. Make a new dry run.`)
}
