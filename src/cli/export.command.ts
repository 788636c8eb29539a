import { type ExportTrailer, writeExport } from '../export/export-file.js'
import { EXPORTS, ExportInputError, type ExportRequest, readExportRequest } from '../export/export-request.js'
import { readExportRows } from '../export/export-rows.js'
import { formatAmount } from './amount-text.js'
import { type OptionKind, readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { printMessage } from './messages.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'

/** Options of any text: the export's own parameters are checked together, as for HTTP. */
const TEXT: OptionKind<string> = { expected: 'text', read: text => text }

const OPTIONS = {
  from: TEXT,
  to: TEXT,
  ledger: TEXT,
  format: TEXT,
  trailer: TEXT,
  'account-code': TEXT,
  'tax-type': TEXT,
  'untaxed-type': TEXT,
}

const KINDS = Object.keys(EXPORTS).join(', ')

const HELP = `Usage: billgraph export KIND --from YYYY-MM [options]

Writes bills to standard output as they are read, in any number. KIND is one of:
  focus   FOCUS 1.2 of both systems: a row for each line, and rows for tax and rounding; BilledCost adds up to the bill
  lines   the lines as billed
  xero    issued 3scale invoices as Xero imports sales invoices

  --from YYYY-MM, --to YYYY-MM   first and last month, both included (--to: the same month)
  --ledger cost|revenue          only what is paid, or only what is billed to customers
  --format csv|ndjson            default: csv, as UTF-8 with a byte order mark; ndjson: one JSON object per line
                                 (not for xero)
  --trailer rows|none            whether the file ends with its number of rows, its sums by ledger and currency, and the
                                 SHA-256 of the bytes before (default: rows; none for xero)
  --account-code CODE            Xero's revenue account (default: 200)
  --tax-type NAME                Xero's tax rate of taxed invoices (default: 15% GST on Income)
  --untaxed-type NAME            Xero's tax rate of other invoices (default: No GST)
  --help                         show this help

Cancelled invoices are left out. The export has every other bill or fails.

Exit status: 0 success, 1 no bill, 2 wrong arguments or configuration, 3 an upstream did not answer: the file is incomplete.
`

/** `billgraph export`: bills as files for other programs. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'write bills as FOCUS, CSV or for Xero',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [kind, ...more] = positionals
    if (kind === undefined) throw new UsageError(`KIND: missing; expected one of ${KINDS}`)
    const [second] = more
    if (second !== undefined) throw new UsageError(`KIND: unexpected argument ${quote(second)}; expected one kind`)
    const { format: [format = 'csv'] = [], ...rest } = options
    const request = readRequest(kind, format, rest)
    return terminal => withSession(terminal, session => run(session, request))
  },
}

function readRequest(
  kind: string,
  format: string,
  options: Readonly<Record<string, readonly string[]>>,
): ExportRequest {
  const given = Object.entries(options).flatMap(([name, [value]]) =>
    value === undefined ? [] : [[toCamelCase(name), value]],
  )
  try {
    return readExportRequest(`${kind}.${format}`, Object.fromEntries(given))
  } catch (error) {
    if (!(error instanceof ExportInputError)) throw error
    const { parameter, value, expected } = error
    if (parameter === 'file') throw new UsageError(`KIND, --format: ${quote(value)} is not ${expected}`)
    if (parameter === 'parameter') throw new UsageError(`--${toKebabCase(value)}: not an option of ${kind}`)
    throw new UsageError(
      `--${toKebabCase(parameter)}: ${value === '' ? 'missing; expected' : `${quote(value)} is not`} ${expected}`,
    )
  }
}

function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

async function run(session: Session, request: ExportRequest): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, openLoaders, stdout, stderr } = session
  if (!request.sources.some(source => loaders[source === 'CATALYST' ? 'catalyst' : 'threescale'])) {
    throw new UsageError('export: the requested system is not configured; set OS_AUTH_URL or THREESCALE_URL')
  }
  const chunks = writeExport(readExportRows(openLoaders, request), request)
  let next = await chunks.next()
  for (; next.done !== true; next = await chunks.next()) {
    stdout.write(next.value.toString('utf8'))
    await stdout.drained?.()
  }
  printMessage(stderr, describe(next.value))
  return next.value.rows > 0 ? EXIT.ok : EXIT.nothing
}

function describe({ rows, sumOf, sums, sha256 }: ExportTrailer): string {
  const parts = sums.map(({ ledger, amount }) => `${ledger} ${sumOf} ${formatAmount(amount)}`)
  return [`${rows} rows`, ...parts, `SHA-256 of the rows ${sha256}`].join('; ')
}
