import { randomUUID } from 'node:crypto'
import type { Clock } from '../../request/clock.js'
import { contentHashOf, type IntentDraft, type IntentKey, preventsRepetition, type WriteIntent } from '../intent.js'
import { onChargeMarkerIn } from '../marker.js'
import type { HistoryEnd, HistoryEntry } from './history.js'
import { appendToHistory, moveStart, readHistory, readStart } from './history-rows.js'
import { bodyOf, COLUMNS, findByKey, insertIntent, sendsTo, toIntent } from './intent-rows.js'
import { UNSETTLED, UNSWEPT } from './schema.js'
import { isUniqueViolation, type Sql, type SqlDriver } from './sql.js'

/** The result of recording an intent: it is new, or its key is known, or another intent of the last day has the same content. */
export type Recorded =
  | { readonly outcome: 'new' | 'known'; readonly intent: WriteIntent }
  | { readonly outcome: 'similar'; readonly other: WriteIntent }

/**
 * The result of marking an intent as sent: it may leave now, or not, because of another one of its target or with its content, or
 * because it was changed meanwhile.
 */
export type Departure =
  | { readonly outcome: 'may-depart'; readonly intent: WriteIntent }
  | { readonly outcome: 'blocked'; readonly by: WriteIntent }
  | { readonly outcome: 'similar'; readonly other: WriteIntent }
  | { readonly outcome: 'changed' }

/** The members of an intent that a change of its state can set. */
export type IntentChange = Pick<WriteIntent, 'state'> &
  Partial<
    Pick<WriteIntent, 'readBack' | 'result' | 'refusal' | 'note' | 'sentAt' | 'settlesAfter' | 'idsBefore' | 'attempt'>
  >

/** How many intents are not settled. */
export interface UnsettledCounts {
  /** Of each state that is not final, or needs a person; 0 where there are none. */
  readonly byState: ReadonlyMap<string, number>
  /** Those that reading back can settle now. */
  readonly due: number
}

/** Rolls a departure back: the intent was changed, or something was sent to its target after the check. */
class OutdatedCheckError extends Error {}

/** How long the same content under another key is refused, and an intent that was never sent can be. */
export const INTENT_LIFE_MS = 24 * 60 * 60 * 1000

/** Final states are left out: their intents stay for ever, and counting them would take ever longer. */
const COUNTED_STATES = ['RECORDED', 'ABSENT', 'SENT', 'IN_DOUBT', 'INCIDENT'] as const

/** The condition for an intent that reading back can settle now; $1 is the time. */
const DUE = `state IN ('SENT', 'IN_DOUBT') AND settles_after <= $1`

const OPEN = `(${COUNTED_STATES.map(state => `'${state}'`).join(', ')})`

/**
 * Journal of writes. An intent is durable before its request leaves, and stays for ever, so that its key is good for ever.
 *
 * What must be unique is a constraint of the database: a key, the content of a day's intents, the unsettled intent of a target.
 * Every change of an intent's state is also appended to a history whose entries are chained by hashes.
 */
export class WriteJournal implements AsyncDisposable {
  constructor(
    private readonly driver: SqlDriver,
    private readonly clock: Clock,
  ) {}

