import { UpstreamDeniedError, UpstreamFormatError, UpstreamStatusError } from '../http/errors.js'
import type { HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'

/** A refusal is a sentence; a longer body says something else, and is not searched. */
const MAX_REFUSAL_BYTES = 4096

/** The error that a rating server's status other than 200 stands for. */
export function refusal(answer: HttpResponse): Error {
  const { request } = answer
  if (answer.status === 401) {
    return new UpstreamDeniedError('refused a token that Keystone had just issued', request)
  }
  if (answer.status === 403) {
    return new UpstreamDeniedError("refused: the gateway's role does not allow it, or it is another project", request)
  }
  // A missing price answers 404 as well, and is no missing project.
  if (answer.status === 404 && !isProjectNotFound(answer)) return new UpstreamStatusError(404, request)
  return errorOfStatus(answer)
}

function isProjectNotFound({ contentType, body }: HttpResponse): boolean {
  if (contentType !== 'application/json' || body.byteLength > MAX_REFUSAL_BYTES) return false
  return /"Project [^"]{0,100} not found\."/.test(Buffer.from(body).toString('latin1'))
}

/**
 * The body of a success. An HTML page or a login form under status 200 is nothing to parse.
 *
 * @throws UpstreamFormatError
 */
export function jsonBody({ contentType, body, request }: HttpResponse): Uint8Array {
  if (contentType !== 'application/json') throw new UpstreamFormatError('it is not JSON by its type', request)
  return body
}
