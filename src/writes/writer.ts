import { withoutCallerLimits } from '../request/request-context.js'
import { NotDepartedError, type WriteConnection } from '../upstream/http/write-exchange.js'
import {
  contentHashOf,
  type IntentKey,
  isUnsettled,
  preventsRepetition,
  type WriteInput,
  type WriteIntent,
} from './intent.js'
import { refusalFor, settlesBySelf } from './intent-refusal.js'
import type { IntentChange } from './journal/journal.js'
import { JournalUnavailableError } from './journal/sql.js'
import { lineMarker } from './marker.js'
import { rulesOf } from './operations/operations.js'
import { recordDraft } from './record-draft.js'
import { refuse, WriteRefusedError } from './refusal.js'
import { outcomeOf } from './response-outcome.js'
import { type Checked, type CheckOptions, type CheckRules, checkTarget } from './target-check.js'

/** How writes are made safe. */
export interface WriteRules extends CheckRules {
  /** How long after the journal has it a request may still leave, in milliseconds. */
  readonly departMs: number
}

/** 180 seconds, 5 seconds, and a job that charges. */
export const DEFAULT_WRITE_RULES: WriteRules = { settleMs: 180_000, departMs: 5_000, hasAutomaticCharging: true }

/** What writes are made with. */
export interface WriterOptions extends CheckOptions {
  readonly rules: WriteRules
  /** Waits between looks at a target that another write has. */
  readonly wait: (ms: number) => Promise<unknown>
}

/** A write as a caller asks for it. */
export interface WriteOrder extends IntentKey {
  readonly input: WriteInput
  /** True allows the same content as another write of the last day. */
  readonly allowSimilar: boolean
  /** As in `IntentDraft`. */
  readonly supersedes?: string
}

/** How often a target that another write has is looked at again, and for how long. */
const BUSY_LOOKS = 100
const BUSY_WAIT_MS = 50
/** Longer than a cache shows an invoice that another process has changed. */
const SENT_ELSEWHERE_MS = 60_000

/**
 * Writes to 3scale, each at most once: 3scale has no idempotency of its own, and a repeated request is a second line, invoice or
 * charge.
 *
 * An intent is durable before its request leaves. A request without a clear response is never repeated: the intent is in doubt, blocks
 * other writes to its target, and is settled by reading back.
 */
export class Writer {
  /** The last write to each target in this process; the next one waits for it. */
  private readonly queues = new Map<string, Promise<unknown>>()
  /** Requests of this process, by key and content: equal ones share one, so that the journal is not asked by each of them. */
  private readonly inFlight = new Map<string, Promise<WriteIntent>>()

  constructor(private readonly options: WriterOptions) {}

  /**
   * Makes a write, or returns what became of it when its key is known.
   *
   * @returns the intent: DONE, REJECTED, IN_DOUBT, INCIDENT or EXPIRED; SENT while another request with the key is under way
   * @throws WriteRefusedError when it may not be sent; JournalUnavailableError; the errors of reading from 3scale
   */
  write(order: WriteOrder): Promise<WriteIntent> {
    const name = JSON.stringify([
      order.principal,
      order.operation,
      order.key,
      order.allowSimilar,
      contentHashOf(order.input),
    ])
    const inFlight = this.inFlight.get(name)
    if (inFlight) return inFlight
    const written = withoutCallerLimits(() => this.writeOrFind(order)).finally(() => this.inFlight.delete(name))
    this.inFlight.set(name, written)
    return written
  }

