import { maySeeProject, requireScope } from '../../access/rules.js'
import { allocate } from '../../domain/allocation/allocate.js'
import type { CostAllocation } from '../../domain/allocation/cost-allocation.js'
import { billOnInvoices, billOnQuotation, type MonthBill } from '../../domain/allocation/month-bill.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import type { Loaders } from '../loaders.js'
import { billsOf } from './customer-costs.js'
import type { CatalystLoaders } from './loaders.js'

/** The month and project of an allocation. */
export interface CostAllocationQuestion {
  readonly month: YearMonth
  /** Null reads the default project. */
  readonly projectId: string | null
}

/** An allocation, and the errors because of which parts of its bill are missing. */
export interface CostAllocationAnswer {
  /** Null when the month has no bill, and when the caller may not see the whole project. */
  readonly allocation: CostAllocation | null
  readonly failures: readonly Error[]
  /** False when the caller may not see the whole project. No upstream was then called. */
  readonly isVisible: boolean
}

/**
 * The bill of a project and month, divided among the customers of the registry: from bills for a closed month, from the quotation for
 * the running month.
 */
export async function loadCostAllocation(
  loaders: Loaders,
  { month, projectId: named }: CostAllocationQuestion,
): Promise<CostAllocationAnswer> {
  const { catalyst, principal, registry } = loaders
  requireScope(principal, 'costs:read')
  if (!catalyst) return { allocation: null, failures: [], isVisible: true }
  const projectId = named ?? (await catalyst.defaultProjectId())
  if (!maySeeProject(principal, projectId)) return { allocation: null, failures: [], isVisible: false }
  const { bill, failures } = await readBill(catalyst, projectId, month, monthAt(loaders.clock()))
  const seen = bill && !catalyst.showsBills(projectId) ? withoutBill(bill) : bill
  const allocation = seen && allocate(seen, registry, catalyst.billing.default.taxRounding)
  return { allocation, failures, isVisible: true }
}

interface BillAnswer {
  readonly bill: MonthBill | null
  readonly failures: readonly Error[]
}

async function readBill(
  catalyst: CatalystLoaders,
  projectId: string,
  month: YearMonth,
  now: YearMonth,
): Promise<BillAnswer> {
  if (month > now) return { bill: null, failures: [] }
  if (month < now) {
    const [first, ...rest] = await billsOf(catalyst, projectId, [month])
    return { bill: first ? billOnInvoices([first, ...rest]) : null, failures: [] }
  }
  const regions = await catalyst.regions(projectId)
  const { quotation, failures } = await catalyst.customerQuotations.load({ projectId, regions })
  return { bill: quotation && billOnQuotation(quotation), failures }
}

/** The bill without the fields that only callers with the scope for bills may see. */
function withoutBill(bill: MonthBill): MonthBill {
  return {
    ...bill,
    buyer: { ...bill.buyer, name: null },
    notices: bill.notices.filter(({ code }) => code === 'TAX_COMPUTED'),
  }
}
