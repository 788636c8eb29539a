import { toPrintable } from './printable.js'
import { padToWidth, textWidth } from './text-width.js'

/**
 * A bordered table, one line for each row. Ends with a line break.
 *
 * @param numeric the headers of columns of numbers, which are right-aligned; all others are left-aligned
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly string[] = [],
): string {
  const shown = [header, ...rows].map(row => row.map(toPrintable))
  const widths = header.map((_, column) =>
    shown.reduce((widest, row) => Math.max(widest, textWidth(row[column] ?? '')), 0),
  )
  const border = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+`
  const pad = (cell: string, column: number): string => {
    const padded = padToWidth(cell, widths[column] ?? 0)
    return numeric.includes(header[column] ?? '') ? padded.slice(cell.length) + cell : padded
  }
  const [top, ...lines] = shown.map(
    row => `|${header.map((_, column) => ` ${pad(row[column] ?? '', column)} `).join('|')}|`,
  )
  return `${[border, top, border, ...lines, ...(lines.length === 0 ? [] : [border])].join('\n')}\n`
}
