import type { StandInResponse } from '../handler.js'
import { errorPage } from './errors.js'

/**
 * Error page for an `Accept` header without JSON, or `undefined` when JSON is accepted. XML gives 500, since the rating
 * service knows the type and cannot write it; any other type gives 400. The service checks the header when it prints
 * the response, so JSON errors are replaced too.
 */
export function refuseAccept(accept: string | undefined): StandInResponse | undefined {
  if (accept === undefined || accept === '') return undefined
  const types = accept.split(',').map(part => part.replace(/;.*/s, '').trim().toLowerCase())
  const accepts = (type: string) => types.some(wanted => [type, 'application/*', '*/*'].includes(wanted))
  if (accepts('application/json')) return undefined
  return errorPage(accepts('application/xml') ? 500 : 400)
}
