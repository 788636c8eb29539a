import type { CostAllocation } from '../domain/allocation/cost-allocation.js'
import { type Decimal, formatDecimal } from '../domain/decimal.js'
import { type CsvCell, formatCsv } from '../domain/export/csv.js'
import type { TaxedMoney } from '../domain/taxed-money.js'
import { type CostAllocationQuestion, loadCostAllocation } from '../loaders/catalyst/cost-allocations.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonBuyer, toJsonMoney, toJsonNotice, toJsonTaxedMoney } from './json.js'
import { printFailures, printMessage, printNotices, printStaleness } from './messages.js'
import { FORMAT, type Format, MONTH, PROJECT } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable } from './table.js'

const OPTIONS = { month: MONTH, project: PROJECT, format: FORMAT }

const HELP = `Usage: billgraph allocate --month YYYY-MM [options]

Divides a project's bill of a month among the customers of the registry, the YAML file that CUSTOMERS_FILE names: the lines
that a customer claims, its part of the shared pools, and what is unallocated. The rows sum to the bill. For the current month
the quotation is used.

  --month YYYY-MM                the month in UTC
  --project ID                   the project (default: that of the first configured account); reading a project that
                                 no account is configured for needs the role admin
  --format table|json|csv        default: table
  --help                         show this help

Exit status: 0 success, 1 no bill, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

/** `billgraph allocate`: a month's bill, divided among the registered customers. */
export const allocateCommand: Command = {
  name: 'allocate',
  summary: "divide a month's bill among the customers of the registry",
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [extra] = positionals
    if (extra !== undefined) throw new UsageError(`allocate: unexpected argument ${quote(extra)}; see --help`)
    const [month] = options.month
    if (month === undefined) throw new UsageError(`--month: missing; expected ${MONTH.expected}`)
    const [projectId = null] = options.project
    const [format = 'table'] = options.format
    return terminal => withSession(terminal, session => run(session, { month, projectId }, format))
  },
}

async function run(session: Session, question: CostAllocationQuestion, format: Format): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  if (!loaders.catalyst)
    throw new UsageError('allocate: Catalyst Cloud is not configured; set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS')
  const { allocation, failures } = await progress.during('reading bills', loadCostAllocation(loaders, question))
  stdout.write(print(allocation, format))
  if (allocation) {
    if (allocation.customers.length === 0)
      printMessage(stderr, 'no customer of the registry has a claim on this project.')
    printNotices(stderr, allocation.notices)
    printStaleness(stderr, allocation)
  } else {
    printMessage(stderr, `no bill found for ${question.month}.`)
  }
  if (failures.length > 0) {
    printFailures(stderr, failures)
    return EXIT.upstream
  }
  return allocation ? EXIT.ok : EXIT.nothing
}

function print(allocation: CostAllocation | null, format: Format): string {
  if (format === 'json') return formatJson(allocation && toJson(allocation))
  if (format === 'csv') return printCsv(allocation)
  return allocation ? printTable(allocation) : ''
}

function printTable(allocation: CostAllocation): string {
  const { basis, bill, buyer, customers, period, pools, taxRounding, unallocated, fingerprint } = allocation
  const rows = [
    ...customers.map(({ customer, direct, shared, total, share }) => [
      ...[customer.key, customer.name, direct, shared],
      ...[...amountsOf(total), share],
    ]),
    ['unallocated', '', null, null, ...amountsOf(unallocated), null],
    ['total', '', null, null, ...amountsOf(bill), null],
  ]
  const poolRows = pools.map(({ name, policy, cost }) => [name, policy.toLowerCase(), cost])
  const poolTable = pools.length === 0 ? '' : formatTable(['pool', 'policy', 'cost'], poolRows)
  const origin = basis === 'QUOTATION' ? 'quotation so far' : 'bill'
  const project = `project [${buyer.name ?? buyer.nativeId}] for the month of [${period.month}]`
  return (
    `Catalyst Cloud, cost ledger, ${bill.net.currency}: ${origin} of ${project}\n` +
    formatTable(['customer', 'name', 'direct', 'shared', 'net', 'tax', 'gross', 'share'], rows) +
    `${poolTable}Computed tax is rounded ${taxRounding.toLowerCase().replace('_', ' ')}. Fingerprint: ${fingerprint}\n`
  )
}

const COLUMNS = [
  ...['customer', 'name', 'direct', 'shared', 'net', 'tax', 'gross', 'currency_code', 'month', 'basis'],
  ...['source', 'ledger', 'tax_rounding', 'fingerprint'],
]

/** A row of each customer and one of what is unallocated, without a total, which a spreadsheet can compute. */
function printCsv(allocation: CostAllocation | null): string {
  if (allocation === null) return formatCsv(COLUMNS, [])
  const { bill, customers, period, basis, taxRounding, unallocated, fingerprint } = allocation
  const common = [bill.net.currency, period.month, basis, 'CATALYST', 'COST', taxRounding, fingerprint]
  return formatCsv(COLUMNS, [
    ...customers.map(({ customer, direct, shared, total }): CsvCell[] => [
      ...[customer.key, customer.name, direct, shared],
      ...[...amountsOf(total), ...common],
    ]),
    ['unallocated', null, null, null, ...amountsOf(unallocated), ...common],
  ])
}

function amountsOf({ net, tax, gross }: TaxedMoney): readonly (Decimal | null)[] {
  return [net, tax, gross]
}

function toJson(allocation: CostAllocation) {
  const { period, buyer, basis, bill, taxRounding, customers, pools, unallocated, fingerprint, notices } = allocation
  return {
    period,
    buyer: toJsonBuyer(buyer),
    basis,
    bill: toJsonTaxedMoney(bill),
    taxRounding,
    customers: customers.map(({ customer, direct, shared, total, share }) => ({
      customer: { key: customer.key, name: customer.name },
      direct: toJsonMoney(direct),
      shared: toJsonMoney(shared),
      total: toJsonTaxedMoney(total),
      share: share && formatDecimal(share),
    })),
    pools: pools.map(({ name, policy, cost, shares }) => ({
      name,
      policy,
      cost: toJsonMoney(cost),
      shares: shares.map(({ customer, amount }) => ({
        customer: { key: customer.key, name: customer.name },
        amount: toJsonMoney(amount),
      })),
    })),
    unallocated: toJsonTaxedMoney(unallocated),
    fingerprint,
    notices: notices.map(toJsonNotice),
    asOf: allocation.asOf,
    stale: allocation.stale,
  }
}
