import type { CustomerCost } from '../domain/customer-cost.js'
import { formatCsv } from '../domain/export/csv.js'
import { monthAt } from '../domain/period.js'
import type { PrefixMatch } from '../domain/prefix-index.js'
import { type CustomerCostQuestion, loadCustomerCost } from '../loaders/catalyst/customer-costs.js'
import { formatAmount } from './amount-text.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { printCostSeries, readRange } from './cost-series.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonBuyer, toJsonInvoice, toJsonLineItem, toJsonNotice, toJsonTaxedMoney } from './json.js'
import { printFailures, printMessage, printNotices, printStaleness } from './messages.js'
import { choice, type Format, MONTH, PROJECT, YEAR } from './option-kinds.js'
import { quote } from './printable.js'
import { printLikeScript } from './script-output.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable } from './table.js'

/** Output formats: those of every command, and the output of the vendor's reference script. */
type CostFormat = Format | 'script'

const OPTIONS = {
  month: MONTH,
  match: choice<PrefixMatch>({ 'starts-with': 'STARTS_WITH', segment: 'SEGMENT' }),
  project: PROJECT,
  from: MONTH,
  to: MONTH,
  year: YEAR,
  format: choice<CostFormat>({ table: 'table', json: 'json', csv: 'csv', script: 'script' }),
}

const HELP = `Usage: billgraph cost PREFIX [options]

Shows what the resources of one hosted customer cost in a month, without tax: the lines whose resource name starts with
PREFIX, added up over all bills of the month. For the current month the quotation is used. PREFIX '' matches every line.

  --month YYYY-MM                the month in UTC (default: the latest closed month that has a bill)
  --from YYYY-MM                 a table by month from this one on, with a total
  --to YYYY-MM                   its last month (default: the current month)
  --year YYYY                    a table of the months of a year
  --match starts-with|segment    whether customer-1 also matches customer-10: with segment it does not (default: starts-with)
  --project ID                   the project (default: that of the first configured account); reading a project that
                                 no account is configured for needs the role admin
  --format table|json|csv|script default: table; script prints what the vendor's separate-billing.py prints of
                                 the latest bill of the month
  --help                         show this help

Exit status: 0 success, 1 no bill, no such project or no matching line, 2 wrong arguments or configuration, 3 an upstream did
not answer.
`

/** The longest resource name that OpenStack allows. */
const MAX_PREFIX = 255

/** `billgraph cost`: the table of the vendor's own script. Unlike the script, it also works for January. */
export const costCommand: Command = {
  name: 'cost',
  summary: "show what one customer's resources cost in a month",
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [month = null] = options.month
    const [match = 'STARTS_WITH'] = options.match
    const [projectId = null] = options.project
    const [format = 'table'] = options.format
    const question = { prefix: readPrefix(positionals), match, projectId }
    const hasRange = options.from.length + options.to.length + options.year.length > 0
    if (hasRange && month !== null) throw new UsageError('--month: expected either one month or a range')
    if (hasRange && format === 'script') throw new UsageError('--format: "script" is for one month, not for a range')
    return terminal => {
      const range = readRange(options, monthAt(terminal.clock()))
      return withSession(terminal, session =>
        range && format !== 'script'
          ? printCostSeries(session, { ...question, ...range }, format)
          : run(session, { ...question, month }, format),
      )
    }
  },
}

function readPrefix([prefix, ...more]: readonly string[]): string {
  const expected = 'the start of its resource names'
  if (prefix === undefined) throw new UsageError(`PREFIX: missing; expected ${expected}, or '' for all`)
  const [second] = more
  if (second !== undefined) throw new UsageError(`PREFIX: unexpected argument ${quote(second)}; expected one prefix`)
  if (prefix.length <= MAX_PREFIX) return prefix
  throw new UsageError(`PREFIX: ${quote(prefix)} is not ${expected}, of at most ${MAX_PREFIX} characters`)
}

async function run(session: Session, question: CustomerCostQuestion, format: CostFormat): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  if (!loaders.catalyst)
    throw new UsageError('cost: Catalyst Cloud is not configured; set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS')
  const { month, projectId } = question
  const now = monthAt(loaders.clock())
  if (month !== null && month > now) {
    throw new UsageError(`--month: ${quote(month)} is not a month up to ${now}, the running month in UTC`)
  }
  const { cost, failures } = await progress.during('reading bills', loadCustomerCost(loaders, question))
  if (format === 'script' && cost?.basis === 'QUOTATION') {
    throw new UsageError('--format: "script" needs a bill, and the month has a quotation only; choose a closed month')
  }
  const isNothing = cost?.notices.some(({ code }) => code === 'NO_MATCH') ?? true
  stdout.write(isNothing && format === 'table' ? '' : print(cost, format))
  if (cost) {
    printNotices(stderr, cost.notices)
    printStaleness(stderr, cost)
  } else if (
    projectId !== null &&
    failures.length === 0 &&
    (await loaders.catalyst.projects.load(projectId)) === null
  ) {
    printMessage(
      stderr,
      `--project: ${quote(projectId)} is not the id of a project that exists and that the account may see`,
    )
  } else {
    printMessage(stderr, `no bill found for ${month ?? 'any of the last twelve months'}.`)
  }
  if (failures.length > 0) {
    printFailures(stderr, failures)
    return EXIT.upstream
  }
  return isNothing ? EXIT.nothing : EXIT.ok
}

function print(cost: CustomerCost | null, format: CostFormat): string {
  if (format === 'json') return formatJson(cost && toJson(cost))
  if (format === 'csv') return printCsv(cost)
  if (format === 'script') return cost ? printLikeScript(cost) : ''
  return cost ? printTable(cost) : ''
}

function printTable(cost: CustomerCost): string {
  const rows = cost.lineItems.map(({ name, rate, quantity, unit, cost: { net } }) => [name, rate, quantity, unit, net])
  const basis = cost.basis === 'QUOTATION' ? ' (so far, by quotation)' : ''
  const total = formatAmount(cost.total.net)
  const customer = `customer [${cost.prefix}] for the month of [${cost.period.month}]`
  const table = formatTable(['resource_name', 'rate', 'quantity', 'unit', 'cost'], rows)
  const caption = `source: CATALYST, ledger: COST, currency: ${cost.total.net.currency}, cost without tax`
  return `${caption}\n${table}Total cost of ${customer} is : ${total}${basis}\n`
}

const COLUMNS = [
  ...['resource_name', 'rate', 'quantity', 'unit', 'cost', 'currency_code', 'month', 'basis'],
  ...['tax', 'tax_basis', 'source', 'ledger'],
]

function printCsv(cost: CustomerCost | null): string {
  const rows = (cost?.lineItems ?? []).map(({ name, rate, quantity, unit, cost: { net, tax, taxBasis } }) => [
    ...[name, rate, quantity, unit, net, net.currency],
    ...[cost?.period.month ?? null, cost?.basis ?? null, tax, taxBasis, 'CATALYST', 'COST'],
  ])
  return formatCsv(COLUMNS, rows)
}

function toJson(cost: CustomerCost) {
  const { prefix, match, basis, period, asOf, stale } = cost
  return {
    prefix,
    match,
    basis,
    period,
    buyer: toJsonBuyer(cost.buyer),
    invoices: cost.invoices.map(toJsonInvoice),
    total: toJsonTaxedMoney(cost.total),
    lineItems: cost.lineItems.map(toJsonLineItem),
    notices: cost.notices.map(toJsonNotice),
    asOf,
    stale,
  }
}
