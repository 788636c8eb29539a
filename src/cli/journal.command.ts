import { Environment } from '../config/environment.js'
import { ConfigError } from '../config/gateway-config.js'
import { readWriteSettings } from '../config/writes.js'
import { monthAt, type YearMonth } from '../domain/period.js'
import type { WriteIntent } from '../writes/intent.js'
import { entriesAfter } from '../writes/journal/archive.js'
import type { WriteJournal } from '../writes/journal/journal.js'
import { JournalUnavailableError } from '../writes/journal/sql.js'
import { openJournal } from '../writes/open-writes.js'
import { type OptionKind, readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { archiveTo } from './journal-archive.js'
import { verify } from './journal-verify.js'
import { formatJson } from './json.js'
import { printMessage } from './messages.js'
import { MONTH } from './option-kinds.js'
import { quote } from './printable.js'
import { formatTable } from './table.js'
import type { Terminal } from './terminal.js'

const HELP = `Usage: billgraph journal list
       billgraph journal show KEY
       billgraph journal verify [ARCHIVE...]
       billgraph journal archive --before YYYY-MM --to FILE

Reads the journal of writes to 3scale, which WRITES_JOURNAL names. A journal in a file can be read while no gateway uses it.

  list       every write with its state, oldest first
  show KEY   everything that the journal holds of the writes with this idempotency key, with each change, as JSON
  verify     recomputes the chain of hashes over all changes, with those of the archives, oldest first
  archive    moves the changes from before a month into a new file. The writes stay, so that their keys are good for ever
  --before   the month, in UTC, such as 2025-01
  --to FILE  the new file: one change a line, as JSON
  --help     show this help

Exit status: 0 success, 1 no such key, or a history that was changed, 2 wrong arguments or configuration.
`

const FILE: OptionKind<string> = { expected: 'the name of a new file', read: text => text || undefined }

/** How long one statement may take: commands read the whole history, and no request waits for them. */
const STATEMENT_MS = 120_000

type Work = (journal: WriteJournal, terminal: Terminal) => Promise<ExitCode>

/** `billgraph journal`: reads the journal of writes, and moves old changes out of it. Needs no upstream. */
export const journalCommand: Command = {
  name: 'journal',
  summary: 'list, show, verify and archive the writes to 3scale',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, { before: MONTH, to: FILE })
    const [action = '', ...rest] = positionals
    const work = workOf(action, rest, { before: options.before[0], to: options.to[0] })
    return terminal => withJournal(terminal, work)
  },
}

interface ArchiveOptions {
  readonly before: YearMonth | undefined
  readonly to: string | undefined
}

function workOf(action: string, rest: readonly string[], { before, to }: ArchiveOptions): Work {
  if (action !== 'archive' && (before ?? to) !== undefined)
    throw new UsageError('--before, --to: they are options of journal archive; see --help')
  if (action === 'verify') return (journal, terminal) => verify(journal, rest, terminal)
  const [extra] = rest.slice(action === 'show' ? 1 : 0)
  if (extra !== undefined) throw new UsageError(`journal: unexpected argument ${quote(extra)}; see --help`)
  switch (action) {
    case 'list':
      return list
    case 'show': {
      const [key] = rest
      if (key === undefined) throw new UsageError('KEY: missing; expected the idempotency key of a write')
      return (journal, terminal) => show(journal, terminal, key)
    }
    case 'archive':
      if (before === undefined) throw new UsageError(`--before: missing; expected ${MONTH.expected}`)
      if (to === undefined) throw new UsageError(`--to: missing; expected ${FILE.expected}`)
      return (journal, terminal) => {
        if (before > monthAt(terminal.clock())) throw new UsageError(`--before: ${before} has not begun`)
        return archiveTo(to, before, journal, terminal)
      }
    default:
      throw new UsageError(`journal: ${quote(action)} is not one of list, show, verify, archive (see --help)`)
  }
}

async function withJournal(terminal: Terminal, work: Work): Promise<ExitCode> {
  const { variables, readFile, clock } = terminal
  const environment = new Environment(variables, readFile)
  const { journal: place } = readWriteSettings(environment)
  if (environment.problems.length > 0) throw new ConfigError(environment.problems)
  if (place === null) throw new UsageError('journal: WRITES_JOURNAL is not set; set it to the journal of the gateway')
  try {
    await using journal = openJournal(place, clock, STATEMENT_MS)
    // Without this await the journal would be closed before the command ends.
    return await work(journal, terminal)
  } catch (error) {
    throw error instanceof JournalUnavailableError ? new UsageError(error.message) : error
  }
}

async function list(journal: WriteJournal, { stdout }: Terminal): Promise<ExitCode> {
  const rows = (await journal.all()).map(({ createdAt, key, principal, operation, target, state }) => [
    ...[createdAt, key, principal, operation, target, state],
  ])
  stdout.write(formatTable(['created_at', 'key', 'caller', 'operation', 'target', 'state'], rows))
  return EXIT.ok
}

async function show(journal: WriteJournal, { stdout, stderr }: Terminal, key: string): Promise<ExitCode> {
  const { seq } = await journal.historyStart()
  const changes: { readonly at: string | null; readonly intent: WriteIntent }[] = []
  for await (const { at, body } of entriesAfter(journal, seq)) {
    const intent = JSON.parse(body) as WriteIntent
    if (intent.key === key) changes.push({ at, intent })
  }
  // Of a write whose changes were archived, what it has become.
  const archived = (await journal.withKey(key)).filter(({ id }) => !changes.some(({ intent }) => intent.id === id))
  const found = [...archived.map(intent => ({ at: null, intent })), ...changes]
  if (found.length === 0) {
    printMessage(stderr, `KEY: ${quote(key)} is not the idempotency key of a write in the journal`)
    return EXIT.nothing
  }
  stdout.write(formatJson(found))
  return EXIT.ok
}
