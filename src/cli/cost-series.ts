import type { MonthCost } from '../domain/economics/month-cost.js'
import { formatCsv } from '../domain/export/csv.js'
import { roundToCents, sumMoney } from '../domain/money.js'
import { monthsBetween, monthsFrom, type YearMonth } from '../domain/period.js'
import type { PrefixMatch } from '../domain/prefix-index.js'
import { loadProjectCosts } from '../loaders/economics/costs.js'
import { formatAmount } from './amount-text.js'
import { UsageError } from './arguments.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonTaxedMoney } from './json.js'
import { printFailures, printMessage } from './messages.js'
import type { Format } from './option-kinds.js'
import { announceDemo, type Session } from './session.js'
import { formatSparkline } from './sparkline.js'
import { formatTable } from './table.js'

/** The months and lines of a series of costs. */
export interface CostSeriesQuestion {
  readonly prefix: string
  readonly match: PrefixMatch
  readonly projectId: string | null
  readonly from: YearMonth
  readonly to: YearMonth
}

/** Months of a series. A server would compute a longer range for minutes. */
const MAX_MONTHS = 120

/**
 * The range of the options `--from`, `--to` and `--year`; null without any of them. Without an end, it ends with the running month.
 *
 * @throws UsageError for a year together with months, an end without a start or before it, and more than ten years
 */
export function readRange(
  { from, to, year }: { readonly [N in 'from' | 'to' | 'year']: readonly string[] },
  now: YearMonth,
): { readonly from: YearMonth; readonly to: YearMonth } | null {
  const [first, last, whole] = [from[0], to[0], year[0]]
  if (whole !== undefined) {
    if (first !== undefined || last !== undefined)
      throw new UsageError('--year: expected either a year or --from and --to')
    const end = `${whole}-12`
    return checkRange(`${whole}-01`, end < now ? end : now, '--year', now)
  }
  if (first === undefined && last !== undefined) throw new UsageError('--to: expected --from as well')
  return first === undefined ? null : checkRange(first, last ?? now, '--to', now)
}

function checkRange(from: YearMonth, to: YearMonth, option: string, now: YearMonth) {
  if (from > now || to > now) throw new UsageError(`${option}: expected months up to ${now}, the running month in UTC`)
  if (to < from) throw new UsageError(`${option}: ${to} is not the month ${from} or a later one`)
  if (monthsBetween(from, to) >= MAX_MONTHS) throw new UsageError(`${option}: expected at most ${MAX_MONTHS} months`)
  return { from, to }
}

/** Prints a prefix's cost by month, with a total of the months that are known, and on a terminal a sparkline. */
export async function printCostSeries(
  session: Session,
  { prefix, match, projectId, from, to }: CostSeriesQuestion,
  format: Format,
): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  const loading = loadProjectCosts(loaders, { lines: { prefix, match }, projectId }, monthsFrom(from, to))
  const costs = await progress.during('reading bills', loading)
  if (!costs) {
    throw new UsageError('cost: Catalyst Cloud is not configured; set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS')
  }
  stdout.write(print(costs.months, format))
  if (format === 'table') stdout.write(printSummary(costs.months, prefix, stdout.isTerminal))
  if (costs.failures.length > 0) {
    printFailures(stderr, new Set(costs.failures))
    return EXIT.upstream
  }
  if (costs.months.some(({ amount }) => amount !== null)) return EXIT.ok
  printMessage(stderr, `no bill found from ${from} to ${to}.`)
  return EXIT.nothing
}

const COLUMNS = ['month', 'cost', 'currency_code', 'state']

function print(months: readonly MonthCost[], format: Format): string {
  if (format === 'json') {
    return formatJson(
      months.map(({ period, amount, state, asOf }) => ({
        period,
        amount: amount && toJsonTaxedMoney(amount),
        state,
        asOf,
      })),
    )
  }
  if (format === 'csv') {
    return formatCsv(
      COLUMNS,
      months.map(({ period, amount, state }) => [
        ...[period.month, amount?.net ?? null, amount?.net.currency ?? null, state],
      ]),
    )
  }
  const rows = months.map(({ period, amount, state }) => [
    ...[period.month, amount && roundToCents(amount.net), amount?.net.currency ?? '', state],
  ])
  return formatTable(COLUMNS, rows)
}

/** Months without an amount are named, so that the total is not taken for that of the whole range. */
function printSummary(months: readonly MonthCost[], prefix: string, isTerminal: boolean): string {
  const nets = months.map(({ amount }) => amount?.net ?? null)
  const known = nets.filter(net => net !== null)
  const [first] = known
  if (!first) return ''
  const missing = months.length - known.length
  const gap = missing === 0 ? '' : ` (of ${known.length} months; the cost of ${missing} is not known)`
  const line = isTerminal ? `${formatSparkline(nets)}\n` : ''
  if (known.some(net => net.currency !== first.currency)) return line
  return `${line}Total cost of customer [${prefix}] is : ${formatAmount(sumMoney(known, first.currency))}${gap}\n`
}
