import type { StandInResponse } from '../handler.js'
import { type ErrorForm, json, xml } from './responses.js'
import { branch, leaf } from './xml.js'

/** What is wrong with a field of a record, or with the record as such (`base`). */
export interface Fault {
  readonly field: keyof typeof humanNames
  readonly message: string
}

/** How fields are called in sentences; nothing stands before a fault of the whole record. */
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

/** The faults: in XML as sentences, in JSON by field. */
export function invalid(form: ErrorForm, faults: readonly Fault[], status: 403 | 422 = 422): StandInResponse {
  if (form === 'json') {
    const byField = Map.groupBy(faults, ({ field }) => field)
    const errors = Object.fromEntries([...byField].map(([field, those]) => [field, those.map(each => each.message)]))
    return json(status, { errors })
  }
  const sentences = faults.map(({ field, message }) => leaf('error', humanNames[field] + message))
  return xml(status, branch('errors', sentences))
}
