import { formatGlobalId } from '../domain/global-id.js'
import type { Invoice, InvoiceState } from '../domain/invoice.js'
import { ALL_INVOICES, type InvoiceFilter, matchingSources } from '../domain/invoice-filter.js'
import type { InvoiceOrder } from '../domain/invoice-order.js'
import type { Notice } from '../domain/notice.js'
import type { YearMonth } from '../domain/period.js'
import { type BillingSource, type Ledger, ledgerOf } from '../domain/source.js'
import { listInvoices } from '../loaders/invoices.js'
import { type OptionKind, readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { printInvoices } from './invoice-list.js'
import { printFailures, printMessage, printNotices } from './messages.js'
import { BUYER, choice, count, FORMAT, type Format, MONTH } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'

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

/** Words of `--sort`: the order's name in the graph, with a minus for descending. */
const ORDERS = {
  '-period': 'PERIOD_DESC',
  period: 'PERIOD_ASC',
  '-amount': 'AMOUNT_DESC',
  amount: 'AMOUNT_ASC',
  '-issued': 'ISSUED_DESC',
  issued: 'ISSUED_ASC',
  '-due': 'DUE_DESC',
  due: 'DUE_ASC',
} satisfies Record<string, InvoiceOrder>

const OPTIONS = {
  source: choice<BillingSource>({ catalyst: 'CATALYST', threescale: 'THREESCALE' }),
  ledger: choice<Ledger>({ cost: 'COST', revenue: 'REVENUE' }),
  buyer: BUYER,
  sort: choice<InvoiceOrder>(ORDERS),
  from: MONTH,
  to: MONTH,
  state: { ...choice<InvoiceState>(STATES), isRepeatable: true },
  number: NUMBER,
  limit: count(100_000),
  format: FORMAT,
}

const DEFAULT_LIMIT = 20

const HELP = `Usage: billgraph invoices [options]

Lists the bills of all configured systems together, latest month first. Amounts of different ledgers or currencies are never
added up.

  --source catalyst|threescale   only this system's bills
  --ledger cost|revenue          only what is paid, or only what is billed to customers
  --buyer BUYER                  only this buyer's bills: an OpenStack project id, a 3scale account id, or a part of its name
  --from YYYY-MM, --to YYYY-MM   first and last month, both included
  --state STATE                  only bills in this state; may be repeated:
                                 ${Object.keys(STATES).join(', ')}
  --number NUMBER                only 3scale's invoices with this number; * matches any characters
  --sort ORDER                   one of ${Object.keys(ORDERS).join(', ')}; a minus sorts downwards
                                 (default: -period); 3scale sorts by period only, so its whole list is read for any other
  --limit N                      the maximum number of bills (default: ${DEFAULT_LIMIT})
  --format table|json|csv        default: table
  --help                         show this help

Exit status: 0 success, 1 no bill found, 2 wrong arguments or configuration, 3 a system did not answer (the others' bills are
printed).
`

/** `billgraph invoices`: the bills of both systems in one list. */
export const invoicesCommand: Command = {
  name: 'invoices',
  summary: 'list the bills of both systems, latest first',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [extra] = positionals
    if (extra !== undefined) throw new UsageError(`invoices: unexpected argument ${quote(extra)}; see --help`)
    const [from = null] = options.from
    const [to = null] = options.to
    const [source = null] = options.source
    const [ledger = null] = options.ledger
    const [buyer = null] = options.buyer
    const [order = 'PERIOD_DESC'] = options.sort
    const [number = null] = options.number
    const [limit = DEFAULT_LIMIT] = options.limit
    const [format = 'table'] = options.format
    checkRange(from, to)
    const states = options.state.length === 0 ? null : options.state
    const sources = toSources(source, number).filter(one => ledger === null || ledgerOf(one) === ledger)
    const filter = { ...ALL_INVOICES, sources, states, from, to, number, ...buyer }
    return terminal => withSession(terminal, session => run(session, filter, order, limit, format))
  },
}

function checkRange(from: YearMonth | null, to: YearMonth | null): void {
  if (from === null || to === null || from <= to) return
  throw new UsageError(`--to: "${to}" is before --from; expected ${from} or later`)
}

/** The systems to list. An invoice number selects 3scale, since Catalyst's bills have none. */
function toSources(source: BillingSource | null, number: string | null): readonly BillingSource[] {
  if (number === null) return source === null ? ['CATALYST', 'THREESCALE'] : [source]
  if (source !== 'CATALYST') return ['THREESCALE']
  throw new UsageError('--source: "catalyst" has no invoice numbers; use --number with threescale only')
}

async function run(
  session: Session,
  filter: InvoiceFilter,
  order: InvoiceOrder,
  limit: number,
  format: Format,
): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  if (!matchingSources(filter).some(source => loaders[source === 'CATALYST' ? 'catalyst' : 'threescale'])) {
    throw new UsageError('invoices: the requested system is not configured; set OS_AUTH_URL or THREESCALE_URL')
  }
  const request = { size: limit, direction: 'forward', beyond: null, until: null } as const
  const question = { filter, order, request }
  const list = await progress.during('reading bills', listInvoices(loaders, question))
  stdout.write(printInvoices(list, format))
  printNotices(stderr, distinctNotices(list.invoices))
  if (list.hasNextPage) printMessage(stderr, 'note: there are more bills; raise --limit to print them.')
  const failures = [...list.failures.values(), list.gaps].flat()
  if (failures.length > 0) {
    printFailures(stderr, failures)
    return EXIT.upstream
  }
  if (list.invoices.length > 0) return EXIT.ok
  printMessage(stderr, 'no bill found.')
  return EXIT.nothing
}

/** Each notice once, with the id of one bill that has it and the number of others. */
function distinctNotices(invoices: readonly Invoice[]): readonly Notice[] {
  const all = invoices.flatMap(invoice => invoice.notices.map(notice => ({ notice, id: formatGlobalId(invoice) })))
  return [...Map.groupBy(all, ({ notice }) => notice.message).values()].flatMap(([first, ...more]) => {
    if (!first) return []
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    return [{ ...first.notice, message: `${first.id}${others}: ${first.notice.message}` }]
  })
}
