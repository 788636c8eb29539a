import type { CustomerCost } from '../domain/customer-cost.js'
import { formatDecimal } from '../domain/decimal.js'
import { monthAt } from '../domain/period.js'
import type { PrefixMatch } from '../domain/prefix-index.js'
import { type CustomerCostQuestion, loadCustomerCost } from '../loaders/catalyst/customer-costs.js'
import { formatAmount } from './amount-text.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { formatCsv } from './csv.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonBuyer, toJsonInvoice, toJsonLineItem, toJsonNotice, toJsonTaxedMoney } from './json.js'
import { printFailures, printMessage, printNotices, printStaleness } from './messages.js'
import { choice, FORMAT, type Format, MONTH, PROJECT } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable } from './table.js'

const OPTIONS = {
  month: MONTH,
  match: choice<PrefixMatch>({ 'starts-with': 'STARTS_WITH', segment: 'SEGMENT' }),
  project: PROJECT,
  format: FORMAT,
}

const HELP = `Usage: billgraph cost PREFIX [options]

Shows what the resources of one hosted customer cost in a month, without tax: the lines whose resource name starts with
PREFIX, added up over all bills of the month. For the current month the quotation is used. PREFIX '' matches every line.

  --month YYYY-MM                the month in UTC (default: the latest closed month that has a bill)
  --match starts-with|segment    whether customer-1 also matches customer-10: with segment it does not (default: starts-with)
  --project ID                   the project (default: that of the first configured account); reading a project that
                                 no account is configured for needs the role admin
  --format table|json|csv        default: table
  --help                         show this help

Exit status: 0 success, 1 no bill or no such project, 2 wrong arguments or configuration, 3 an upstream did not answer.
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
    const question = { prefix: readPrefix(positionals), match, month, projectId }
    return terminal => withSession(terminal, session => run(session, question, format))
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

async function run(session: Session, question: CustomerCostQuestion, format: Format): Promise<ExitCode> {
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
  stdout.write(print(cost, format))
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
  return cost ? EXIT.ok : EXIT.nothing
}

function print(cost: CustomerCost | null, format: Format): string {
  if (format === 'json') return formatJson(cost && toJson(cost))
  if (format === 'csv') return printCsv(cost)
  return cost ? printTable(cost) : ''
}

function printTable(cost: CustomerCost): string {
  const rows = cost.lineItems.map(({ name, rate, quantity, unit, cost: { net } }) => [
    name,
    rate ? formatDecimal(rate) : '',
    quantity ? formatDecimal(quantity) : '',
    unit ?? '',
    formatDecimal(net),
  ])
  const basis = cost.basis === 'QUOTATION' ? ' (so far, by quotation)' : ''
  const total = formatAmount(cost.total.net)
  const customer = `customer [${cost.prefix}] for the month of [${cost.period.month}]`
  const table = formatTable(['resource_name', 'rate', 'quantity', 'unit', 'cost'], rows)
  return `${table}Total cost of ${customer} is : ${total}${basis}\n`
}

const COLUMNS = ['resource_name', 'rate', 'quantity', 'unit', 'cost', 'currency_code', 'month', 'basis']

function printCsv(cost: CustomerCost | null): string {
  const rows = (cost?.lineItems ?? []).map(({ name, rate, quantity, unit, cost: { net } }) => [
    ...[name, rate, quantity, unit, net, net.currency],
    ...[cost?.period.month ?? null, cost?.basis ?? null],
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