  private async writeOrFind(order: WriteOrder): Promise<WriteIntent> {
    const { journal } = this.options
    const known = await this.find(order)
    // A refusal must not use up the key.
    const checked = known ? null : await checkTarget(order.input, this.options)
    const intent = known ?? (await this.record(order))
    requireSameInput(intent, order)
    if (!isUnsent(intent)) return this.waitWhileSent(intent)
    try {
      // Another request with the key can have recorded another default month since this one checked its own.
      const ownCheck = intent.contentHash === contentHashOf(order.input) ? checked : null
      return await this.inTurn(intent.target, () => this.send(intent, ownCheck, order.allowSimilar))
    } catch (error) {
      if (error instanceof JournalUnavailableError) throw error
      // Where it has not left, the same may be written under another key. Where it has, this changes nothing.
      await journal.settle(intent, { state: 'ABSENT' }).catch(() => {})
      throw error
    }
  }

  /** The intent of the key; null for a new key. Asks the journal only. @throws WriteRefusedError for a key of another input */
  async find(order: Pick<WriteOrder, keyof IntentKey | 'input'>): Promise<WriteIntent | null> {
    const known = await this.options.journal.find(order)
    if (known) requireSameInput(known, order)
    return known
  }

  private async record(order: WriteOrder): Promise<WriteIntent> {
    const { principal, operation, key, input, allowSimilar, supersedes } = order
    const target = rulesOf(order).target(input)
    const draft = { principal, operation, key, input, target, allowSimilar, ...(supersedes && { supersedes }) }
    const recorded = await recordDraft(draft, this.options)
    if (recorded.outcome !== 'similar') return recorded.intent
    throw similarWrite(recorded.other)
  }

  /** Runs the work after all that came before for the same target. Other processes are kept apart by the journal. */
  private async inTurn<T>(target: string, work: () => Promise<T>): Promise<T> {
    const next = (this.queues.get(target) ?? Promise.resolve()).then(work, work)
    this.queues.set(target, next)
    try {
      return await next
    } finally {
      if (this.queues.get(target) === next) this.queues.delete(target)
    }
  }

  /** Sends the intent once its target is free. */
  private async send(recorded: WriteIntent, checkedFirst: Checked | null, allowSimilar: boolean): Promise<WriteIntent> {
    const { journal, wait } = this.options
    let intent = recorded
    for (let looks = 0; looks < BUSY_LOOKS; looks++) {
      // While another write to the target is under way, only the journal is read.
      const by = looks === 0 ? null : await journal.unsettledOf(intent.target)
      const departure = by
        ? ({ outcome: 'blocked', by } as const)
        : await this.depart(intent, looks === 0 && checkedFirst, allowSimilar)
      if (departure.outcome === 'sent') return departure.intent
      if (departure.outcome === 'similar') throw similarWrite(departure.other)
      if (departure.outcome === 'blocked') refuseIfStuck(departure.by)
      await wait(BUSY_WAIT_MS)
      const now = await journal.find(intent)
      if (now && !isUnsent(now)) return this.waitWhileSent(now)
      intent = now ?? intent
    }
    throw refuse('IN_PROGRESS', 'Other writes to the same record take too long. Retry with the same key.')
  }

  /** @param checkedBefore what a check has found that need not be repeated */
  private async depart(intent: WriteIntent, checkedBefore: Checked | null | false, allowSimilar: boolean) {
    const { journal, threescale, rules, clock } = this.options
    const checked = checkedBefore || (await checkTarget(intent.input, this.options))
    using connection = await threescale().connect()
    // The clock of the guard starts before the intent is durable, and does not stop while the process is suspended.
    const departBy = performance.now() + rules.departMs
    const sentAt = clock()
    const departure = await journal.depart(intent, {
      ...checked,
      allowSimilar,
      sentAt: sentAt.toISOString(),
      settlesAfter: new Date(sentAt.getTime() + rules.settleMs).toISOString(),
      readBack: null,
      note: null,
    })
    if (departure.outcome !== 'may-depart') return departure
    return { outcome: 'sent', intent: await this.exchange(departure.intent, connection, departBy) } as const
  }

