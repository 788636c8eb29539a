import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { shortenMessage } from '../limits/bound-errors.js'
import type { ServerLimits } from '../limits/create-limits.js'
import { httpLimits, tellHttpRefusal, watchHttp } from '../limits/http-limits.js'
import { describeFault } from '../observability/error-report.js'
import type { InFlightRequests } from './in-flight-requests.js'
import { NO_STORE } from './no-store.js'
import { buildServer } from './node-server.js'
import { refuse, refuseForFault } from './refusal.js'
import { requestIdOf } from './request-id.js'

/** Where GraphQL is asked. */
export const GRAPHQL_PATH = '/graphql'

/** What a server without routes is made of. */
export interface HttpOptions {
  readonly logger: Logger
  readonly limits: ServerLimits
  readonly underWay: InFlightRequests
}

/**
 * A server without routes: every answer has the request's id, is not to be kept unless its route says otherwise, and leaves one line in
 * the log; what goes wrong before a route or in it is told in the form of GraphQL's errors.
 */
export function createHttp({ logger, limits, underWay }: HttpOptions): FastifyInstance {
  const held = httpLimits(limits)
  const http = fastify({
    ...held,
    serverFactory: handler => buildServer(handler, held.http),
    forceCloseConnections: 'idle',
    // Whoever has come is answered, and told that his connection ends with it.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      refuse(identify(request, reply), error.statusCode ?? 400, ErrorCode.BAD_REQUEST, shortenMessage(error.message))
      // No hook runs for what has no route to be looked up.
      logAnswer(logger, request, reply)
    },
    genReqId: requestIdOf,
  })
  http.addHook('onRequest', async (request, reply) => {
    underWay.add(reply.raw)
    identify(request, reply)
  })
  http.addHook('onResponse', async (request, reply) => logAnswer(logger, request, reply))
  watchHttp(http, limits)
  http.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, ErrorCode.BAD_REQUEST, tellHttpRefusal(error, limits))
    logger.error({ requestId: request.id, ...describeFault(error) }, 'unexpected error')
    return refuseForFault(reply)
  })
  http.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, ErrorCode.NOT_FOUND, `Nothing is here: GraphQL is at ${GRAPHQL_PATH}.`),
  )
  return http
}

/** What every answer has, unless it says otherwise later. */
function identify({ id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers({ 'x-request-id': id, 'cache-control': NO_STORE })
}

function logAnswer(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  const { method, id, routeOptions, answeredFrom } = request
  const ms = Math.round(reply.elapsedTime)
  // The route, not the address: a query string can hold variables.
  const from = answeredFrom === null ? {} : { from: answeredFrom }
  logger.info({ requestId: id, method, route: routeOptions.url, status: reply.statusCode, ms, ...from }, 'answered')
}
