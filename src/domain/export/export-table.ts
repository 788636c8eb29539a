import type { Invoice } from '../invoice.js'
import type { Money } from '../money.js'
import type { Ledger } from '../source.js'
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

/** A kind of export: its columns, and the rows that each invoice becomes. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[]
  /** What the trailer's sums add up: the name of a column, or of two of them. */
  readonly sumOf: string
  /** The rows of an invoice, in the order billed; `[]` for an invoice that the export leaves out. */
  rowsOf(invoice: Invoice, tags: CustomerTags): readonly ExportRow[]
}
