import { originOf } from './invoice-handlers.js'
import type { Call } from './tenant.js'

/**
 * `Location` header of a 201, in the real server's odd form: the requested path without its extension, with the
 * request's query, including credentials, and the id of the new record.
 */
export function locationOf(call: Call, id: number): Readonly<Record<string, string>> {
  const query = new URLSearchParams([...call.query, ['id', String(id)]])
  const path = call.path.replace(/\.[^./]*$/, '')
  return { Location: `${originOf(call)}${path}?${query}` }
}
