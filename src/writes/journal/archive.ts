import type { HistoryEnd, HistoryEntry } from './history.js'
import type { WriteJournal } from './journal.js'

/** What an archive would take. */
export interface ArchivePlan {
  /** The last entry that was archived before. */
  readonly from: HistoryEnd
  /** The last entry that this one takes; `from` when there is nothing to take. */
  readonly to: HistoryEnd
  /** The key of a write that can still change, whose entries hold back all that follow; null for none. */
  readonly heldBackBy: string | null
}

const PAGE = 2_000

/**
 * Which entries of the history are from before an instant and can be archived: a part of the chain without a gap, in which no write can
 * still change.
 *
 * @param before RFC 3339, not later than the running month
 */
export async function planArchive(journal: WriteJournal, before: string): Promise<ArchivePlan> {
  const open = await journal.open()
  const from = await journal.historyStart()
  let to = from
  for await (const entry of entriesAfter(journal, from.seq)) {
    if (entry.at >= before) break
    const { id, key } = JSON.parse(entry.body) as { readonly id: string; readonly key: string }
    if (open.has(id)) return { from, to, heldBackBy: key }
    to = { seq: entry.seq, hash: entry.hash }
  }
  return { from, to, heldBackBy: null }
}

/** The entries after that number, the oldest first. At most a few thousand of them are in memory. */
export async function* entriesAfter(journal: WriteJournal, seq: number): AsyncGenerator<HistoryEntry> {
  let last = seq
  for (;;) {
    const page = await journal.historyAfter(last, PAGE)
    yield* page
    const end = page.at(-1)
    if (!end) return
    last = end.seq
  }
}
