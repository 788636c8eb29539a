import { createHash } from 'node:crypto'
import { Environment } from '../config/environment.js'
import { ConfigError } from '../config/gateway-config.js'
import { readWriteSettings, type WriteSettings } from '../config/writes.js'
import type { CostDimension } from '../domain/breakdown.js'
import { type Decimal, parseDecimal } from '../domain/decimal.js'
import type { OnChargeTerms } from '../domain/on-charge/terms.js'
import type { YearMonth } from '../domain/period.js'
import { listCustomers } from '../loaders/customers/customers.js'
import { JournalUnavailableError } from '../writes/journal/sql.js'
import { OnChargeWrites } from '../writes/on-charge/on-charge-writes.js'
import { checkFixed, checkPercent, checkRate } from '../writes/on-charge/terms-rules.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { knownCustomer } from './known-customer.js'
import { printMessage } from './messages.js'
import { applyPlans, type ChargeRun, planAll } from './on-charge-plans.js'
import { hasRefusal, printPlans } from './on-charge-table.js'
import { choice, FLAG, FORMAT, type Format, MONTH, PROJECT } from './option-kinds.js'
import { quote } from './printable.js'
import { announceDemo, type Session, withSession } from './session.js'
import type { Terminal } from './terminal.js'

const OPTIONS = {
  all: FLAG,
  month: MONTH,
  markup: {
    expected: 'a percentage such as 20%, or an amount such as 12.50',
    read: (text: string) => {
      const isPercent = text.endsWith('%')
      const number = isPercent ? text.slice(0, -1) : text
      if ((isPercent ? checkPercent(number) : checkFixed(number)) !== null) return undefined
      return isPercent ? { percent: parseDecimal(number) } : { fixed: parseDecimal(number) }
    },
  },
  'group-by': choice<CostDimension>({
    ...{ resource: 'RESOURCE', category: 'CATEGORY', product: 'PRODUCT', region: 'REGION', type: 'TYPE' },
  }),
  rate: {
    expected: 'a number above zero, such as 0.55',
    read: (text: string): Decimal | undefined => (checkRate(text) === null ? parseDecimal(text) : undefined),
  },
  'invoice-month': MONTH,
  project: PROJECT,
  plan: {
    expected: 'the hash of a plan that was shown',
    read: (text: string) => (/^[0-9a-f]{64}$/.test(text) ? text : undefined),
  },
  apply: FLAG,
  format: FORMAT,
}

const HELP = `Usage: billgraph on-charge CUSTOMER|--all --month YYYY-MM [options]

Shows the plan that bills customers of the registry for what their resources cost in a closed month, and carries it out with
--apply. CUSTOMER is a key or a prefix of the registry. What is billed already stays; lines of other origin are never changed.
A run that was interrupted is continued by the same command.

  --all                      all customers of the registry
  --month YYYY-MM            the month of service in UTC
  --markup 20%|12.50         added to the cost: a percentage, or an amount as a line of its own
  --group-by DIMENSION       a line for each resource, category, product, region or type (default: resource)
  --rate NUMBER              the price of one unit of the currency of the cost in that of the invoice
  --invoice-month YYYY-MM    the month of the invoice (default: the running month)
  --project ID               the month is charged for this project alone
  --apply                    carry the plan out; requires WRITES_JOURNAL, unless in the demo
  --plan HASH                with --apply: only if the plan is still the one with this hash
  --format table|json        default: table
  --help                     show this help

A journal in a file is used by one process only: stop the gateway, or use PostgreSQL, or the mutation onCharge.

Exit status: 0 success, 1 a customer was not charged, 2 wrong arguments or configuration, 3 an upstream did not answer.
`

