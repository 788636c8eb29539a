import { requireScope } from '../../access/require-scope.js'
import { type CustomerCost, type CustomerPrefix, costOnInvoices, costOnQuotation } from '../../domain/customer-cost.js'
import type { Invoice } from '../../domain/invoice.js'
import { addMonths, monthAt, type YearMonth } from '../../domain/period.js'
import { withoutBills } from '../../domain/visible-lines.js'
import { UpstreamFormatError } from '../../upstream/http/errors.js'
import type { Loaders } from '../loaders.js'
import type { CatalystLoaders } from './loaders.js'

/** Whose cost in which month. */
export interface CustomerCostQuestion extends CustomerPrefix {
  /** Null takes the newest closed month that has a bill. */
  readonly month: YearMonth | null
  /** Null takes the default project. */
  readonly projectId: string | null
}

/** A cost and what kept parts of it out. */
export interface CustomerCostAnswer {
  readonly cost: CustomerCost | null
  readonly failures: readonly Error[]
}

/** Months looked back in one go: a bill can be two months late. Then the rest of a year, in another go. */
const FIRST_LOOK = 3
const FAR_LOOK = 12

/**
 * What a customer's resources cost in a month: on its bills when it is closed, by its quotation while it runs. Null when
 * there is nothing at all.
 */
export async function loadCustomerCost(loaders: Loaders, question: CustomerCostQuestion): Promise<CustomerCostAnswer> {
  const { catalyst } = loaders
  requireScope(loaders.principal, 'costs:read')
  if (!catalyst) return NOTHING
  const projectId = question.projectId ?? (await catalyst.defaultProjectId())
  const { cost, failures } = await readCost(catalyst, projectId, monthAt(loaders.clock()), question)
  return { cost: cost && !catalyst.showsBills(projectId) ? withoutBills(cost) : cost, failures }
}

const NOTHING: CustomerCostAnswer = { cost: null, failures: [] }

async function readCost(
  catalyst: CatalystLoaders,
  projectId: string,
  now: YearMonth,
  question: CustomerCostQuestion,
): Promise<CustomerCostAnswer> {
  const { month } = question
  if (month !== null && month > now) return NOTHING
  if (month === now) return costOfQuotation(catalyst, projectId, question)
  const bills =
    month === null ? await newestBills(catalyst, projectId, now) : await billsOf(catalyst, projectId, [month])
  const [first, ...rest] = bills
  if (first) return { cost: costOnInvoices([first, ...rest], question), failures: [] }
  return month === null ? costOfQuotation(catalyst, projectId, question) : NOTHING
}

async function newestBills(catalyst: CatalystLoaders, projectId: string, now: YearMonth): Promise<readonly Invoice[]> {
  const recent = await billsOf(catalyst, projectId, monthsBefore(now, 1, FIRST_LOOK))
  return recent.length > 0 ? recent : billsOf(catalyst, projectId, monthsBefore(now, FIRST_LOOK + 1, FAR_LOOK))
}

/** The bills of the newest of these months that has any. */
async function billsOf(
  { customerBills }: CatalystLoaders,
  projectId: string,
  newestFirst: readonly YearMonth[],
): Promise<readonly Invoice[]> {
  const read = await Promise.all(newestFirst.map(month => customerBills.load({ projectId, month })))
  const bills = read.find(invoices => invoices.length > 0) ?? []
  if (bills.some(invoice => invoice.lineItems === null)) {
    const asked = { upstream: 'catalyst', operation: 'GET /v2/invoices' } as const
    throw new UpstreamFormatError('a bill of the month came without its lines, so no cost can be read from it', asked)
  }
  return bills
}

async function costOfQuotation(
  catalyst: CatalystLoaders,
  projectId: string,
  customer: CustomerPrefix,
): Promise<CustomerCostAnswer> {
  const regions = await catalyst.regions(projectId)
  const { quotation, failures } = await catalyst.customerQuotations.load({ projectId, regions })
  return { cost: quotation && costOnQuotation(quotation, customer), failures }
}

function monthsBefore(now: YearMonth, from: number, to: number): readonly YearMonth[] {
  return Array.from({ length: to - from + 1 }, (_, index) => addMonths(now, -from - index))
}
