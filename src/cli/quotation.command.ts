import { formatCsv } from '../domain/export/csv.js'
import type { Quotation } from '../domain/quotation.js'
import type { TaxedMoney } from '../domain/taxed-money.js'
import type { CatalystLoaders } from '../loaders/catalyst/loaders.js'
import { loadQuotation } from '../loaders/catalyst/quotations.js'
import { formatAmount } from './amount-text.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonBuyer, toJsonNotice, toJsonTaxedMoney } from './json.js'
import { printFailures, printMessage, printNotices, printStaleness } from './messages.js'
import { FORMAT, type Format, PROJECT, REGIONS } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable, type TableCell } from './table.js'

const OPTIONS = { project: PROJECT, region: REGIONS, format: FORMAT }

const HELP = `Usage: billgraph quotation [options]

Shows what a project has cost so far this month (UTC), for each region and in total: usage at list price, without discounts,
credits or grants.

  --project ID                   the project (default: that of the first configured account); reading a project that
                                 no account is configured for needs the role admin
  --region REGION                only this region; may be repeated
  --format table|json|csv        default: table
  --help                         show this help

Exit status: 0 success, 1 no region has usage of the project, 2 wrong arguments or configuration, 3 a region did not
answer (the others are printed).
`

/** `billgraph quotation`: the cost of the current month so far. */
export const quotationCommand: Command = {
  name: 'quotation',
  summary: 'show what a project has cost so far this month',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [extra] = positionals
    if (extra !== undefined) throw new UsageError(`quotation: unexpected argument ${quote(extra)}; see --help`)
    const [projectId = null] = options.project
    const [format = 'table'] = options.format
    const regions = options.region.length === 0 ? null : [...new Set(options.region)]
    return terminal => withSession(terminal, session => run(session, projectId, regions, format))
  },
}

async function run(
  session: Session,
  projectId: string | null,
  regions: readonly string[] | null,
  format: Format,
): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  const { catalyst } = loaders
  if (!catalyst)
    throw new UsageError('quotation: Catalyst Cloud is not configured; set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS')
  const read = async () => {
    await checkRegions(catalyst, projectId, regions)
    return loadQuotation(loaders, { projectId, regions })
  }
  const { quotation, failures } = await progress.during('reading the quotation', read())
  stdout.write(print(quotation, format))
  if (quotation) {
    printNotices(stderr, quotation.notices)
    printStaleness(stderr, quotation)
  } else {
    printMessage(stderr, 'no region that answered has usage of the project.')
  }
  if (failures.length > 0) {
    printFailures(stderr, failures)
    return EXIT.upstream
  }
  return quotation ? EXIT.ok : EXIT.nothing
}

async function checkRegions(
  catalyst: CatalystLoaders,
  projectId: string | null,
  regions: readonly string[] | null,
): Promise<void> {
  if (regions === null) return
  const known = await catalyst.regions(projectId)
  const unknown = regions.find(region => !known.includes(region))
  if (unknown !== undefined) throw new UsageError(`--region: ${quote(unknown)} is not one of ${known.join(', ')}`)
}

function print(quotation: Quotation | null, format: Format): string {
  if (format === 'json') return formatJson(quotation && toJson(quotation))
  if (format === 'csv') return printCsv(quotation)
  return quotation ? printTable(quotation) : ''
}

function printTable(quotation: Quotation): string {
  const { regions, total, buyer, period, missingRegions } = quotation
  const rows = [
    ...regions.map(region => [region.region, ...amountsOf(region.total)]),
    ...missingRegions.map(region => [region, 'missing', 'missing', 'missing', '']),
    ['total', ...amountsOf(total)],
  ]
  const without = missingRegions.length === 0 ? '' : `, without ${missingRegions.join(', ')}`
  const project = `project [${buyer.name ?? buyer.nativeId}] for the month of [${period.month}]`
  const table = formatTable(['region', 'net', 'tax', 'gross', 'currency'], rows)
  return `source: CATALYST, ledger: COST, currency: ${total.net.currency}\n${table}Cost of ${project} so far is : ${formatAmount(total.net)}${without}\n`
}

/** CSV without a line for the total, which a spreadsheet can compute. */
function printCsv(quotation: Quotation | null): string {
  const rows = (quotation?.regions ?? []).map(({ region, total: { net, tax, gross } }) => [
    ...[region, net, tax, gross, net.currency, quotation?.period.month ?? null, 'CATALYST', 'COST'],
  ])
  return formatCsv(['region', 'net', 'tax', 'gross', 'currency_code', 'month', 'source', 'ledger'], rows)
}

function amountsOf({ net, tax, gross }: TaxedMoney): readonly TableCell[] {
  return [net, tax, gross, net.currency]
}

function toJson(quotation: Quotation) {
  const { period, buyer, total, regions, missingRegions, notices, asOf, stale } = quotation
  return {
    period,
    buyer: toJsonBuyer(buyer),
    total: toJsonTaxedMoney(total),
    regions: regions.map(region => ({ region: region.region, total: toJsonTaxedMoney(region.total) })),
    missingRegions,
    notices: notices.map(toJsonNotice),
    asOf,
    stale,
  }
}
