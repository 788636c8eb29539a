import type { CustomerFigures, Difference, DifferenceCause } from '../domain/economics/reconciliation.js'
import { formatCsv } from '../domain/export/csv.js'
import { type Money, roundToCents } from '../domain/money.js'
import { addMonths, monthAt, type YearMonth } from '../domain/period.js'
import { reconcileCustomer } from '../loaders/economics/reconciliations.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatJson, toJsonMoney } from './json.js'
import { knownCustomer } from './known-customer.js'
import { printFailures, printMessage } from './messages.js'
import { FORMAT, type Format, MONTH } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import { formatTable } from './table.js'

const OPTIONS = { month: MONTH, format: FORMAT }

const HELP = `Usage: billgraph compare CUSTOMER [options]

Shows what a customer of the registry cost in a month beside what was billed for it, without tax, and the cause of each
difference. CUSTOMER is a key or a prefix of the registry.

  --month YYYY-MM            the month in UTC (default: the last closed month)
  --format table|json|csv    default: table
  --help                     show this help

Exit status: 0 success, 1 neither cost nor invoice, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

/** `billgraph compare`: cost beside what was billed. */
export const compareCommand: Command = {
  name: 'compare',
  summary: 'show what a customer cost beside what was billed for it',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [customer, extra] = positionals
    if (customer === undefined) throw new UsageError('CUSTOMER: missing; expected a key or prefix of the registry')
    if (extra !== undefined)
      throw new UsageError(`CUSTOMER: unexpected argument ${quote(extra)}; expected one customer`)
    const [month = null] = options.month
    const [format = 'table'] = options.format
    return terminal => withSession(terminal, session => run(session, customer, month, format))
  },
}

async function run(session: Session, text: string, given: YearMonth | null, format: Format): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stdout, stderr, progress } = session
  const customer = knownCustomer(loaders, text)
  const month = given ?? addMonths(monthAt(loaders.clock()), -1)
  const loading = reconcileCustomer(loaders, customer, month)
  const { figures, failures } = await progress.during('reading bills and invoices', loading)
  stdout.write(print(figures, format))
  if (figures.gaps.length > 0) printMessage(stderr, `note: not all is known of ${month}: ${figures.gaps.join(', ')}.`)
  if (failures.length > 0) {
    printFailures(stderr, failures)
    return EXIT.upstream
  }
  return figures.cost || figures.billed ? EXIT.ok : EXIT.nothing
}

const COLUMNS = ['step', 'amount', 'currency_code', 'invoice', 'message']

type Step = readonly [step: string, amount: Money, difference: Difference | null]

/** After which figure a difference stands. */
const PLACES: Readonly<Record<DifferenceCause, 'cost' | 'onCharged' | 'billed'>> = {
  NOT_ON_CHARGED: 'cost',
  CHANGED_SINCE: 'cost',
  CURRENCY: 'cost',
  ROUNDING: 'cost',
  FOREIGN_LINES: 'onCharged',
  NOT_ISSUED: 'billed',
  NOT_PAID: 'billed',
}

function stepsOf(figures: CustomerFigures): readonly Step[] {
  const after = (place: string): readonly Step[] =>
    figures.differences.filter(one => placeOf(one) === place).map(one => [`  ${one.cause}`, one.amount, one])
  const figure = (name: string, amount: Money | null): readonly Step[] => (amount ? [[name, amount, null]] : [])
  return [
    ...figure('cost', figures.cost),
    ...after('cost'),
    ...figure('on-charged', figures.onCharged),
    ...after('onCharged'),
    ...figure('billed', figures.billed),
    ...after('billed'),
    ...figure('paid', figures.paid),
  ]
}

/** The rounding of an invoice is a part of what was billed, that of on-charged lines is not. */
function placeOf({ cause, invoice }: Difference): string {
  return cause === 'ROUNDING' && invoice ? 'onCharged' : PLACES[cause]
}

function print(figures: CustomerFigures, format: Format): string {
  if (format === 'json') return formatJson(toJson(figures))
  const rows = stepsOf(figures).map(([step, amount, difference]) => {
    const invoice = difference?.invoice
    return { step, amount, invoice: invoice?.number ?? invoice?.nativeId ?? '', message: difference?.message ?? '' }
  })
  if (format === 'csv') {
    return formatCsv(
      COLUMNS,
      rows.map(row => [row.step.trim(), row.amount, row.amount.currency, row.invoice, row.message]),
    )
  }
  const cells = rows.map(row => [row.step, roundToCents(row.amount), row.amount.currency, row.invoice, row.message])
  return cells.length === 0 ? '' : formatTable(COLUMNS, cells)
}

function toJson({ cost, onCharged, billed, paid, differences, gaps }: CustomerFigures) {
  const toText = (money: Money | null) => money && toJsonMoney(money)
  return {
    cost: toText(cost),
    onCharged: toText(onCharged),
    billed: toText(billed),
    paid: toText(paid),
    differences: differences.map(({ cause, amount, invoice, message }) => ({
      cause,
      amount: toJsonMoney(amount),
      invoice: invoice?.nativeId ?? null,
      message,
    })),
    gaps,
  }
}
