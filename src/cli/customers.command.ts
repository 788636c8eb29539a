import type { RegisteredCustomer } from '../domain/customer-registry.js'
import { formatCsv } from '../domain/export/csv.js'
import type { SuggestedPrefix } from '../domain/suggested-prefix.js'
import { loadSuggestions, type Suggestions } from '../loaders/customers/suggestions.js'
import { formatAmount } from './amount-text.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonTaxedMoney } from './json.js'
import { printFailures, printMessage, printStaleness } from './messages.js'
import { FORMAT, type Format, MONTH, PROJECT } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable } from './table.js'

const HELP = `Usage: billgraph customers [--format table|json|csv]
       billgraph customers suggest [options]

Lists the customers of the registry, the YAML file that CUSTOMERS_FILE names.

customers suggest proposes prefixes for it: those of the resources that no customer claims, with the number of their lines
and their cost in a month, without tax.

  --month YYYY-MM            the month in UTC (default: the latest closed month that has a bill)
  --project ID               the project (default: that of the first configured account)
  --format table|json|csv    default: table
  --help                     show this help

Exit status: 0 success, 1 nothing found, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

const LIST_OPTIONS = { format: FORMAT }
const SUGGEST_OPTIONS = { month: MONTH, project: PROJECT, format: FORMAT }

/** `billgraph customers`: the customers of the registry, and prefixes that it lacks. */
export const customersCommand: Command = {
  name: 'customers',
  summary: 'list the customers of the registry, or suggest prefixes for it',
  help: HELP,
  prepare(args) {
    const [action, ...rest] = args
    if (action === 'suggest') return prepareSuggest(rest)
    const { positionals, options } = readArguments(args, LIST_OPTIONS)
    const [extra] = positionals
    if (extra !== undefined)
      throw new UsageError(`customers: unexpected argument ${quote(extra)}; expected suggest or none`)
    const [format = 'table'] = options.format
    return terminal => withSession(terminal, session => list(session, format))
  },
}

function prepareSuggest(args: readonly string[]): ReturnType<Command['prepare']> {
  const { positionals, options } = readArguments(args, SUGGEST_OPTIONS)
  const [extra] = positionals
  if (extra !== undefined) throw new UsageError(`customers suggest: unexpected argument ${quote(extra)}; expected none`)
  const [month = null] = options.month
  const [projectId = null] = options.project
  const [format = 'table'] = options.format
  return terminal => withSession(terminal, session => suggest(session, { month, projectId }, format))
}

async function list(session: Session, format: Format): Promise<ExitCode> {
  announceDemo(session)
  const { stdout, stderr, loaders } = session
  const { customers } = loaders.registry
  stdout.write(printCustomers(customers, format))
  if (customers.length > 0) return EXIT.ok
  printMessage(stderr, 'the registry has no customers; set CUSTOMERS_FILE, or see billgraph customers suggest.')
  return EXIT.nothing
}

const CUSTOMER_COLUMNS = ['key', 'name', 'prefixes', 'buyers']

function printCustomers(customers: readonly RegisteredCustomer[], format: Format): string {
  if (format === 'json') return formatJson(customers)
  const rows = customers.map(({ key, name, claims, buyers }) => [
    key,
    name,
    claims.map(({ prefix }) => prefix).join(' '),
    buyers.join(' '),
  ])
  if (format === 'csv') return formatCsv(CUSTOMER_COLUMNS, rows)
  return rows.length === 0 ? '' : formatTable(CUSTOMER_COLUMNS, rows)
}

async function suggest(
  session: Session,
  question: Parameters<typeof loadSuggestions>[1],
  format: Format,
): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  if (!loaders.catalyst) {
    throw new UsageError(
      'customers suggest: Catalyst Cloud is not configured; set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS',
    )
  }
  const { suggestions, failures } = await progress.during('reading bills', loadSuggestions(loaders, question))
  stdout.write(printSuggestions(suggestions, format))
  if (suggestions) printSummary(session, suggestions)
  else printMessage(stderr, `no bill found for ${question.month ?? 'any of the last twelve months'}.`)
  if (failures.length > 0) {
    printFailures(stderr, failures)
    return EXIT.upstream
  }
  return suggestions && suggestions.prefixes.length > 0 ? EXIT.ok : EXIT.nothing
}

function printSummary({ stderr }: Session, suggestions: Suggestions): void {
  const { month, unnamed, prefixes } = suggestions
  if (prefixes.length === 0) printMessage(stderr, `every line of ${month} with a resource name is claimed.`)
  if (unnamed.count > 0) {
    const count = unnamed.count === 1 ? '1 line has' : `${unnamed.count} lines have`
    printMessage(stderr, `note: ${count} no resource name, ${formatAmount(unnamed.total.net)} in ${month}.`)
  }
  printStaleness(stderr, suggestions)
}

const SUGGESTION_COLUMNS = ['prefix', 'lines', 'cost', 'currency_code']

function printSuggestions(suggestions: Suggestions | null, format: Format): string {
  const prefixes = suggestions?.prefixes ?? []
  if (format === 'json')
    return formatJson(
      suggestions && { ...suggestions, prefixes: prefixes.map(toJson), unnamed: toJson(suggestions.unnamed) },
    )
  const rows = prefixes.map(({ prefix, count, total: { net } }) => [prefix, String(count), net, net.currency])
  if (format === 'csv') return formatCsv(SUGGESTION_COLUMNS, rows)
  return rows.length === 0 ? '' : formatTable(SUGGESTION_COLUMNS, rows)
}

function toJson<T extends Pick<SuggestedPrefix, 'total'>>({ total, ...rest }: T) {
  return { ...rest, total: toJsonTaxedMoney(total) }
}
