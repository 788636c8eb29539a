import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Principal } from '../../access/principal.js'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { UpstreamError } from '../../upstream/http/errors.js'
import { refuse } from '../http/refusal.js'
import { AuthenticationError, TooManyChecksError } from './authentication-error.js'
import type { Authenticate } from './authenticator.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The authenticated caller; null on routes without authentication. */
    principal: Principal | null
  }
}

/** One message for everything that can be wrong with a credential. */
const REJECTED = 'The request has no valid credential. Send one API key or access token that this graph accepts.'
const UNAVAILABLE = 'The credential cannot be checked at the moment. Retry later.'

/** Fastify's onRequest hook: runs before the body is read. Returns the reply of a request that is refused. */
type AuthenticationHook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

/** A hook that sets the request's principal, or refuses it with 401, or with 503 when the credential cannot be checked. */
export function createAuthenticationHook(authenticate: Authenticate, logger: Logger): AuthenticationHook {
  return async (request, reply) => {
    try {
      request.principal = await authenticate(request.raw.headersDistinct)
      return undefined
    } catch (error) {
      const requestId = request.id
      if (error instanceof AuthenticationError) {
        logger.warn({ requestId, reason: error.reason }, 'authentication failed')
        reply.header('www-authenticate', 'Bearer realm="billgraph"')
        return refuse(reply, 401, ErrorCode.UNAUTHENTICATED, REJECTED)
      }
      if (!(error instanceof UpstreamError || error instanceof TooManyChecksError)) throw error
      logger.warn({ requestId, error: error.name }, `a credential cannot be checked: ${error.message}`)
      return refuse(reply, 503, ErrorCode.UPSTREAM_UNAVAILABLE, UNAVAILABLE)
    }
  }
}
