import { UpstreamDeniedError, UpstreamFormatError, UpstreamStatusError } from '../http/errors.js'
import type { HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'

/** A refusal is one sentence; a longer body is not searched for it. */
const MAX_REFUSAL_BYTES = 4096

/** The error for a rating server's status other than 200. */
export function refusal(response: HttpResponse): Error {
  const { status, request } = response
  if (status === 401) return new UpstreamDeniedError('refused a token that Keystone had just issued', request)
  if (status === 403) {
    return new UpstreamDeniedError("refused: the gateway's role does not allow it, or it is another project", request)
  }
  // A missing price is a 404 as well, and no missing project.
  if (status === 404 && !isProjectNotFound(response)) return new UpstreamStatusError(404, request)
  return errorOfStatus(response)
}

function isProjectNotFound({ contentType, body }: HttpResponse): boolean {
  if (contentType !== 'application/json' || body.byteLength > MAX_REFUSAL_BYTES) return false
  return /"Project [^"]{0,100} not found\."/.test(Buffer.from(body).toString('latin1'))
}

/**
 * The body of a response with status 200.
 *
 * @throws UpstreamFormatError when it is not JSON by its type, as an HTML page or a login form is not
 */
export function jsonBody({ contentType, body, request }: HttpResponse): Uint8Array {
  if (contentType !== 'application/json') throw new UpstreamFormatError('it is not JSON by its type', request)
  return body
}
