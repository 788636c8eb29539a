import { isStorable, MAX_TEXT } from '../domain/on-charge/storable-text.js'
import { isBillMonth, type YearMonth } from '../domain/period.js'
import { hasMarker } from './marker.js'
import type { WriteRefusal } from './refusal.js'

/** The part of a description that the marker takes. */
const MARKER_LENGTH = 24
const MAX_QUANTITY = 2_147_483_647

/** A problem of an argument, in 3scale's own terms; null for none. */
export type Problem = WriteRefusal | null

/** An idempotency key: 16 to 64 letters, digits, `_` and `-`. */
export function checkKey(key: string): Problem {
  if (/^[A-Za-z0-9_-]{16,64}$/.test(key)) return null
  return problem('idempotencyKey', key, '16 to 64 letters, digits, underscores or hyphens')
}

/** The name of a line item. */
export function checkName(name: string): Problem {
  if (name.trim() === '') return problem('name', name, 'a text that is not blank')
  return checkText('name', name, MAX_TEXT)
}

/** The description of a line item. A marker follows it. */
export function checkDescription(description: string): Problem {
  return checkText('description', description, MAX_TEXT - MARKER_LENGTH)
}

/** The cost of a line item: a decimal with up to four places. 3scale would store anything else as zero, or rounded. */
export function checkCost(cost: string): Problem {
  if (/^-?\d{1,12}(\.\d{1,4})?$/.test(cost)) return null
  return problem('cost', cost, 'a decimal number with up to twelve digits and four decimal places, such as "12.50"')
}

/** The quantity of a line item. */
export function checkQuantity(quantity: number): Problem {
  if (Number.isSafeInteger(quantity) && Math.abs(quantity) <= MAX_QUANTITY) return null
  return problem('quantity', String(quantity), 'an integer')
}

/** The month of an invoice: 3scale takes no month more than a year ahead. */
export function checkMonth(month: YearMonth, latest: YearMonth): Problem {
  if (isBillMonth(month) && month <= latest) return null
  return problem('month', month, `a month as YYYY-MM, up to ${latest}`)
}

/** An invoice number. */
export function checkNumber(number: string): Problem {
  if (/^\d{4}(-(0[1-9]|1[0-2]))?-\d{8}$/.test(number)) return null
  return problem('number', number, 'an invoice number as YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX')
}

function checkText(field: string, text: string, maxLength: number): Problem {
  if ([...text].length > maxLength) return problem(field, text, `a text of up to ${maxLength} characters`)
  if (!isStorable(text)) {
    return problem(field, text, 'a text of characters that 3scale can store: no emoji, no control characters')
  }
  return hasMarker(text)
    ? problem(field, text, 'a text without a marker such as [bg1w:…], which only the gateway writes')
    : null
}

/** @param expected completes "… is not" */
export function problem(field: string, value: string, expected: string): WriteRefusal {
  const shown = value.length <= 60 ? value : `${value.slice(0, 60)}…`
  return { code: 'BAD_USER_INPUT', message: `${field}: ${JSON.stringify(shown)} is not ${expected}.`, field: [field] }
}
