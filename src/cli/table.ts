import type { Decimal } from '../domain/decimal.js'
import { formatGrouped } from './amount-text.js'
import { toPrintable } from './printable.js'
import { padToWidth, textWidth } from './text-width.js'

/** A cell: text, an exact number, or null for an empty cell. */
export type TableCell = string | Decimal | null

/**
 * A bordered table, one line for each row. Columns with a number are aligned to the right, and their numbers have thousands
 * separators; other columns are aligned to the left. Ends with a line break.
 */
export function formatTable(header: readonly string[], rows: readonly (readonly TableCell[])[]): string {
  const shown = [header, ...rows].map(row => row.map(cell => toPrintable(toText(cell))))
  const columns = header.map((_, column) => ({
    width: shown.reduce((widest, row) => Math.max(widest, textWidth(row[column] ?? '')), 0),
    isNumeric: rows.some(row => isNumber(row[column] ?? null)),
  }))
  const border = `+${columns.map(({ width }) => '-'.repeat(width + 2)).join('+')}+`
  const [top, ...lines] = shown.map(
    row =>
      `|${columns.map(({ width, isNumeric }, column) => ` ${padToWidth(row[column] ?? '', width, isNumeric)} `).join('|')}|`,
  )
  return `${[border, top, border, ...lines, ...(lines.length === 0 ? [] : [border])].join('\n')}\n`
}

function isNumber(cell: TableCell): cell is Decimal {
  return cell !== null && typeof cell !== 'string'
}

function toText(cell: TableCell): string {
  return isNumber(cell) ? formatGrouped(cell) : (cell ?? '')
}
