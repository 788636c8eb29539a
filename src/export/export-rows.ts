import { customerTags } from '../domain/export/customer-tags.js'
import type { ExportRow } from '../domain/export/export-table.js'
import { addMonths } from '../domain/period.js'
import { invoicesOfMonth } from '../loaders/invoices-of-month.js'
import type { Loaders } from '../loaders/loaders.js'
import type { ExportRequest } from './export-request.js'

/**
 * The rows of an export, month by month, costs before revenue. Each month is read with loaders of its own, which are released
 * with it, so that an export of any length takes the memory of its longest bill.
 *
 * @throws the error of a system that cannot be read: an export has all rows, or fails
 */
export async function* readExportRows(
  openLoaders: () => Loaders,
  { table, from, to, sources }: ExportRequest,
): AsyncGenerator<ExportRow> {
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    const loaders = openLoaders()
    for await (const invoice of invoicesOfMonth(loaders, sources, month)) {
      yield* table.rowsOf(invoice, customerTags(loaders.registry, invoice))
    }
  }
}
