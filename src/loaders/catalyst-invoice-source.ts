import type { Invoice } from '../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../domain/invoice-filter.js'
import { sortInvoices } from '../domain/invoice-order.js'
import type { CatalystBilling } from '../upstream/catalyst/billing.js'
import type { InvoiceSource } from './invoice-source.js'

/** Catalyst's bills of one project: one call brings the summaries of all months asked for. */
export function createCatalystInvoiceSource(billing: CatalystBilling): InvoiceSource {
  const read = async (filter: InvoiceFilter): Promise<readonly Invoice[]> => {
    const projectId = filter.buyer?.nativeId ?? (await billing.ownProjectId())
    const invoices = await billing.invoicesBetween(projectId, filter.from, filter.to)
    return invoices.filter(invoice => matchesFilter(invoice, filter))
  }
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
