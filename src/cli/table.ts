import { toPrintable } from './printable.js'
import { padToWidth, textWidth } from './text-width.js'

/** A bordered table of left-aligned columns, one line for each row. Ends with a line break. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = [header, ...rows].map(row => row.map(toPrintable))
  const widths = header.map((_, column) =>
    shown.reduce((widest, row) => Math.max(widest, textWidth(row[column] ?? '')), 0),
  )
  const border = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+`
  const [top, ...lines] = shown.map(
    row => `|${widths.map((width, column) => ` ${padToWidth(row[column] ?? '', width)} `).join('|')}|`,
  )
  return `${[border, top, border, ...lines, ...(lines.length === 0 ? [] : [border])].join('\n')}\n`
}
