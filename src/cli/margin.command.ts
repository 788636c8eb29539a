import type { Customer } from '../domain/customer.js'
import { formatDecimal } from '../domain/decimal.js'
import type { CostScope, Margin } from '../domain/economics/margin.js'
import { type CsvCell, formatCsv } from '../domain/export/csv.js'
import { type Money, roundToCents } from '../domain/money.js'
import { addMonths, monthAt, type YearMonth } from '../domain/period.js'
import { listCustomers } from '../loaders/customers/customers.js'
import { loadMargin } from '../loaders/economics/margins.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonMoney } from './json.js'
import { knownCustomer } from './known-customer.js'
import { printFailures, printMessage } from './messages.js'
import { choice, FORMAT, type Format, MONTH } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable } from './table.js'

const OPTIONS = {
  month: MONTH,
  costs: choice<CostScope>({ direct: 'DIRECT', full: 'FULL' }),
  format: FORMAT,
}

const HELP = `Usage: billgraph margin [CUSTOMER] [options]

Shows revenue less cost in a month, both without tax, for one customer of the registry or for all. Where the margin is not
known, the column gaps says why. CUSTOMER is a key or a prefix of the registry.

  --month YYYY-MM            the month in UTC (default: the last closed month)
  --costs direct|full        the customer's own lines, or these and its share of shared cost (default: direct)
  --format table|json|csv    default: table
  --help                     show this help

Exit status: 0 success, 1 no customer, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

/** The margins that a command was asked for. */
interface MarginQuestion {
  /** Null shows all customers. */
  readonly customer: string | null
  /** Null shows the last closed month. */
  readonly month: YearMonth | null
  readonly costs: CostScope
}

/** `billgraph margin`: revenue less cost, by customer. */
export const marginCommand: Command = {
  name: 'margin',
  summary: 'show revenue less cost of one customer or of all',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [customer = null, extra] = positionals
    if (extra !== undefined)
      throw new UsageError(`CUSTOMER: unexpected argument ${quote(extra)}; expected one customer`)
    const [month = null] = options.month
    const [costs = 'DIRECT'] = options.costs
    const [format = 'table'] = options.format
    return terminal => withSession(terminal, session => run(session, { customer, month, costs }, format))
  },
}

interface Row {
  readonly customer: Customer
  readonly margin: Margin
}

async function run(session: Session, question: MarginQuestion, format: Format): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  const month = question.month ?? addMonths(monthAt(loaders.clock()), -1)
  const customers = question.customer === null ? listCustomers(loaders) : [knownCustomer(loaders, question.customer)]
  if (customers.length === 0) {
    printMessage(stderr, 'the registry has no customers; set CUSTOMERS_FILE, or see billgraph customers suggest.')
    return EXIT.nothing
  }
  const loading = customers.map(customer => loadMargin(loaders, customer, month, question.costs))
  const answers = await progress.during('reading bills and invoices', Promise.all(loading))
  const rows = answers.flatMap(({ margin }, index) => {
    const customer = customers[index]
    return customer ? [{ customer, margin }] : []
  })
  stdout.write(print(rows, format))
  const failures = answers.flatMap(answer => answer.failures)
  if (failures.length === 0) return EXIT.ok
  printFailures(stderr, new Set(failures))
  return EXIT.upstream
}

const COLUMNS = ['customer', 'month', 'revenue', 'collected', 'cost', 'margin', 'currency_code', 'rate', 'gaps']

function print(rows: readonly Row[], format: Format): string {
  if (format === 'json') return formatJson(rows.map(toJson))
  const cells = rows.map(toCells)
  if (format === 'csv') return formatCsv(COLUMNS, cells)
  return formatTable(
    COLUMNS,
    cells.map(row => row.map(toShown)),
  )
}

/** Amounts are shown with cents, rates as they are. */
function toShown(cell: CsvCell): CsvCell {
  return cell !== null && typeof cell === 'object' && 'currency' in cell ? roundToCents(cell as Money) : cell
}

function toCells({ customer, margin }: Row): readonly CsvCell[] {
  const { period, revenue, collected, cost, amount, rate, gaps } = margin
  // The cost of a customer that is billed in another currency is in that of the bill.
  const currencies = new Set([revenue, cost].flatMap(one => one?.currency ?? []))
  return [
    ...[customer.registered?.key ?? '', period.month],
    ...[revenue, collected, cost, amount],
    ...[[...currencies].join('/'), rate, gaps.join(' ')],
  ]
}

function toJson({ customer, margin }: Row) {
  const { revenue, collected, cost, amount, rate, exchangeRate, ...rest } = margin
  const toAmount = (money: Money | null) => money && toJsonMoney(money)
  return {
    customer: customer.registered?.key ?? null,
    ...rest,
    revenue: toAmount(revenue),
    collected: toAmount(collected),
    cost: toAmount(cost),
    amount: toAmount(amount),
    rate: rate && formatDecimal(rate),
    exchangeRate: exchangeRate && formatDecimal(exchangeRate),
  }
}
