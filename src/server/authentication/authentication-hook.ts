import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Principal } from '../../access/principal.js'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { UpstreamError } from '../../upstream/http/errors.js'
import { refuse } from '../http/refusal.js'
import { RefusedCallerError, TooManyChecksError } from './authentication-error.js'
import type { Authenticate } from './authenticator.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it; null where nobody has asked that. */
    principal: Principal | null
  }
}

/** One text for all that can be wrong with a credential. */
const NO_CREDENTIAL = 'The request carries no credential that this graph knows.'
const CANNOT_TELL = 'Who sends the request cannot be told at the moment.'

/** Runs before a request's body is read: of whoever is not known nothing is looked at but headers. */
export type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

/** Lets pass who proves who he is. */
export function createGuard(authenticate: Authenticate, logger: Logger): Guard {
  return async (request, reply) => {
    try {
      request.principal = await authenticate(request.raw.headersDistinct)
      return undefined
    } catch (error) {
      const requestId = request.id
      if (error instanceof RefusedCallerError) {
        logger.warn({ requestId, reason: error.reason }, 'a caller is refused')
        return refuse(
          reply.header('www-authenticate', 'Bearer realm="billgraph"'),
          401,
          ErrorCode.UNAUTHENTICATED,
          NO_CREDENTIAL,
        )
      }
      if (!(error instanceof UpstreamError || error instanceof TooManyChecksError)) throw error
      logger.warn({ requestId, error: error.name }, `a caller cannot be checked: ${error.message}`)
      return refuse(reply, 503, ErrorCode.UPSTREAM_UNAVAILABLE, CANNOT_TELL)
    }
  }
}
