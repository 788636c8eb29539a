import { requireScope } from '../access/rules.js'
import { customerTags } from '../domain/export/customer-tags.js'
import type { ExportRow, RowContext } from '../domain/export/export-table.js'
import type { Invoice } from '../domain/invoice.js'
import { addMonths, monthAt } from '../domain/period.js'
import type { Quotation } from '../domain/quotation.js'
import { quotationsOfRunningMonth } from '../loaders/catalyst/running-month.js'
import { invoicesOfMonth } from '../loaders/invoices-of-month.js'
import type { Loaders } from '../loaders/loaders.js'
import { readAllocationRows } from './allocation-rows.js'
import type { BillExport, ExportRequest } from './export-request.js'

/** The rows of an export. Throws as the readers of its kind do, before the first row or after any. */
export function readExportRows(openLoaders: () => Loaders, request: ExportRequest): AsyncGenerator<ExportRow> {
  return request.kind === 'allocation' ? readAllocationRows(openLoaders(), request) : readBillRows(openLoaders, request)
}

/**
 * The rows of an export of bills, month by month, costs before revenue, quotations last. Each month is read with loaders of its own,
 * which are released with it, so that an export of any length takes the memory of its longest bill.
 *
 * @throws the error of a system that cannot be read: an export has all rows, or fails
 */
async function* readBillRows(
  openLoaders: () => Loaders,
  { table, from, to, sources }: BillExport,
): AsyncGenerator<ExportRow> {
  await requireQuotations(openLoaders(), { table, from, to, sources })
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    const loaders = openLoaders()
    const billed = new Set<string>()
    for await (const invoice of invoicesOfMonth(loaders, sources, month)) {
      if (invoice.source === 'CATALYST') billed.add(invoice.buyer.nativeId)
      yield* table.rowsOf(invoice, await contextOf(loaders, invoice))
    }
    if (!table.rowsOfQuotation || !sources.includes('CATALYST') || month !== monthAt(loaders.clock())) continue
    for await (const quotation of quotationsOfRunningMonth(loaders, id => billed.has(id))) {
      yield* table.rowsOfQuotation(quotation, await contextOf(loaders, quotation))
    }
  }
}

/** Refuses a caller that may not see quotations before the first row: the running month comes last. */
async function requireQuotations(
  { catalyst, clock, principal }: Loaders,
  { table, from, to, sources }: Pick<BillExport, 'table' | 'from' | 'to' | 'sources'>,
): Promise<void> {
  const running = monthAt(clock())
  if (!catalyst || !table.rowsOfQuotation || !sources.includes('CATALYST') || running < from || running > to) return
  if ((await catalyst.own()).projects.length > 0) requireScope(principal, 'costs:read')
}

async function contextOf({ catalyst, registry }: Loaders, bill: Invoice | Quotation): Promise<RowContext> {
  const tags = customerTags(registry, bill)
  if (!catalyst || bill.source !== 'CATALYST') return { tags, taxRounding: null, account: null }
  const { cloud, billing } = await catalyst.billing.accountOf(bill.buyer.nativeId)
  return { tags, taxRounding: billing.taxRounding, account: cloud }
}
