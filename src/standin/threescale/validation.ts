import type { StandInResponse } from '../handler.js'
import { type ErrorForm, json, xml } from './responses.js'
import { branch, leaf } from './xml.js'

/** Validation error of a field, or of the whole record (`base`). */
export interface ValidationError {
  readonly field: keyof typeof humanNames
  readonly message: string
}

/** Prefix of a field's error sentences; none for errors of the whole record. */
const humanNames = {
  base: '',
  buyer_account: 'Buyer account ',
  period: 'Billing Period ',
  friendly_id: 'ID ',
  state: 'State ',
  name: 'Name ',
  description: 'Description ',
  type: 'Type ',
} as const

/** Error response: sentences in XML, messages by field in JSON. */
export function invalid(form: ErrorForm, errors: readonly ValidationError[], status: 403 | 422 = 422): StandInResponse {
  if (form === 'json') {
    const byField = Map.groupBy(errors, ({ field }) => field)
    const messages = Object.fromEntries(
      [...byField].map(([field, ofField]) => [field, ofField.map(({ message }) => message)]),
    )
    return json(status, { errors: messages })
  }
  const sentences = errors.map(({ field, message }) => leaf('error', humanNames[field] + message))
  return xml(status, branch('errors', sentences))
}
