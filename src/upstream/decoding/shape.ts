import { z } from 'zod'
import { type Decimal, parseDecimal } from '../../domain/decimal.js'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { JsonNumber } from './json-number.js'

/**
 * The value as the schema describes it, without members that the schema does not name.
 *
 * @throws UpstreamFormatError with the path and what was expected there, without the value
 */
export function decodeShape<T>(schema: z.ZodType<T>, value: unknown, request: UpstreamRequest): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new UpstreamFormatError(describe(result.error.issues[0]), request)
}

/** Schema of a JSON number, kept exactly. */
export const exactNumber = z.custom<JsonNumber>(value => value instanceof JsonNumber && value.decimal !== null, {
  message: 'expected a decimal number',
})

/** The decimal value of an `exactNumber`. */
export function decimalOf(number: JsonNumber): Decimal {
  return number.decimal ?? parseDecimal(number.text)
}

/** Upstreams store 255 characters at most. */
export const MAX_NAME_LENGTH = 1_024

/** Schema of a name: of a project, resource, product, place. */
export const nameText = z.string().max(MAX_NAME_LENGTH, { message: `expected at most ${MAX_NAME_LENGTH} characters` })

/** Schema of a text that is written for people, such as a description. */
export const freeText = z.string().max(65_536, { message: 'expected at most 65536 characters' })

/** Schema of a text that is a decimal number. */
export const decimalText = z.string().refine(isDecimal, { message: 'expected a decimal number' })

function isDecimal(text: string): boolean {
  try {
    parseDecimal(text)
    return true
  } catch {
    return false
  }
}

/** Shows plain keys only: an upstream's keys may be long, or hold a secret. */
function describe(issue: z.core.$ZodIssue | undefined): string {
  const path = (issue?.path ?? []).map(String).map(step => (/^[\w.: -]{1,60}$/.test(step) ? step : '…'))
  const expected =
    issue?.code === 'invalid_type' ? `expected ${issue.expected}` : (issue?.message ?? 'unexpected shape')
  return `${path.length === 0 ? 'the root' : path.join('.')}: ${expected}`
}
