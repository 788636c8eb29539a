import { formatGlobalId } from '../domain/global-id.js'
import type { Invoice, InvoiceState } from '../domain/invoice.js'
import type { InvoiceFilter } from '../domain/invoice-filter.js'
import type { Notice } from '../domain/notice.js'
import type { YearMonth } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'
import { listInvoices } from '../loaders/invoices.js'
import { type OptionKind, readArguments, UsageError } from './arguments.js'
import type { Command, Session } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { printInvoices } from './invoice-list.js'
import { choice, count, FORMAT, type Format, MONTH } from './option-kinds.js'
import { remark, remarkFailures, remarkNotices } from './remarks.js'
import { quote } from './visible.js'

const STATES = {
  open: 'OPEN',
  finalized: 'FINALIZED',
  pending: 'PENDING',
  unpaid: 'UNPAID',
  paid: 'PAID',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
  unknown: 'UNKNOWN',
} satisfies Record<Lowercase<InvoiceState>, InvoiceState>

const NUMBER: OptionKind<string> = {
  expected: 'an invoice number, such as 2024-01-00000005 or 2024-01-*',
  read: text => (/^[A-Za-z0-9*-]{1,64}$/.test(text) ? text : undefined),
}

const OPTIONS = {
  source: choice<BillingSource>({ catalyst: 'CATALYST', threescale: 'THREESCALE' }),
  from: MONTH,
  to: MONTH,
  state: { ...choice<InvoiceState>(STATES), isRepeatable: true },
  number: NUMBER,
  limit: count(100_000),
  format: FORMAT,
}

const DEFAULT_LIMIT = 20

const HELP = `Usage: billgraph invoices [options]

The bills of all configured systems in one list, newest month first.

  --source catalyst|threescale   only this system's
  --from YYYY-MM, --to YYYY-MM   first and last month, both included
  --state STATE                  only these; may be given again:
                                 ${Object.keys(STATES).join(', ')}
  --number NUMBER                only 3scale's of this number; * stands for any characters
  --limit N                      how many at the most (default: ${DEFAULT_LIMIT})
  --format table|json|csv        default: table
  --help                         this text

Exit status: 0 printed, 1 no such bill, 2 wrong arguments or configuration, 3 a system did not answer (the others' bills are
printed).
`

/** `billgraph invoices`: a list over both systems. */
export const invoicesCommand: Command = {
  name: 'invoices',
  summary: 'the bills of both systems, newest first',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [stray] = positionals
    if (stray !== undefined) throw new UsageError(`invoices: ${quote(stray)} is not an option; see --help`)
    const [from = null] = options.from
    const [to = null] = options.to
    const [source = null] = options.source
    const [number = null] = options.number
    const [limit = DEFAULT_LIMIT] = options.limit
    const [format = 'table'] = options.format
    checkRange(from, to)
    const states = options.state.length === 0 ? null : options.state
    const filter = { sources: toSources(source, number), states, from, to, number, buyer: null }
    return session => run(session, filter, limit, format)
  },
}

function checkRange(from: YearMonth | null, to: YearMonth | null): void {
  if (from === null || to === null || from <= to) return
  throw new UsageError(`--to: "${to}" is before --from; expected the month ${from} or a later one`)
}

/** Catalyst's bills have no numbers. */
function toSources(source: BillingSource | null, number: string | null): readonly BillingSource[] {
  if (number === null) return source === null ? ['CATALYST', 'THREESCALE'] : [source]
  if (source !== 'CATALYST') return ['THREESCALE']
  throw new UsageError('--source: "catalyst" has no invoice numbers; expected threescale beside --number')
}

async function run(session: Session, filter: InvoiceFilter, limit: number, format: Format): Promise<ExitCode> {
  const { loaders, stdout, stderr, progress } = session
  if (!filter.sources.some(source => loaders[source === 'CATALYST' ? 'catalyst' : 'threescale'])) {
    throw new UsageError('invoices: the system asked for is not configured; expected OS_AUTH_URL or THREESCALE_URL')
  }
  const request = { size: limit, direction: 'forward', beyond: null, until: null } as const
  const question = { filter, order: 'PERIOD_DESC', request } as const
  const list = await progress.during('reading bills', listInvoices(loaders, question))
  stdout.write(printInvoices(list, format))
  remarkNotices(stderr, distinctNotices(list.invoices))
  if (list.hasNextPage) remark(stderr, 'note: there are more; --limit says how many are printed.')
  const failures = [...list.failures.values(), list.gaps].flat()
  if (failures.length > 0) {
    remarkFailures(stderr, failures)
    return EXIT.upstream
  }
  if (list.invoices.length > 0) return EXIT.ok
  remark(stderr, 'there is no such bill.')
  return EXIT.nothing
}

/** Each notice once, however many bills have it. */
function distinctNotices(invoices: readonly Invoice[]): readonly Notice[] {
  const all = invoices.flatMap(invoice => invoice.notices.map(notice => ({ notice, id: formatGlobalId(invoice) })))
  return [...Map.groupBy(all, ({ notice }) => notice.message).values()].flatMap(([first, ...more]) => {
    if (!first) return []
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    return [{ ...first.notice, message: `${first.id}${others}: ${first.notice.message}` }]
  })
}
