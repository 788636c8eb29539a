import { formatGlobalId } from '../global-id.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import { ledgerOf } from '../source.js'
import type { TaxedMoney, TaxRounding } from '../taxed-money.js'
import type { CsvCell } from './csv.js'
import type { CustomerTag } from './customer-tags.js'
import type { BillTable, ColumnType, ExportRow } from './export-table.js'

/** A line and what is known of it. An invoice without lines is a row of its own, whose line is null. */
interface Row {
  readonly invoice: Invoice
  readonly line: LineItem | null
  readonly cost: TaxedMoney
  readonly tag: CustomerTag | null
  readonly taxRounding: TaxRounding | null
}

/** The columns, each with its value in a row. */
const COLUMNS: readonly (readonly [name: string, type: ColumnType, cellOf: (row: Row) => CsvCell])[] = [
  ['source', 'Text', ({ invoice }) => invoice.source],
  ['ledger', 'Text', ({ invoice }) => ledgerOf(invoice.source)],
  ['invoice_id', 'Text', ({ invoice }) => formatGlobalId(invoice)],
  ['number', 'Text', ({ invoice }) => invoice.number],
  ['state', 'Text', ({ invoice }) => invoice.state],
  ['month', 'Text', ({ invoice }) => invoice.period.month],
  ['issued_on', 'Text', ({ invoice }) => invoice.issuedOn],
  ['due_on', 'Text', ({ invoice }) => invoice.dueOn],
  ['paid_at', 'Text', ({ invoice }) => invoice.paidAt],
  ['buyer_id', 'Text', ({ invoice }) => invoice.buyer.nativeId],
  ['buyer_name', 'Text', ({ invoice }) => invoice.buyer.name],
  ['customer', 'Text', ({ tag }) => tag?.customer ?? null],
  ['name', 'Text', ({ line }) => line?.name ?? null],
  ['description', 'Text', ({ line }) => line?.description ?? null],
  ['type', 'Text', ({ line }) => line?.type ?? null],
  ['category', 'Text', ({ line }) => line?.resource?.category ?? null],
  ['product', 'Text', ({ line }) => line?.resource?.product ?? null],
  ['region', 'Text', ({ line }) => line?.resource?.region ?? null],
  ['resource_id', 'Text', ({ line }) => line?.resource?.resourceId ?? null],
  ['quantity', 'Decimal', ({ line }) => line?.quantity ?? null],
  ['unit', 'Text', ({ line }) => line?.unit ?? null],
  ['rate', 'Decimal', ({ line }) => line?.rate ?? null],
  ['currency', 'Text', ({ cost }) => cost.net.currency],
  ['net', 'Decimal', ({ cost }) => cost.net],
  ['tax', 'Decimal', ({ cost }) => cost.tax],
  ['gross', 'Decimal', ({ cost }) => cost.gross],
  ['tax_basis', 'Text', ({ cost }) => cost.taxBasis],
  ['tax_rounding', 'Text', ({ taxRounding }) => taxRounding],
  ['stale', 'Boolean', ({ invoice }) => String(invoice.stale)],
  ['as_of', 'Text', ({ invoice }) => invoice.asOf],
]

/** Line items as billed. An invoice whose lines are not available is one row with its total. Cancelled invoices are left out. */
export const LINES: BillTable = {
  columns: COLUMNS.map(([name, type]) => ({ name, type })),
  sumOf: 'net',
  rowsOf(invoice, { tags, taxRounding }) {
    if (invoice.state === 'CANCELLED') return []
    if (invoice.lineItems === null) return [toRow({ invoice, line: null, cost: invoice.total, tag: null, taxRounding })]
    return invoice.lineItems.map(line => toRow({ invoice, line, cost: line.cost, tag: tags(line), taxRounding }))
  },
}

function toRow(row: Row): ExportRow {
  return {
    cells: COLUMNS.map(([, , cellOf]) => cellOf(row)),
    ledger: ledgerOf(row.invoice.source),
    amount: row.cost.net,
  }
}
