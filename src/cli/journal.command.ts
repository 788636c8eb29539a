import { Environment } from '../config/environment.js'
import { ConfigError } from '../config/gateway-config.js'
import { readWriteSettings } from '../config/writes.js'
import type { WriteIntent } from '../writes/intent.js'
import { firstBroken } from '../writes/journal/history.js'
import type { WriteJournal } from '../writes/journal/journal.js'
import { openJournal } from '../writes/open-writes.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson } from './json.js'
import { printMessage } from './messages.js'
import { quote } from './printable.js'
import { formatTable } from './table.js'
import type { Terminal } from './terminal.js'

const HELP = `Usage: billgraph journal list
       billgraph journal show KEY
       billgraph journal verify

Reads the journal of writes to 3scale, which WRITES_JOURNAL names. A journal in a file can be read while no gateway uses it.

  list      every write with its state, oldest first
  show KEY  everything that the journal holds of the writes with this idempotency key, with each change, as JSON
  verify    recomputes the chain of hashes over all changes
  --help    show this help

Exit status: 0 success, 1 no such key, or a history that was changed, 2 wrong arguments or configuration.
`

/** `billgraph journal`: reads the journal of writes. Needs no upstream and writes nothing. */
export const journalCommand: Command = {
  name: 'journal',
  summary: 'list, show and verify the writes to 3scale',
  help: HELP,
  prepare(args) {
    const { positionals } = readArguments(args, {})
    const [action = '', ...rest] = positionals
    const [extra] = rest.slice(action === 'show' ? 1 : 0)
    if (extra !== undefined) throw new UsageError(`journal: unexpected argument ${quote(extra)}; see --help`)
    switch (action) {
      case 'list':
        return terminal => withJournal(terminal, journal => list(journal, terminal))
      case 'show': {
        const [key] = rest
        if (key === undefined) throw new UsageError('KEY: missing; expected the idempotency key of a write')
        return terminal => withJournal(terminal, journal => show(journal, terminal, key))
      }
      case 'verify':
        return terminal => withJournal(terminal, journal => verify(journal, terminal))
      default:
        throw new UsageError(`journal: ${quote(action)} is not one of list, show, verify (see --help)`)
    }
  },
}

async function withJournal(
  { variables, readFile, clock }: Terminal,
  work: (journal: WriteJournal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const environment = new Environment(variables, readFile)
  const { journal: place } = readWriteSettings(environment)
  if (environment.problems.length > 0) throw new ConfigError(environment.problems)
  if (place === null) throw new UsageError('journal: WRITES_JOURNAL is not set; set it to the journal of the gateway')
  await using journal = openJournal(place, clock)
  // Without this await the journal would be closed before the command ends.
  return await work(journal)
}

async function list(journal: WriteJournal, { stdout }: Terminal): Promise<ExitCode> {
  const rows = (await journal.all()).map(({ createdAt, key, principal, operation, target, state }) => [
    ...[createdAt, key, principal, operation, target, state],
  ])
  stdout.write(formatTable(['created_at', 'key', 'caller', 'operation', 'target', 'state'], rows))
  return EXIT.ok
}

async function show(journal: WriteJournal, { stdout, stderr }: Terminal, key: string): Promise<ExitCode> {
  const changes = (await journal.history()).map(({ at, body }) => ({ at, intent: JSON.parse(body) as WriteIntent }))
  const found = changes.filter(({ intent }) => intent.key === key)
  if (found.length === 0) {
    printMessage(stderr, `KEY: ${quote(key)} is not the idempotency key of a write in the journal`)
    return EXIT.nothing
  }
  stdout.write(formatJson(found))
  return EXIT.ok
}

async function verify(journal: WriteJournal, { stdout, stderr }: Terminal): Promise<ExitCode> {
  const history = await journal.history()
  const broken = firstBroken(history)
  if (broken === null) {
    stdout.write(`${history.length} changes, none of them altered or removed in between\n`)
    return EXIT.ok
  }
  printMessage(stderr, `the history was altered: change ${broken} does not follow from the one before`)
  return EXIT.nothing
}
