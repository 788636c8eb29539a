import { type Decimal, formatDecimal } from '../decimal.js'

/** A cell: text from an upstream, an exact number, or null for an empty cell. */
export type CsvCell = string | Decimal | null

/** How cells begin that a spreadsheet runs as a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * CSV by RFC 4180: a header line and the rows, each ended by CR LF. Text that a spreadsheet would run as a formula is prefixed
 * with an apostrophe. Numbers, negative ones included, are not.
 */
export function formatCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map(formatCsvRow).join('')
}

/** One row of `formatCsv`. */
export function formatCsvRow(row: readonly CsvCell[]): string {
  return `${row.map(formatCell).join(',')}\r\n`
}

function formatCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return formatDecimal(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
