import { ALLOCATION } from '../domain/export/allocation-table.js'
import type { BillTable, ExportTable } from '../domain/export/export-table.js'
import { FOCUS } from '../domain/export/focus.js'
import { LINES } from '../domain/export/line-table.js'
import { xeroTable } from '../domain/export/xero.js'
import type { YearMonth } from '../domain/period.js'
import { type BillingSource, ledgerOf } from '../domain/source.js'
import {
  ExportInputError,
  type ExportParameters,
  toMonth,
  toMonths,
  toProject,
  toText,
  toTrailer,
} from './export-parameters.js'

/** The kinds of exports, each with its formats. */
export const EXPORTS = {
  focus: ['csv', 'ndjson'],
  lines: ['csv', 'ndjson'],
  xero: ['csv'],
  allocation: ['csv'],
} as const satisfies Readonly<Record<string, readonly ExportFormat[]>>

type ExportKind = keyof typeof EXPORTS

/** A file format: CSV with a byte order mark for spreadsheets, or one JSON object per line. */
export type ExportFormat = 'csv' | 'ndjson'

/** What is exported, and in which form. */
export type ExportRequest = BillExport | AllocationExport

/** The form of an export. */
export interface ExportForm {
  readonly format: ExportFormat
  readonly table: ExportTable
  /** True ends the file with its number of rows, its sums and its checksum. */
  readonly hasTrailer: boolean
}

/** An export of bills. */
export interface BillExport extends ExportForm {
  readonly kind: Exclude<ExportKind, 'allocation'>
  readonly table: BillTable
  /** First month, inclusive. */
  readonly from: YearMonth
  /** Last month, inclusive. */
  readonly to: YearMonth
  readonly sources: readonly BillingSource[]
}

/** An export of the allocation of one month. */
export interface AllocationExport extends ExportForm {
  readonly kind: 'allocation'
  readonly month: YearMonth
  /** Null is the default project. */
  readonly projectId: string | null
  readonly sources: readonly ['CATALYST']
}

/** The parameters of each kind. */
const PARAMETERS: Readonly<Record<ExportKind, readonly string[]>> = {
  focus: ['from', 'to', 'ledger', 'trailer'],
  lines: ['from', 'to', 'ledger', 'trailer'],
  xero: ['from', 'to', 'ledger', 'trailer', 'accountCode', 'taxType', 'untaxedType'],
  allocation: ['month', 'project', 'trailer'],
}

/**
 * The request that a file name and its parameters describe.
 *
 * @param file `focus.csv`, `focus.ndjson`, `lines.csv`, …
 * @throws ExportInputError for an unknown file, and for a parameter that is unknown, missing or invalid
 */
export function readExportRequest(file: string, parameters: ExportParameters): ExportRequest {
  const [kind = '', format = '', ...more] = file.split('.')
  if (!isKind(kind) || !isFormat(kind, format) || more.length > 0) {
    throw new ExportInputError('file', file, `one of ${FILES.join(', ')}`)
  }
  for (const name of Object.keys(parameters)) {
    if (PARAMETERS[kind].includes(name)) continue
    throw new ExportInputError('parameter', name, `one of ${PARAMETERS[kind].join(', ')}`)
  }
  // Xero takes each row for an invoice, so its file has no trailer unless one is requested.
  const hasTrailer = toTrailer(parameters.trailer ?? (kind === 'xero' ? 'none' : 'rows'))
  if (kind === 'allocation') {
    const [month, projectId] = [toMonth('month', parameters.month), toProject(parameters.project)]
    return { kind, format, table: ALLOCATION, hasTrailer, month, projectId, sources: ['CATALYST'] }
  }
  const table = toTable(kind, parameters)
  return { kind, format, table, hasTrailer, ...toMonths(parameters), sources: toSources(kind, parameters.ledger) }
}

/** The file name that a client saves an export under. */
export function fileNameOf(request: ExportRequest): string {
  const months = request.kind === 'allocation' ? request.month : `${request.from}-${request.to}`
  return `billgraph-${request.kind}-${months}.${request.format}`
}

/** The files that can be exported. */
const FILES = Object.entries(EXPORTS).flatMap(([kind, formats]) => formats.map(format => `${kind}.${format}`))

function isKind(text: string): text is ExportKind {
  return Object.hasOwn(EXPORTS, text)
}

function isFormat(kind: ExportKind, text: string): text is ExportFormat {
  return (EXPORTS[kind] as readonly string[]).includes(text)
}

function toTable(kind: BillExport['kind'], parameters: ExportParameters): BillTable {
  if (kind !== 'xero') return kind === 'focus' ? FOCUS : LINES
  return xeroTable({
    accountCode: toText('accountCode', parameters.accountCode ?? '200'),
    taxType: toText('taxType', parameters.taxType ?? '15% GST on Income'),
    untaxedType: toText('untaxedType', parameters.untaxedType ?? 'No GST'),
  })
}

function toSources(kind: BillExport['kind'], ledger: string | undefined): readonly BillingSource[] {
  const expected = kind === 'xero' ? ['revenue'] : ['cost', 'revenue']
  if (ledger !== undefined && !expected.includes(ledger)) {
    throw new ExportInputError('ledger', ledger, expected.join(' or '))
  }
  const ledgers = ledger === undefined ? expected : [ledger]
  return (['CATALYST', 'THREESCALE'] as const).filter(source => ledgers.includes(ledgerOf(source).toLowerCase()))
}
