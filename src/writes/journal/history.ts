import { createHash } from 'node:crypto'

/** One change of an intent, chained to the one before by its hash. */
export interface HistoryEntry {
  /** From 1, without gaps. Those that were archived are no longer in the journal. */
  readonly seq: number
  /** RFC 3339, UTC. */
  readonly at: string
  /** The intent after the change, as JSON. */
  readonly body: string
  /** SHA-256 over the hash before and this entry, as hex. */
  readonly hash: string
}

/** The end of a history; of an empty one `{ seq: 0, hash: '' }`. */
export type HistoryEnd = Pick<HistoryEntry, 'seq' | 'hash'>

/** The entry that follows. */
export function nextEntry(end: HistoryEnd, at: string, body: string): HistoryEntry {
  const seq = end.seq + 1
  return {
    seq,
    at,
    body,
    hash: createHash('sha256')
      .update(JSON.stringify([end.hash, seq, at, body]))
      .digest('hex'),
  }
}

/** Before the first entry. */
export const START: HistoryEnd = { seq: 0, hash: '' }

/**
 * The number of the first entry that was changed, or follows one that was removed; null for an intact history.
 *
 * @param before the entry before the first one
 */
export function firstBroken(history: readonly HistoryEntry[], before: HistoryEnd = START): number | null {
  let end = before
  for (const entry of history) {
    const expected = nextEntry(end, entry.at, entry.body)
    if (entry.seq !== expected.seq || entry.hash !== expected.hash) return entry.seq
    end = entry
  }
  return null
}