  /** Holds a new intent, unless its key is known or another one has the same content. */
  async record(draft: IntentDraft): Promise<Recorded> {
    const intent = this.create(draft)
    try {
      return await this.driver.transaction(async sql => {
        const known = await findByKey(sql, draft)
        if (known) return { outcome: 'known', intent: known }
        await this.releaseContent(sql, intent.contentHash, draft)
        await insertIntent(sql, intent)
        await appendToHistory(sql, intent, intent.createdAt)
        return { outcome: 'new', intent }
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return this.explainConflict(draft, intent.contentHash)
    }
  }

  /**
   * Marks an intent as sent, if no unsettled intent has its target. From here on the request may leave.
   *
   * @param sends how often anything was sent to the target, as `sendsTo` returned it before the checks that this departure relies on
   * @param allowSimilar as in `IntentDraft`: another intent can have taken the content since this one was found to be absent
   */
  async depart(
    intent: WriteIntent,
    {
      sends,
      allowSimilar = false,
      ...change
    }: Omit<IntentChange, 'state'> & { readonly sends: number; readonly allowSimilar?: boolean },
  ): Promise<Departure> {
    try {
      return await this.driver.transaction(async sql => {
        if (allowSimilar) {
          const mine = [intent.contentHash, intent.id]
          await sql('UPDATE intents SET unique_content = NULL WHERE unique_content = $1 AND id <> $2', mine)
        }
        const sent = await this.change(sql, intent, { ...change, state: 'SENT', attempt: intent.attempt + 1 })
        // Counted after the update: from then on no other intent of the target can be sent, whatever the database's isolation.
        const isChecked = sent !== null && (await sendsTo(sql, intent.target)) === sends + 1
        if (!isChecked) throw new OutdatedCheckError()
        return { outcome: 'may-depart', intent: sent }
      })
    } catch (error) {
      if (error instanceof OutdatedCheckError) return { outcome: 'changed' }
      if (!isUniqueViolation(error)) throw error
      const by = await this.unsettledOf(intent.target)
      if (by) return { outcome: 'blocked', by }
      const [other] = await this.select('unique_content = $1 AND id <> $2', [intent.contentHash, intent.id])
      return other ? { outcome: 'similar', other } : { outcome: 'changed' }
    }
  }

  /** Changes an intent that is still as given: in its state, and to be looked at when it was. Null when it was changed meanwhile: the other change stands. */
  settle(intent: WriteIntent, change: IntentChange): Promise<WriteIntent | null> {
    return this.driver.transaction(sql => this.change(sql, intent, change))
  }

  /** The intent of a key; null for an unknown one. */
  find(key: IntentKey): Promise<WriteIntent | null> {
    return this.driver.transaction(sql => findByKey(sql, key))
  }

  /** The intents of one caller with this key, one per operation, the oldest first. */
  findAll(principal: string, key: string): Promise<readonly WriteIntent[]> {
    return this.select('principal = $1 AND key = $2 ORDER BY created_at', [principal, key])
  }

  /** The intents of every caller with this key, the oldest first. */
  withKey(key: string): Promise<readonly WriteIntent[]> {
    return this.select('key = $1 ORDER BY created_at, id', [key])
  }

  /** The intent that blocks other writes to a target; null for none. */
  async unsettledOf(target: string): Promise<WriteIntent | null> {
    return (await this.select(`target = $1 AND ${UNSETTLED}`, [target]))[0] ?? null
  }

  /** Every intent that blocks other writes to its target, the oldest first. */
  unsettled(): Promise<readonly WriteIntent[]> {
    return this.select(`${UNSETTLED} ORDER BY created_at`, [])
  }

  /** All intents of a target, the oldest first. */
  ofTarget(target: string): Promise<readonly WriteIntent[]> {
    return this.select('target = $1 ORDER BY created_at', [target])
  }

  /** How often anything was sent to the target. */
  sendsTo(target: string): Promise<number> {
    return this.driver.transaction(sql => sendsTo(sql, target))
  }

  /** The intents that reading back can settle now. */
  due(): Promise<readonly WriteIntent[]> {
    return this.select(`${DUE} ORDER BY settles_after`, [this.now()])
  }

  /** The settled intents whose request the network may have repeated, and what a copy has done was not looked at yet. */
  unswept(): Promise<readonly WriteIntent[]> {
    return this.select(`${UNSWEPT} AND settles_after <= $1 ORDER BY settles_after`, [this.now()])
  }

  /** The intents that were not sent and are too old to be. */
  expired(): Promise<readonly WriteIntent[]> {
    return this.select(`state IN ('RECORDED', 'ABSENT') AND created_at < $1`, [this.dayAgo()])
  }

  /** The intents that a person has to decide on, the oldest first. */
  incidents(): Promise<readonly WriteIntent[]> {
    return this.select(`state = 'INCIDENT' ORDER BY created_at`, [])
  }

  /** Counts the intents that are not settled. */
  countUnsettled(): Promise<UnsettledCounts> {
    return this.driver.transaction(async sql => {
      const rows = await sql(
        `SELECT state, COUNT(*) AS count, SUM(CASE WHEN ${DUE} THEN 1 ELSE 0 END) AS due
         FROM intents WHERE state IN ${OPEN} GROUP BY state`,
        [this.now()],
      )
      const none = COUNTED_STATES.map((state): readonly [string, number] => [state, 0])
      return {
        byState: new Map([...none, ...rows.map(row => [String(row.state), Number(row.count)] as const)]),
        due: rows.reduce((sum, { due }) => sum + Number(due), 0),
      }
    })
  }

  /** Every intent, the oldest first. */
  all(): Promise<readonly WriteIntent[]> {
    return this.select('1 = 1 ORDER BY created_at, id', [])
  }

  /** Up to `limit` entries after that number, the oldest first. */
  historyAfter(seq: number, limit: number): Promise<readonly HistoryEntry[]> {
    return this.driver.transaction(sql => readHistory(sql, seq, limit))
  }

  /** The last entry that was archived: the history goes on after it. */
  historyStart(): Promise<HistoryEnd> {
    return this.driver.transaction(readStart)
  }

  /** Ids of the intents that can still change. */
  async open(): Promise<ReadonlySet<string>> {
    const open = await this.select(`state IN ${OPEN} OR (${UNSWEPT} AND settles_after IS NOT NULL)`, [])
    return new Set(open.map(({ id }) => id))
  }

  /** Removes what was archived, from the last archived entry to the given one. False when another archive was faster. */
  removeArchived(from: HistoryEnd, to: HistoryEnd): Promise<boolean> {
    return this.driver.transaction(sql => moveStart(sql, from, to))
  }

  /** Closes the database. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.driver.close()
  }

  private create({ allowSimilar: _, supersedes: __, ...draft }: IntentDraft): WriteIntent {
    return {
      ...draft,
      id: randomUUID(),
      contentHash: contentHashOf(draft.input),
      attempt: 0,
      state: 'RECORDED',
      createdAt: this.now(),
      sentAt: null,
      settlesAfter: null,
      idsBefore: [],
      readBack: null,
      result: null,
      refusal: null,
      note: null,
    }
  }

  /**
   * Frees the content for a new intent: after a day, or at once where the caller allows a second one. An on-charge marker is good for
   * ever: only the intent that is superseded frees it, and is not looked for any more.
   */
  private async releaseContent(sql: Sql, contentHash: string, draft: IntentDraft): Promise<void> {
    const superseded = [contentHash, draft.supersedes ?? '']
    if (onChargeMarkerIn(draft.input) !== null) {
      await sql(
        'UPDATE intents SET unique_content = NULL, settles_after = NULL WHERE unique_content = $1 AND id = $2',
        superseded,
      )
      return
    }
    await sql('UPDATE intents SET unique_content = NULL WHERE unique_content = $1 AND id = $2', superseded)
    const before = draft.allowSimilar ? '9999' : this.dayAgo()
    await sql('UPDATE intents SET unique_content = NULL WHERE unique_content = $1 AND created_at < $2', [
      contentHash,
      before,
    ])
  }

  private async change(sql: Sql, intent: WriteIntent, change: IntentChange): Promise<WriteIntent | null> {
    const changed = { ...intent, ...change }
    // What was not written may be written under another key; and so may, once it is done, what its own check prevents.
    const isFree =
      ['REJECTED', 'ABSENT', 'EXPIRED'].includes(changed.state) ||
      (changed.state === 'DONE' && preventsRepetition(changed.operation))
    const rows = await sql(
      `UPDATE intents SET state = $1, attempt = $2, sent_at = $3, settles_after = $4, body = $5, unique_content = CASE
         WHEN $6 = 1 THEN NULL WHEN state = 'ABSENT' THEN content_hash ELSE unique_content END
       WHERE id = $7 AND state = $8 AND attempt = $9 AND settles_after IS NOT DISTINCT FROM $10 RETURNING id`,
      [
        changed.state,
        changed.attempt,
        changed.sentAt,
        changed.settlesAfter,
        bodyOf(changed),
        isFree ? 1 : 0,
        intent.id,
        intent.state,
        intent.attempt,
        intent.settlesAfter,
      ],
    )
    if (rows.length === 0) return null
    await appendToHistory(sql, changed, this.now())
    return changed
  }

  private async explainConflict(draft: IntentDraft, contentHash: string): Promise<Recorded> {
    const known = await this.find(draft)
    if (known) return { outcome: 'known', intent: known }
    const [other] = await this.select('unique_content = $1', [contentHash])
    // The other one was rejected between the two statements: there is nothing in the way any more.
    return other ? { outcome: 'similar', other } : this.record(draft)
  }

  private select(where: string, parameters: readonly (string | null)[]): Promise<readonly WriteIntent[]> {
    return this.driver.transaction(async sql => {
      const rows = await sql(`SELECT ${COLUMNS} FROM intents WHERE ${where}`, parameters)
      return rows.map(toIntent)
    })
  }

  private now(): string {
    return this.clock().toISOString()
  }

  private dayAgo(): string {
    return new Date(this.clock().getTime() - INTENT_LIFE_MS).toISOString()
  }
}
