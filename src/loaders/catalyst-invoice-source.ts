import type { Invoice } from '../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../domain/invoice-filter.js'
import { sortInvoices } from '../domain/invoice-order.js'
import type { CatalystLoaders } from './loaders.js'
import type { InvoiceSource } from './invoice-source.js'

/** Up to so many months are read with their lines at once; what a page shows of a longer list is read afterwards. */
const WITH_LINES_MONTHS = 12

/**
 * Catalyst's bills of one project. A short list is one call. Of a long one the first call brings the summaries, as an index of
 * which bills there are: an ERP puts the lines of each bill together one by one, and a page shows only some of them.
 */
export function createCatalystInvoiceSource({ billing, months }: CatalystLoaders): InvoiceSource {
  const readMonths = async (filter: InvoiceFilter): Promise<readonly Invoice[]> => {
    const projectId = filter.buyer?.nativeId ?? (await billing.ownProjectId())
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
