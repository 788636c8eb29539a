import { isProjectId } from '../domain/native-id.js'
import { isBillMonth, monthsBetween, type YearMonth } from '../domain/period.js'

/** The parameters of an export, by name. */
export type ExportParameters = Readonly<Record<string, string>>

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

/** A valid parameter that names something which does not exist, or which the caller may not see. */
export class ExportNotFoundError extends ExportInputError {}

/** Months that one export can cover: ten years. */
const MAX_MONTHS = 120

/** The range of months, both included. @throws ExportInputError */
export function toMonths({ from, to = from }: ExportParameters): { readonly from: YearMonth; readonly to: YearMonth } {
  const [first, last] = [toMonth('from', from), toMonth('to', to)]
  if (last < first) throw new ExportInputError('to', last, `the month ${first} or a later one`)
  if (monthsBetween(first, last) >= MAX_MONTHS) {
    throw new ExportInputError('to', last, `less than ${MAX_MONTHS} months after ${first}`)
  }
  return { from: first, to: last }
}

/** The month of a parameter that is required. @throws ExportInputError */
export function toMonth(parameter: string, text = ''): YearMonth {
  if (isBillMonth(text)) return text
  throw new ExportInputError(parameter, text, 'a month as YYYY-MM from 2000 on, such as 2017-07')
}

/** The OpenStack project id, also when written as a buyer's global id; null when it is missing. @throws ExportInputError */
export function toProject(text: string | undefined): string | null {
  if (text === undefined) return null
  const id = text.replace(/^catalyst:buyer:/, '')
  if (isProjectId(id)) return id
  throw new ExportInputError('project', text, 'an OpenStack project id, such as 5fac8ecc14fc4cd6a3e59d16aae4dcb0')
}

/** Whether the file ends with a trailer. @throws ExportInputError */
export function toTrailer(text: string): boolean {
  if (text === 'rows' || text === 'none') return text === 'rows'
  throw new ExportInputError('trailer', text, 'rows or none')
}

/** A short text without control characters. @throws ExportInputError */
export function toText(parameter: string, text: string): string {
  if (/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(text)) return text
  throw new ExportInputError(parameter, text, 'text of 1 to 100 characters')
}