  private async exchange(intent: WriteIntent, connection: WriteConnection, departBy: number): Promise<WriteIntent> {
    const { journal } = this.options
    const threescale = this.options.threescale()
    const write = rulesOf(intent).write(intent.input, lineMarker(intent))
    try {
      const response = await threescale.send(connection, write, departBy)
      // Before anyone is told: then nobody who knows of the write is shown anything older.
      await threescale.forgetInvoices()
      return await this.settle(intent, outcomeOf(intent, response)).catch(unrecorded(intent))
    } catch (error) {
      if (!(error instanceof NotDepartedError)) throw error
      await journal.settle(intent, { state: 'ABSENT', sentAt: null, settlesAfter: null })
      throw refuse('IN_PROGRESS', 'The write was not sent in time; nothing was written. Retry with the same key.')
    }
  }

  private async settle(intent: WriteIntent, change: IntentChange): Promise<WriteIntent> {
    const { journal } = this.options
    // When recovery was faster, its word stands.
    return (await journal.settle(intent, change)) ?? (await journal.find(intent)) ?? intent
  }

  /** Waits for another request with the same key. */
  private async waitWhileSent(intent: WriteIntent): Promise<WriteIntent> {
    const { journal, wait, clock, threescale } = this.options
    let found = intent
    for (let looks = 0; looks < BUSY_LOOKS && found.state === 'SENT'; looks++) {
      await wait(BUSY_WAIT_MS)
      found = (await journal.find(intent)) ?? found
    }
    // Another process may have sent it: what this one has cached can be older.
    if (clock().getTime() - Date.parse(found.sentAt ?? '') < SENT_ELSEWHERE_MS) threescale().forgetInvoices()
    return found
  }
}

/** Tells that the journal has failed after the request left: unlike any other failure of it, that does not mean that nothing was sent. */
function unrecorded(intent: WriteIntent): (error: unknown) => never {
  return error => {
    if (!(error instanceof JournalUnavailableError)) throw error
    const message = `The write was sent, but its outcome could not be recorded: the journal cannot be used now.${settlesBySelf(intent)} Repeat it with the same key only.`
    throw refuse('IN_DOUBT', message)
  }
}

/** Another request can have recorded the key since it was looked up. */
function requireSameInput(known: WriteIntent, { input }: Pick<WriteOrder, 'input'>): void {
  if (known.contentHash === contentHashOf(atFirst(input, known))) return
  const message = 'The idempotency key was used for another input. Use a new key for a new write.'
  throw refuse('IDEMPOTENCY_KEY_REUSED', message, 'idempotencyKey')
}

/** The input with the month that the first request with its key was given by default: a repetition in the next month asks for the same. */
function atFirst(input: WriteInput, { input: first }: WriteIntent): WriteInput {
  if (input.operation !== 'createInvoice' || first.operation !== 'createInvoice') return input
  return input.isMonthByDefault && first.isMonthByDefault ? { ...input, month: first.month } : input
}

/** The refusal of a write whose content another one has, which is not settled yet or, where it would be written twice, is done. */
function similarWrite(other: WriteIntent): WriteRefusedError {
  const { createdAt, state, key, operation } = other
  if (!preventsRepetition(operation)) {
    const message = `The same content was recorded under another key at ${createdAt} and is ${state}. Set allowSimilar to write it again.`
    return refuse('SIMILAR_WRITE', message, 'idempotencyKey')
  }
  if (isUnsettled(other) && state !== 'SENT') return new WriteRefusedError(refusalFor(other))
  const what = state === 'RECORDED' ? 'was not sent yet: retry with that one' : `is ${state}`
  return refuse('IN_PROGRESS', `The same write under another key (${key}) ${what}.`)
}

function isUnsent({ state }: WriteIntent): boolean {
  return state === 'RECORDED' || state === 'ABSENT'
}

/** @throws WriteRefusedError for a target that will not be free soon */
function refuseIfStuck(earlier: WriteIntent): void {
  if (earlier.state !== 'SENT') throw new WriteRefusedError(refusalFor(earlier))
}
