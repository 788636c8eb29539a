import { type Decimal, formatDecimal } from '../domain/decimal.js'

/** Text from elsewhere, or a number of ours. */
export type CsvCell = string | Decimal | null

/** A spreadsheet takes a cell that begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * The rows under a header line by RFC 4180, every line ended by CR LF. Text that a spreadsheet would run as a formula gets an
 * apostrophe before it; numbers stay numbers, negative ones as well.
 */
export function formatCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map(row => `${row.map(formatCell).join(',')}\r\n`).join('')
}

function formatCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return formatDecimal(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
