import type { InvoiceRecord, ThreescaleData } from '../../../src/standin/threescale/data.js'
import type { WriteIntent } from '../../../src/writes/intent.js'
import { firstBroken, type HistoryEntry } from '../../../src/writes/journal/history.js'
import { INTENT_LIFE_MS } from '../../../src/writes/journal/journal.js'
import { lineMarker } from '../../../src/writes/marker.js'
import { nameOf, TRANSITIONS, transitionsOf } from '../transitions.js'

/** What callers were told. */
export interface Told {
  /** The intents that were said to be done, by id. */
  readonly done: Map<string, WriteIntent>
  /** What must not be said. */
  readonly wrong: string[]
}

type Findings = readonly string[]

const KNOWN = new Set(TRANSITIONS.map(nameOf))

/** What is wrong with a journal: a broken chain, a transition that may not be, writes of one target that are in each other's way. */
export function checkHistory(history: readonly HistoryEntry[]): Findings {
  const broken = firstBroken(history)
  const unknown = new Set(transitionsOf(history).map(nameOf)).difference(KNOWN)
  return [
    ...[...unknown].map(name => `the journal has made ${name}`),
    ...(broken === null ? [] : [`the history is broken at ${broken}`]),
    ...checkOrder(history.map(({ body }) => JSON.parse(body) as WriteIntent)),
  ]
}

/** Writes of one target that are unsettled at the same time, and an invoice that is issued while a request may still arrive. */
function checkOrder(changes: readonly WriteIntent[]): Findings {
  const findings: string[] = []
  const unsettled = new Map<string, string>()
  const sent = new Map<string, { readonly target: string; readonly settled: string }>()
  for (const { id, target, state, key, input, sentAt, settlesAfter: settled } of changes) {
    if (['SENT', 'IN_DOUBT', 'INCIDENT'].includes(state)) {
      const other = unsettled.get(target)
      if (other !== undefined && other !== id) findings.push(`${key}: ${state} beside another unsettled write`)
      unsettled.set(target, id)
    } else if (unsettled.get(target) === id) unsettled.delete(target)
    // It was not sent after all, so that nothing can arrive.
    if (state === 'ABSENT' && sentAt === null) sent.delete(id)
    if (state !== 'SENT' || sentAt === null || settled === null) continue
    const isIssue = input.operation === 'setInvoiceState' && input.state === 'pending'
    const settles = [...sent.values()].filter(other => other.target === target).map(other => other.settled)
    if (isIssue && settles.some(after => sentAt < after)) findings.push(`${key}: issued too early`)
    sent.set(id, { target, settled })
  }
  return findings
}

/**
 * What is wrong at rest: a double, something that was said to be done and is not there, a write that is not settled.
 *
 * @param before ids of the invoices that were there before
 */
export function checkServer(
  data: ThreescaleData,
  intents: readonly WriteIntent[],
  told: Told,
  before: ReadonlySet<number>,
): Findings {
  const created = data.invoices.filter(({ id }) => !before.has(id))
  const known = new Set(intents.map(({ id }) => id))
  const forgotten = [...told.done.values()].filter(({ id }) => !known.has(id))
  return [
    ...intents.flatMap(intent => checkIntent(intent, data, created, told)),
    ...forgotten.map(({ key }) => `${key}: the journal has forgotten it`),
    ...sameContents(intents),
  ]
}

function checkIntent(
  intent: WriteIntent,
  { invoices, paymentTransactions }: ThreescaleData,
  created: readonly InvoiceRecord[],
  told: Told,
): Findings {
  const { id, input, state, key, result } = intent
  const findings: string[] = []
  const expect = (isTrue: boolean, what: string): void => {
    if (!isTrue) findings.push(`${key}: ${state}, ${what}`)
  }
  const isDone = state === 'DONE'
  const toldDone = told.done.get(id)
  expect(!['SENT', 'IN_DOUBT'].includes(state), 'is not settled')
  expect(!toldDone || isDone || state === 'INCIDENT', 'was told done')
  expect(!toldDone || !isDone || sameResult(toldDone, intent), 'was told another result')
  if (input.operation === 'createInvoice') {
    const found = created.filter(({ period, buyerId }) => period === input.month && String(buyerId) === input.buyerId)
    expect(state === 'INCIDENT' || found.length === (isDone ? 1 : 0), `${found.length} invoices`)
    expect(!isDone || result?.invoiceId === String(found[0]?.id), 'another invoice')
    return findings
  }
  const invoice = invoices.find(one => String(one.id) === input.invoiceId)
  switch (input.operation) {
    case 'addLineItem': {
      const lines = invoice?.lineItems.filter(({ description }) => description?.endsWith(lineMarker(intent))) ?? []
      expect(lines.length === (isDone ? 1 : 0), `${lines.length} lines`)
      expect(!isDone || result?.lineItemId === String(lines[0]?.id), 'another line')
      break
    }
    case 'removeLineItem': {
      const isThere = invoice?.lineItems.some(line => String(line.id) === input.lineItemId)
      expect(isThere === !isDone, isThere ? 'the line is there' : 'the line is gone')
      break
    }
    case 'updateInvoice':
      expect((invoice?.friendlyId === input.number) === isDone, `the number is ${invoice?.friendlyId}`)
      break
    case 'setInvoiceState':
      expect((invoice?.state === input.state) === isDone, `the invoice is ${invoice?.state}`)
      break
    case 'chargeInvoice': {
      const charges = paymentTransactions.filter(one => String(one.invoiceId) === input.invoiceId && one.isSuccess)
      expect(charges.length <= 1, `${charges.length} charges`)
      expect(state === 'INCIDENT' || charges.length === (isDone ? 1 : 0), `${charges.length} charges`)
    }
  }
  return findings
}

function sameResult({ result: told }: WriteIntent, { result }: WriteIntent): boolean {
  return told?.invoiceId === result?.invoiceId && told?.lineItemId === result?.lineItemId
}

/** Nobody in a run allows the same content under another key within a day. */
function sameContents(intents: readonly WriteIntent[]): Findings {
  const done = new Map<string, WriteIntent>()
  return intents
    .filter(({ state }) => state === 'DONE')
    .flatMap(intent => {
      const before = done.get(intent.contentHash)
      done.set(intent.contentHash, intent)
      const apartMs = before ? Date.parse(intent.createdAt) - Date.parse(before.createdAt) : INTENT_LIFE_MS
      return apartMs < INTENT_LIFE_MS ? [`${intent.key}: the same content as ${before?.key}`] : []
    })
}
