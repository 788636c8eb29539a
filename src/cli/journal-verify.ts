import { entriesAfter } from '../writes/journal/archive.js'
import { firstBroken, type HistoryEnd, type HistoryEntry, START } from '../writes/journal/history.js'
import type { WriteJournal } from '../writes/journal/journal.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { readArchive } from './journal-archive.js'
import { printMessage } from './messages.js'
import { quote } from './printable.js'
import type { Terminal } from './terminal.js'

/** A part of the chain of changes: how many, and the last one. */
interface Part {
  readonly count: number
  readonly end: HistoryEnd
  /** The first change that does not follow from the one before; null for none. */
  readonly broken: number | null
}

/**
 * Recomputes the chain of hashes over the archives, in the given order, and the journal. Without archives it begins with what the journal
 * says was archived last.
 */
export async function verify(
  journal: WriteJournal,
  archives: readonly string[],
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const start = await journal.historyStart()
  let archived: Part = { count: 0, end: START, broken: null }
  for (const path of archives) {
    const part = await follow(readArchive(path), archived.end)
    if (part.broken !== null) return altered(part.broken, stderr, ` of ${quote(path)}`)
    archived = { ...part, count: archived.count + part.count }
  }
  if (archives.length > 0 && (archived.end.seq !== start.seq || archived.end.hash !== start.hash)) {
    const message = `the archives end with change ${archived.end.seq}, but the journal goes on after change ${start.seq}`
    printMessage(stderr, message)
    return EXIT.nothing
  }
  const rest = await follow(entriesAfter(journal, start.seq), start)
  if (rest.broken !== null) return altered(rest.broken, stderr)
  const unread = archives.length === 0 && start.seq > 0 ? `; the ${start.seq} before them were archived` : ''
  stdout.write(`${archived.count + rest.count} changes, none of them altered or removed in between${unread}\n`)
  return EXIT.ok
}

async function follow(entries: AsyncIterable<HistoryEntry>, before: HistoryEnd): Promise<Part> {
  let part: Part = { count: 0, end: before, broken: null }
  for await (const entry of entries) {
    const broken = firstBroken([entry], part.end)
    if (broken !== null) return { ...part, broken }
    part = { count: part.count + 1, end: { seq: entry.seq, hash: entry.hash }, broken }
  }
  return part
}

function altered(change: number, stderr: Terminal['stderr'], where = ''): ExitCode {
  printMessage(stderr, `the history was altered: change ${change}${where} does not follow from the one before`)
  return EXIT.nothing
}
