import { formatCsv } from '../domain/export/csv.js'
import { formatGlobalId } from '../domain/global-id.js'
import type { Invoice } from '../domain/invoice.js'
import { ledgerOf } from '../domain/source.js'
import type { InvoiceListPage } from '../loaders/invoice-list.js'
import { formatJson, toJsonInvoice } from './json.js'
import type { Format } from './option-kinds.js'
import { formatTable } from './table.js'

const COLUMNS = ['id', 'number', 'period', 'state', 'buyer', 'ledger', 'net', 'tax', 'gross', 'currency']

/** The list in the requested format. */
export function printInvoices(list: InvoiceListPage, format: Format): string {
  const { invoices, failures, hasNextPage } = list
  switch (format) {
    case 'json':
      return formatJson({
        nodes: invoices.map(toJsonInvoice),
        pageInfo: { hasNextPage },
        unavailable: [...failures.keys()],
      })
    case 'csv':
      return formatCsv(COLUMNS, invoices.map(cellsOf))
    case 'table':
      return formatTable(COLUMNS, invoices.map(cellsOf))
  }
}

/** Cells of one invoice. A deleted buyer has no name, so its id stands for it. */
function cellsOf(invoice: Invoice) {
  const { number, period, state, buyer, total } = invoice
  return [
    ...[formatGlobalId(invoice), number, period.month, state, buyer.name ?? buyer.nativeId],
    ...[ledgerOf(invoice.source), total.net, total.tax, total.gross, total.net.currency],
  ]
}