/** `billgraph on-charge`: bills customers for the cost of a month. */
export const onChargeCommand: Command = {
  name: 'on-charge',
  summary: 'bill customers for what their resources cost in a month',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [customer, extra] = positionals
    if (extra !== undefined)
      throw new UsageError(`CUSTOMER: unexpected argument ${quote(extra)}; expected one customer`)
    if ((customer === undefined) === (options.all.length === 0)) {
      throw new UsageError('CUSTOMER: expected one customer of the registry, or --all for every one')
    }
    const [month] = options.month
    if (month === undefined) throw new UsageError(`--month: missing; expected ${MONTH.expected}`)
    const [format = 'table'] = options.format
    if (format === 'csv') throw new UsageError('--format: "csv" is not one of table, json')
    const given = {
      ...{ customer: customer ?? null, month, projectId: options.project[0] ?? null, format },
      ...{ approved: options.plan[0] ?? null, applies: options.apply.length > 0 },
      terms: {
        markup: options.markup[0] ?? null,
        groupBy: options['group-by'][0] ?? 'RESOURCE',
        exchangeRate: options.rate[0] ?? null,
        invoiceMonth: options['invoice-month'][0] ?? null,
      },
    } as const
    return terminal => withSession(terminal, session => run(session, terminal, given))
  },
}

interface Given {
  /** Null for all customers. */
  readonly customer: string | null
  readonly month: YearMonth
  readonly projectId: string | null
  readonly terms: OnChargeTerms
  readonly format: Format
  readonly applies: boolean
  /** The hash of the approved plan; null to apply the one that is shown. */
  readonly approved: string | null
}

async function run(session: Session, terminal: Terminal, given: Given): Promise<ExitCode> {
  announceDemo(session)
  const { loaders, stderr, stdout } = session
  const settings = readSettings(terminal)
  const customers = given.customer === null ? listCustomers(loaders) : [knownCustomer(loaders, given.customer)]
  const keys = customers.flatMap(({ registered }) => registered?.key ?? [])
  if (keys.length === 0) {
    printMessage(stderr, 'the registry has no customers; set CUSTOMERS_FILE.')
    return EXIT.nothing
  }
  await using charges = await openCharges(session, terminal, settings, given.applies)
  const charge: ChargeRun = { session, charges: charges.onCharge, ...given }
  const plans = await planAll(charge, keys)
  const hash = createHash('sha256')
    .update(JSON.stringify(plans.map(({ key, plan }) => [key, plan?.hash ?? null])))
    .digest('hex')
  printPlans({ stdout, stderr }, plans, hash, given.format)
  if (!given.applies) return hasRefusal(plans) ? EXIT.nothing : EXIT.ok
  if (given.approved !== null && given.approved !== hash) {
    printMessage(stderr, `--plan: the plan is no longer ${given.approved}; nothing was written.`)
    return EXIT.nothing
  }
  const isDone = await applyPlans(charge, plans)
  return isDone && !hasRefusal(plans) ? EXIT.ok : EXIT.nothing
}

function readSettings({ variables, readFile }: Terminal): WriteSettings {
  const environment = new Environment(variables, readFile)
  const settings = readWriteSettings(environment)
  if (environment.problems.length > 0) throw new ConfigError(environment.problems)
  return settings
}

/** Runs with a journal, or dry runs without one. */
async function openCharges(
  { threescaleWrites, isDemo }: Session,
  { clock }: Terminal,
  { journal: configured, rules, onChargeSafetyFactor: safetyFactor }: WriteSettings,
  applies: boolean,
) {
  if (!threescaleWrites)
    throw new UsageError('on-charge: THREESCALE_URL is not set; set it to the admin portal of the tenant')
  const threescale = () => threescaleWrites
  if (!applies) {
    const onCharge = new OnChargeWrites({ writes: null, threescale, clock, safetyFactor })
    return { onCharge, [Symbol.asyncDispose]: async () => {} }
  }
  const journal = configured ?? (isDemo ? ':memory:' : null)
  if (journal === null) throw new UsageError('--apply: WRITES_JOURNAL is not set; set it to the journal of the gateway')
  // Imported only here: other commands write nothing.
  const { openWrites } = await import('../writes/open-writes.js')
  try {
    const writes = openWrites({ journal, rules, onChargeSafetyFactor: safetyFactor, threescale, clock, log: () => {} })
    return { onCharge: writes.onCharge, [Symbol.asyncDispose]: () => writes.close() }
  } catch (error) {
    throw error instanceof JournalUnavailableError ? new UsageError(error.message) : error
  }
}
