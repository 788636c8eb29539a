import { originOf } from './invoice-handlers.js'
import type { Call } from './tenant.js'

/**
 * The `Location` of a 201, as useless and leaky as the server's: the path that was asked, without its extension, with
 * the request's own query, credentials and all, and the id of what was made.
 */
export function locationOf(call: Call, id: number): Readonly<Record<string, string>> {
  const query = new URLSearchParams([...call.query, ['id', String(id)]])
  const path = call.path.replace(/\.[^./]*$/, '')
  return { Location: `${originOf(call)}${path}?${query}` }
}
