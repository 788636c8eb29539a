import type { StandInResponse } from '../handler.js'
import { errorPage } from './errors.js'

/**
 * The rating service decides on the `Accept` header when it prints, so that errors meant as JSON are hit too:
 * XML it knows and cannot write (500), anything else it refuses (400), both as HTML. `undefined`: JSON will do.
 */
export function refuseAccept(accept: string | undefined): StandInResponse | undefined {
  if (accept === undefined || accept === '') return undefined
  const types = accept.split(',').map(part => part.replace(/;.*/s, '').trim().toLowerCase())
  const accepts = (type: string) => types.some(wanted => [type, 'application/*', '*/*'].includes(wanted))
  if (accepts('application/json')) return undefined
  return errorPage(accepts('application/xml') ? 500 : 400)
}
