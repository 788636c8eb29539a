import type { Invoice } from '../invoice.js'
import type { Money } from '../money.js'
import type { Quotation } from '../quotation.js'
import type { Ledger } from '../source.js'
import type { TaxRounding } from '../taxed-money.js'
import type { CsvCell } from './csv.js'
import type { CustomerTags } from './customer-tags.js'

/** How the values of a column are written in NDJSON: as text, an exact number, a truth value, or the JSON that they are. */
export type ColumnType = 'Text' | 'Decimal' | 'Boolean' | 'Json'

/** A column of an exported table. */
export interface ExportColumn {
  readonly name: string
  readonly type: ColumnType
}

/** A row of an exported table. */
export interface ExportRow {
  /** In the order of the columns. */
  readonly cells: readonly CsvCell[]
  readonly ledger: Ledger
  /** What the row adds to the sum of its ledger and currency. */
  readonly amount: Money
}

/** A kind of export: its columns, and what its trailer adds up. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[]
  /** What the trailer's sums add up: the name of a column, or of two of them. */
  readonly sumOf: string
}

/** What the rows of a document need besides the document. */
export interface RowContext {
  readonly tags: CustomerTags
  /** How computed tax of the document is rounded; null where none of it is, as on 3scale's. */
  readonly taxRounding: TaxRounding | null
  /** The name of the configured account that reads the document; null where it has none. */
  readonly account: string | null
}

/** An export of bills: the rows that each of them becomes. */
export interface BillTable extends ExportTable {
  /** The rows of an invoice, in the order billed; `[]` for an invoice that the export leaves out. */
  rowsOf(invoice: Invoice, context: RowContext): readonly ExportRow[]
  /** The rows of a quotation; absent where the export has invoices only. */
  rowsOfQuotation?(quotation: Quotation, context: RowContext): readonly ExportRow[]
}
