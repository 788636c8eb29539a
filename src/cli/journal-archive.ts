import { closeSync, createReadStream, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { YearMonth } from '../domain/period.js'
import { entriesAfter, planArchive } from '../writes/journal/archive.js'
import { firstBroken, type HistoryEnd, type HistoryEntry } from '../writes/journal/history.js'
import type { WriteJournal } from '../writes/journal/journal.js'
import { UsageError } from './arguments.js'
import { codeOf, syncFolder } from './durable-file.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { printMessage } from './messages.js'
import { quote } from './printable.js'
import type { Terminal } from './terminal.js'

/** Readable by its owner only: an archive has the names, amounts and buyers of writes. */
const MODE = 0o600

/**
 * Moves the changes from before a month into a new file, one JSON object a line, and prints how many. They leave the journal once the file
 * is on the disk.
 *
 * @throws UsageError for a file that cannot be created, or a history that is not intact
 */
export async function archiveTo(
  path: string,
  before: YearMonth,
  journal: WriteJournal,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { from, to, heldBackBy } = await planArchive(journal, `${before}-01T00:00:00.000Z`)
  if (heldBackBy !== null) {
    const reason = `the write ${quote(heldBackBy)} can still change: what follows it stays in the journal`
    printMessage(stderr, reason)
  }
  if (to.seq === from.seq) {
    stdout.write(`no changes from before ${before} to archive\n`)
    return EXIT.ok
  }
  await writeArchive(path, journal, from, to)
  if (!(await journal.removeArchived(from, to))) {
    rmSync(path)
    throw new UsageError('journal: another archive was made at the same time; nothing was moved')
  }
  stdout.write(`${to.seq - from.seq} changes from before ${before} moved to ${path}: ${from.seq + 1} to ${to.seq}\n`)
  return EXIT.ok
}

async function writeArchive(path: string, journal: WriteJournal, from: HistoryEnd, to: HistoryEnd): Promise<void> {
  const descriptor = create(path)
  try {
    let end = from
    for await (const entry of entriesAfter(journal, from.seq)) {
      if (entry.seq > to.seq) break
      // What does not follow would look as if the archive had altered it.
      if (firstBroken([entry], end) !== null)
        throw new UsageError(`journal: the history was altered at change ${entry.seq}; nothing was moved`)
      writeSync(descriptor, `${JSON.stringify(entry)}\n`)
      end = entry
    }
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  syncFolder(dirname(path))
}

function create(path: string): number {
  try {
    return openSync(path, 'wx', MODE)
  } catch (error) {
    const reason = codeOf(error) === 'EEXIST' ? 'exists' : `cannot be written: ${codeOf(error)}`
    throw new UsageError(`--to: ${quote(path)} ${reason}; expected the name of a new file`)
  }
}

/** The entries of an archive, the oldest first. @throws UsageError for a file that cannot be read, or is no archive */
export async function* readArchive(path: string): AsyncGenerator<HistoryEntry> {
  let line = 0
  try {
    for await (const text of createInterface({ input: createReadStream(path, 'utf8') })) {
      line++
      yield entryOf(text)
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw new UsageError(`FILE: ${quote(path)} is not an archive of the journal: line ${line}`)
    if (codeOf(error) === 'unknown') throw error
    throw new UsageError(`FILE: ${quote(path)} cannot be read: ${codeOf(error)}`)
  }
}

function entryOf(text: string): HistoryEntry {
  const { seq, at, body, hash } = JSON.parse(text) as HistoryEntry
  if (typeof seq !== 'number' || ![at, body, hash].every(one => typeof one === 'string'))
    throw new TypeError('no entry')
  return { seq, at, body, hash }
}
