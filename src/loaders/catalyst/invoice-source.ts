import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../../domain/invoice-filter.js'
import { type InvoiceOrder, sortInvoices } from '../../domain/invoice-order.js'
import type { CatalystAccounts } from '../../upstream/catalyst/accounts.js'
import type { CatalystBilling } from '../../upstream/catalyst/billing.js'
import type { InvoiceSource } from '../invoice-source.js'
import { once } from '../settle.js'
import type { CatalystMonths } from './months.js'

/** Up to this many months are read with their lines at once. Of a longer range, only the lines of the page are read. */
const WITH_LINES_MONTHS = 12

/** A project and the account that reads its bills. */
interface BilledProject {
  readonly projectId: string
  readonly billing: CatalystBilling
}

/** The bills of one project; `projectId` is null where the account cannot tell its project. */
export interface ProjectSource extends InvoiceSource {
  readonly projectId: string | null
}

/** One source for each project of the list: the filter's buyer, or every account's own. A failure is a source that fails. */
export async function catalystInvoiceSources(
  accounts: CatalystAccounts,
  months: CatalystMonths,
  filter: InvoiceFilter,
): Promise<readonly ProjectSource[]> {
  const sourceOf = (projectId: string | null, open: () => Promise<BilledProject>): ProjectSource => ({
    ...createCatalystInvoiceSource(open, months, filter),
    projectId,
  })
  if (filter.buyer) {
    const projectId = filter.buyer.nativeId
    return [sourceOf(projectId, async () => ({ projectId, billing: await accounts.of(projectId) }))]
  }
  const { projects, failures } = await accounts.own()
  return [
    ...projects.map(({ project: { nativeId: projectId }, billing }) =>
      sourceOf(projectId, async () => ({ projectId, billing })),
    ),
    ...failures.map(failure => sourceOf(null, () => Promise.reject(failure))),
  ]
}

/**
 * The bills of one project. A short range is one call. Of a long range the first call reads summaries, as an index of the bills:
 * an ERP assembles the lines of each bill separately, and a page shows only some bills. The totals of summaries count hidden
 * lines, so whatever depends on totals reads the bills with their lines.
 */
function createCatalystInvoiceSource(
  open: () => Promise<BilledProject>,
  months: CatalystMonths,
  filter: InvoiceFilter,
): InvoiceSource {
  const readMonths = async (needsTotals: boolean): Promise<readonly Invoice[]> => {
    const { projectId, billing } = await open()
    const range = await billing.monthsBetween(filter.from, filter.to)
    const isIndexed = !needsTotals && range.length > WITH_LINES_MONTHS && !billing.hasLinesForFree()
    if (isIndexed) return billing.index(projectId, range)
    return (await Promise.all(range.map(month => months.load({ projectId, month })))).flat()
  }
  const readMatching = async (needsTotals: boolean) =>
    (await readMonths(needsTotals)).filter(invoice => matchesFilter(invoice, filter))
  const readIndex = once(() => readMatching(false))
  const readBills = once(() => readMatching(true))
  const read = (order: InvoiceOrder) => (filter.amount || order.startsWith('AMOUNT') ? readBills() : readIndex())
  return {
    source: 'CATALYST',
    async *scan(order) {
      yield* sortInvoices(await read(order), order)
    },
    count: async order => (await read(order)).length,
    async *all() {
      yield* await readBills()
    },
  }
}
