import { createHash } from 'node:crypto'
import { type Decimal, formatDecimal } from '../domain/decimal.js'
import { type CsvCell, formatCsvRow } from '../domain/export/csv.js'
import type { ColumnType, ExportRow, ExportTable } from '../domain/export/export-table.js'
import type { ExportFormat, ExportRequest } from './export-request.js'
import { type ExportSum, ExportSums } from './export-sums.js'

/** Makes spreadsheets read a CSV file as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** Characters that are collected before they are handed on. */
const CHUNK_CHARACTERS = 65_536

/** The size and checksum of an export. */
export interface ExportTrailer {
  readonly rows: number
  readonly sumOf: string
  /** By ledger and currency. */
  readonly sums: readonly ExportSum[]
  /** SHA-256 of all bytes before the trailer, in hexadecimal digits. */
  readonly sha256: string
}

/**
 * The bytes of an export, in chunks, and its trailer at the end. Rows are read only as fast as chunks are taken. A file without
 * its trailer, where one was requested, is incomplete.
 */
export async function* writeExport(
  rows: AsyncIterable<ExportRow>,
  { table, format, hasTrailer }: Pick<ExportRequest, 'table' | 'format' | 'hasTrailer'>,
): AsyncGenerator<Buffer, ExportTrailer> {
  const [hash, sums] = [createHash('sha256'), new ExportSums()]
  const write = format === 'csv' ? formatCsvRow : rowWriter(table)
  let pending = format === 'csv' ? BYTE_ORDER_MARK + formatCsvRow(table.columns.map(({ name }) => name)) : ''
  for await (const row of rows) {
    sums.add(row)
    pending += write(row.cells)
    if (pending.length < CHUNK_CHARACTERS) continue
    const chunk = Buffer.from(pending)
    pending = ''
    hash.update(chunk)
    yield chunk
  }
  hash.update(pending)
  const trailer = { rows: sums.rows, sumOf: table.sumOf, sums: sums.list(), sha256: hash.digest('hex') }
  yield Buffer.from(hasTrailer ? pending + formatTrailer(trailer, format) : pending)
  return trailer
}

/** Writes a row as a JSON object, exact numbers as they are. */
function rowWriter({ columns }: ExportTable): (cells: readonly CsvCell[]) => string {
  const keys = columns.map(({ name }) => JSON.stringify(name))
  return cells => {
    const members = columns.map(({ type }, index) => `${keys[index]}:${toJson(cells[index] ?? null, type)}`)
    return `{${members.join(',')}}\n`
  }
}

function toJson(cell: string | Decimal | null, type: ColumnType): string {
  if (cell === null) return 'null'
  if (typeof cell !== 'string') return formatDecimal(cell)
  return type === 'Json' || type === 'Boolean' ? cell : JSON.stringify(cell)
}

function formatTrailer({ rows, sumOf, sums, sha256 }: ExportTrailer, format: ExportFormat): string {
  if (format === 'ndjson') {
    const parts = sums.map(
      ({ ledger, amount }) =>
        `{"ledger":"${ledger}","currency":"${amount.currency}","column":${JSON.stringify(sumOf)},"sum":${formatDecimal(amount)}}`,
    )
    return `{"trailer":{"rows":${rows},"sums":[${parts.join(',')}],"sha256":"${sha256}"}}\n`
  }
  return [
    ['#trailer', 'rows', String(rows)],
    ...sums.map(({ ledger, amount }) => ['#trailer', 'sum', ledger, amount.currency, sumOf, amount]),
    ['#trailer', 'sha256', sha256],
  ]
    .map(formatCsvRow)
    .join('')
}
