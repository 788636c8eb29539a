import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../../domain/invoice-filter.js'
import { sortInvoices } from '../../domain/invoice-order.js'
import type { CatalystAccounts } from '../../upstream/catalyst/accounts.js'
import type { CatalystBilling } from '../../upstream/catalyst/billing.js'
import type { InvoiceSource } from '../invoice-source.js'
import type { CatalystMonths } from './months.js'

/** Up to so many months are read with their lines at once; what a page shows of a longer list is read afterwards. */
const WITH_LINES_MONTHS = 12

/** Whose bills, and the account that tells of them. */
interface BilledProject {
  readonly projectId: string
  readonly billing: CatalystBilling
}

/** The bills of one project; null where its account does not tell which project it is. */
export interface ProjectSource extends InvoiceSource {
  readonly projectId: string | null
}

/** One source for each project that the list is about: the buyer's, or every account's own. A failure is a source that fails. */
export async function catalystInvoiceSources(
  accounts: CatalystAccounts,
  months: CatalystMonths,
  buyer: InvoiceFilter['buyer'],
): Promise<readonly ProjectSource[]> {
  const sourceOf = (projectId: string | null, open: () => Promise<BilledProject>): ProjectSource => ({
    ...createCatalystInvoiceSource(open, months),
    projectId,
  })
  if (buyer) {
    const projectId = buyer.nativeId
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
 * Catalyst's bills of one project. A short list is one call. Of a long one the first call brings the summaries, as an index of
 * which bills there are: an ERP puts the lines of each bill together one by one, and a page shows only some of them.
 */
function createCatalystInvoiceSource(open: () => Promise<BilledProject>, months: CatalystMonths): InvoiceSource {
  const readMonths = async (filter: InvoiceFilter): Promise<readonly Invoice[]> => {
    const { projectId, billing } = await open()
    const range = await billing.monthsBetween(filter.from, filter.to)
    if (range.length > WITH_LINES_MONTHS && !billing.hasLinesForFree()) return billing.index(projectId, range)
    return (await Promise.all(range.map(month => months.load({ projectId, month })))).flat()
  }
  const read = async (filter: InvoiceFilter): Promise<readonly Invoice[]> =>
    (await readMonths(filter)).filter(invoice => matchesFilter(invoice, filter))
  let asked: { readonly filter: InvoiceFilter; readonly invoices: Promise<readonly Invoice[]> } | undefined
  // One list is scanned and counted with one and the same filter.
  const readOnce = (filter: InvoiceFilter): Promise<readonly Invoice[]> => {
    if (asked?.filter !== filter) asked = { filter, invoices: read(filter) }
    return asked.invoices
  }
  return {
    source: 'CATALYST',
    async *scan(filter, order) {
      yield* sortInvoices(await readOnce(filter), order)
    },
    count: async filter => (await readOnce(filter)).length,
  }
}
