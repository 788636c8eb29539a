import { formatGlobalId } from '../global-id.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import { ledgerOf } from '../source.js'
import type { TaxedMoney } from '../taxed-money.js'
import type { CsvCell } from './csv.js'
import type { CustomerTag } from './customer-tags.js'
import type { ColumnType, ExportRow, ExportTable } from './export-table.js'

/** The columns, each with its value of a line. An invoice without lines is a row of its own, whose line is null. */
const COLUMNS: readonly (readonly [
  name: string,
  type: ColumnType,
  cellOf: (invoice: Invoice, line: LineItem | null, cost: TaxedMoney, tag: CustomerTag | null) => CsvCell,
])[] = [
  ['source', 'Text', ({ source }) => source],
  ['ledger', 'Text', ({ source }) => ledgerOf(source)],
  ['invoice_id', 'Text', invoice => formatGlobalId(invoice)],
  ['number', 'Text', ({ number }) => number],
  ['state', 'Text', ({ state }) => state],
  ['month', 'Text', ({ period }) => period.month],
  ['issued_on', 'Text', ({ issuedOn }) => issuedOn],
  ['due_on', 'Text', ({ dueOn }) => dueOn],
  ['paid_at', 'Text', ({ paidAt }) => paidAt],
  ['buyer_id', 'Text', ({ buyer }) => buyer.nativeId],
  ['buyer_name', 'Text', ({ buyer }) => buyer.name],
  ['customer', 'Text', (_invoice, _line, _cost, tag) => tag?.customer ?? null],
  ['name', 'Text', (_invoice, line) => line?.name ?? null],
  ['description', 'Text', (_invoice, line) => line?.description ?? null],
  ['type', 'Text', (_invoice, line) => line?.type ?? null],
  ['category', 'Text', (_invoice, line) => line?.resource?.category ?? null],
  ['product', 'Text', (_invoice, line) => line?.resource?.product ?? null],
  ['region', 'Text', (_invoice, line) => line?.resource?.region ?? null],
  ['resource_id', 'Text', (_invoice, line) => line?.resource?.resourceId ?? null],
  ['quantity', 'Decimal', (_invoice, line) => line?.quantity ?? null],
  ['unit', 'Text', (_invoice, line) => line?.unit ?? null],
  ['rate', 'Decimal', (_invoice, line) => line?.rate ?? null],
  ['currency', 'Text', (_invoice, _line, cost) => cost.net.currency],
  ['net', 'Decimal', (_invoice, _line, cost) => cost.net],
  ['tax', 'Decimal', (_invoice, _line, cost) => cost.tax],
  ['gross', 'Decimal', (_invoice, _line, cost) => cost.gross],
  ['tax_basis', 'Text', (_invoice, _line, cost) => cost.taxBasis],
  ['stale', 'Boolean', ({ stale }) => String(stale)],
  ['as_of', 'Text', ({ asOf }) => asOf],
]

/** Line items as billed. An invoice whose lines are not available is one row with its total. Cancelled invoices are left out. */
export const LINES: ExportTable = {
  columns: COLUMNS.map(([name, type]) => ({ name, type })),
  sumOf: 'net',
  rowsOf(invoice, tags) {
    if (invoice.state === 'CANCELLED') return []
    if (invoice.lineItems === null) return [toRow(invoice, null, invoice.total, null)]
    return invoice.lineItems.map(line => toRow(invoice, line, line.cost, tags(line)))
  },
}

function toRow(invoice: Invoice, line: LineItem | null, cost: TaxedMoney, tag: CustomerTag | null): ExportRow {
  const cells = COLUMNS.map(([, , cellOf]) => cellOf(invoice, line, cost, tag))
  return { cells, ledger: ledgerOf(invoice.source), amount: cost.net }
}
