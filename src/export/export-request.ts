import type { ExportTable } from '../domain/export/export-table.js'
import { FOCUS } from '../domain/export/focus.js'
import { LINES } from '../domain/export/line-table.js'
import { xeroTable } from '../domain/export/xero.js'
import { isBillMonth, monthsBetween, type YearMonth } from '../domain/period.js'
import { type BillingSource, ledgerOf } from '../domain/source.js'

/** The kinds of exports, each with its formats. */
export const EXPORTS = {
  focus: ['csv', 'ndjson'],
  lines: ['csv', 'ndjson'],
  xero: ['csv'],
} as const satisfies Readonly<Record<string, readonly ExportFormat[]>>

/** A file format: CSV with a byte order mark for spreadsheets, or one JSON object per line. */
export type ExportFormat = 'csv' | 'ndjson'

/** What is exported, and in which form. */
export interface ExportRequest {
  readonly kind: keyof typeof EXPORTS
  readonly format: ExportFormat
  readonly table: ExportTable
  /** First month, inclusive. */
  readonly from: YearMonth
  /** Last month, inclusive. */
  readonly to: YearMonth
  readonly sources: readonly BillingSource[]
  /** True ends the file with its number of rows, its sums and its checksum. */
  readonly hasTrailer: boolean
}

/** An invalid parameter of an export. */
export class ExportInputError extends Error {
  /** @param expected completes "… is not" */
  constructor(
    readonly parameter: string,
    readonly value: string,
    readonly expected: string,
  ) {
    super(`${parameter}: ${JSON.stringify(value.slice(0, 100))} is not ${expected}`)
    this.name = 'ExportInputError'
  }
}

/** Months that one export can cover: ten years. */
const MAX_MONTHS = 120

/** The parameters of exports. */
const PARAMETERS = ['from', 'to', 'ledger', 'trailer', 'accountCode', 'taxType', 'untaxedType']

const XERO_PARAMETERS = ['accountCode', 'taxType', 'untaxedType']

/**
 * The request that a file name and its parameters describe.
 *
 * @param file `focus.csv`, `focus.ndjson`, `lines.csv`, …
 * @throws ExportInputError for an unknown file, and for a parameter that is unknown, missing or invalid
 */
export function readExportRequest(file: string, parameters: Readonly<Record<string, string>>): ExportRequest {
  const [kind = '', format = '', ...more] = file.split('.')
  if (!isKind(kind) || !isFormat(kind, format) || more.length > 0) {
    throw new ExportInputError('file', file, `one of ${FILES.join(', ')}`)
  }
  const names = kind === 'xero' ? PARAMETERS : PARAMETERS.filter(name => !XERO_PARAMETERS.includes(name))
  for (const name of Object.keys(parameters)) {
    if (!names.includes(name)) throw new ExportInputError('parameter', name, `one of ${names.join(', ')}`)
  }
  return {
    kind,
    format,
    table: toTable(kind, parameters),
    ...toMonths(parameters),
    sources: toSources(kind, parameters.ledger),
    hasTrailer: toTrailer(kind, parameters.trailer),
  }
}

/** The files that can be exported. */
const FILES = Object.entries(EXPORTS).flatMap(([kind, formats]) => formats.map(format => `${kind}.${format}`))

function isKind(text: string): text is ExportRequest['kind'] {
  return Object.hasOwn(EXPORTS, text)
}

function isFormat(kind: ExportRequest['kind'], text: string): text is ExportFormat {
  return (EXPORTS[kind] as readonly string[]).includes(text)
}

function toTable(kind: ExportRequest['kind'], parameters: Readonly<Record<string, string>>): ExportTable {
  if (kind !== 'xero') return kind === 'focus' ? FOCUS : LINES
  return xeroTable({
    accountCode: toText('accountCode', parameters.accountCode ?? '200'),
    taxType: toText('taxType', parameters.taxType ?? '15% GST on Income'),
    untaxedType: toText('untaxedType', parameters.untaxedType ?? 'No GST'),
  })
}

function toMonths({ from, to = from }: Readonly<Record<string, string>>): Pick<ExportRequest, 'from' | 'to'> {
  const [first, last] = [toMonth('from', from ?? ''), toMonth('to', to ?? '')]
  if (last < first) throw new ExportInputError('to', last, `the month ${first} or a later one`)
  if (monthsBetween(first, last) >= MAX_MONTHS) {
    throw new ExportInputError('to', last, `less than ${MAX_MONTHS} months after ${first}`)
  }
  return { from: first, to: last }
}

function toMonth(parameter: string, text: string): YearMonth {
  if (isBillMonth(text)) return text
  throw new ExportInputError(parameter, text, 'a month as YYYY-MM from 2000 on, such as 2017-07')
}

function toSources(kind: ExportRequest['kind'], ledger: string | undefined): readonly BillingSource[] {
  const expected = kind === 'xero' ? ['revenue'] : ['cost', 'revenue']
  if (ledger !== undefined && !expected.includes(ledger)) {
    throw new ExportInputError('ledger', ledger, expected.join(' or '))
  }
  const ledgers = ledger === undefined ? expected : [ledger]
  return (['CATALYST', 'THREESCALE'] as const).filter(source => ledgers.includes(ledgerOf(source).toLowerCase()))
}

/** Xero takes each row for an invoice, so its file has no trailer unless one is requested. */
function toTrailer(kind: ExportRequest['kind'], text: string = kind === 'xero' ? 'none' : 'rows'): boolean {
  if (text === 'rows' || text === 'none') return text === 'rows'
  throw new ExportInputError('trailer', text, 'rows or none')
}

function toText(parameter: string, text: string): string {
  if (/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(text)) return text
  throw new ExportInputError(parameter, text, 'text of 1 to 100 characters')
}
