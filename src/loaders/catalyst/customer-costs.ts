import { requireScope } from '../../access/rules.js'
import { type CustomerCost, costOnInvoices, costOnQuotation } from '../../domain/customer-cost.js'
import type { Invoice } from '../../domain/invoice.js'
import type { CustomerPrefix, LineSelection } from '../../domain/line-selection.js'
import { addMonths, monthAt, type YearMonth } from '../../domain/period.js'
import { withoutBills } from '../../domain/visible-lines.js'
import { UpstreamFormatError } from '../../upstream/http/errors.js'
import type { Loaders } from '../loaders.js'
import type { CatalystLoaders } from './loaders.js'

/** The customer, month and project of a cost. */
export interface CustomerCostQuestion extends CustomerPrefix {
  /** Null reads the newest closed month that has a bill. */
  readonly month: YearMonth | null
  /** Null reads the default project. */
  readonly projectId: string | null
}

/** A cost, and the errors because of which parts of it are missing. */
export interface CustomerCostAnswer {
  readonly cost: CustomerCost | null
  readonly failures: readonly Error[]
}

/** Months read in the first call, because a bill can be two months late. A second call reads the rest of a year. */
const FIRST_LOOK = 3
const FAR_LOOK = 12

/**
 * The cost of a customer's resources in a month: from bills for a closed month, from the quotation for the running month. Null
 * when there are neither.
 */
export async function loadCustomerCost(loaders: Loaders, question: CustomerCostQuestion): Promise<CustomerCostAnswer> {
  const { catalyst } = loaders
  requireScope(loaders.principal, 'costs:read')
  if (!catalyst) return NOTHING
  const projectId = question.projectId ?? (await catalyst.defaultProjectId())
  return loadProjectCost(catalyst, { projectId, month: question.month, now: monthAt(loaders.clock()) }, question)
}

/** A project, the month of a cost, and the running month. */
export interface ProjectCostScope {
  readonly projectId: string
  /** Null reads the newest closed month that has a bill. */
  readonly month: YearMonth | null
  readonly now: YearMonth
}

/** The cost of the selected lines in one project. */
export async function loadProjectCost(
  catalyst: CatalystLoaders,
  scope: ProjectCostScope,
  selection: CustomerPrefix | LineSelection,
): Promise<CustomerCostAnswer> {
  const { cost, failures } = await readCost(catalyst, scope, selection)
  return { cost: cost && !catalyst.showsBills(scope.projectId) ? withoutBills(cost) : cost, failures }
}

const NOTHING: CustomerCostAnswer = { cost: null, failures: [] }

async function readCost(
  catalyst: CatalystLoaders,
  { projectId, month, now }: ProjectCostScope,
  selection: CustomerPrefix | LineSelection,
): Promise<CustomerCostAnswer> {
  if (month !== null && month > now) return NOTHING
  if (month === now) return costOfQuotation(catalyst, projectId, selection)
  const bills =
    month === null ? await newestBills(catalyst, projectId, now) : await billsOf(catalyst, projectId, [month])
  const [first, ...rest] = bills
  if (first) return { cost: costOnInvoices([first, ...rest], selection), failures: [] }
  return month === null ? costOfQuotation(catalyst, projectId, selection) : NOTHING
}

async function newestBills(catalyst: CatalystLoaders, projectId: string, now: YearMonth): Promise<readonly Invoice[]> {
  const recent = await billsOf(catalyst, projectId, monthsBefore(now, 1, FIRST_LOOK))
  return recent.length > 0 ? recent : billsOf(catalyst, projectId, monthsBefore(now, FIRST_LOOK + 1, FAR_LOOK))
}

/**
 * The bills of the newest month that has any.
 *
 * @throws UpstreamFormatError when a bill of that month has no lines
 */
export async function billsOf(
  { customerBills }: CatalystLoaders,
  projectId: string,
  newestFirst: readonly YearMonth[],
): Promise<readonly Invoice[]> {
  const read = await Promise.all(newestFirst.map(month => customerBills.load({ projectId, month })))
  const bills = read.find(invoices => invoices.length > 0) ?? []
  if (bills.some(invoice => invoice.lineItems === null)) {
    const request = { upstream: 'catalyst', operation: 'GET /v2/invoices' } as const
    throw new UpstreamFormatError('a bill of the month has no lines, so no cost can be computed from it', request)
  }
  return bills
}

async function costOfQuotation(
  catalyst: CatalystLoaders,
  projectId: string,
  selection: CustomerPrefix | LineSelection,
): Promise<CustomerCostAnswer> {
  const regions = await catalyst.regions(projectId)
  const { quotation, failures } = await catalyst.customerQuotations.load({ projectId, regions })
  return { cost: quotation && costOnQuotation(quotation, selection), failures }
}

function monthsBefore(now: YearMonth, from: number, to: number): readonly YearMonth[] {
  return Array.from({ length: to - from + 1 }, (_, index) => addMonths(now, -from - index))
}
