import { randomUUID } from 'node:crypto'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { setImmediate } from 'node:timers/promises'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { describeFault } from '../../request/fault.js'
import { describeHttpRefusal, httpLimits, watchHttpLimits } from '../limits/http-limits.js'
import { shortenMessage } from '../limits/limit-errors.js'
import type { LimitPolicy } from '../limits/limit-policy.js'
import { decorateForObservers, type ResponseObserver } from '../observability/request-log.js'
import { NO_SCHEMAS } from './no-schemas.js'
import { COMMON_HEADERS, refuse, refuseForFault } from './refusal.js'
import { limitSlowClients } from './slow-clients.js'

/** The path of the GraphQL endpoint. */
export const GRAPHQL_PATH = '/graphql'

/** The longest time for which a kept-alive connection may be idle. */
const KEEP_ALIVE_MS = 72_000

/** What an HTTP server without routes is made of. */
export interface HttpOptions {
  readonly logger: Logger
  readonly limits: LimitPolicy
  readonly inFlight: InFlightRequests
  /** See `ServerSettings`. */
  readonly trustedProxies: readonly string[]
  /** Are called with every response. */
  readonly observers: readonly ResponseObserver[]
}

/**
 * An HTTP server without routes. Every response has the request's id and the common headers, and is shown to the observers. Every
 * refusal has the form of a GraphQL error.
 */
export function createHttp({ logger, limits, inFlight, trustedProxies, observers }: HttpOptions): FastifyInstance {
  const { http: serverOptions, ...fastifyLimits } = httpLimits(limits)
  const observe: ResponseObserver = (request, reply) => {
    for (const observer of observers) observer(request, reply)
  }
  const http = fastify({
    ...fastifyLimits,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    serverFactory: handler => createNodeServer(handler, serverOptions),
    forceCloseConnections: 'idle',
    // A request that arrives while the server closes is answered, and its connection is closed with the response.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      addCommonHeaders(request, reply)
      refuse(reply, error.statusCode ?? 400, ErrorCode.BAD_REQUEST, shortenMessage(error.message))
      // Without a route no hook runs.
      observe(request, reply)
    },
    genReqId: requestIdOf,
    schemaController: NO_SCHEMAS,
  })
  decorateForObservers(http)
  http.addHook('onRequest', async (request, reply) => {
    inFlight.add(request.raw, reply.raw)
    // Fastify calls no hook for a response that has begun and is cut off.
    reply.raw.once('close', () => {
      if (reply.raw.headersSent && !reply.raw.writableFinished) observe(request, reply)
    })
    addCommonHeaders(request, reply)
    if (isHostMissing(request.raw)) return refuse(reply, 400, ErrorCode.BAD_REQUEST, 'The Host header is missing.')
    return undefined
  })
  // Nor one for a response to a client that has disconnected.
  http.addHook('onSend', (request, reply, payload, done) => {
    if (reply.raw.destroyed) observe(request, reply)
    done(null, payload)
  })
  http.addHook('onResponse', (request, reply, done) => {
    observe(request, reply)
    done()
  })
  watchHttpLimits(http, limits)
  limitSlowClients(http, limits, logger)
  http.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, ErrorCode.BAD_REQUEST, describeHttpRefusal(error, limits))
    logger.error({ requestId: request.id, ...describeFault(error) }, 'unexpected error')
    return refuseForFault(reply)
  })
  http.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, ErrorCode.NOT_FOUND, `This path does not exist. GraphQL is at ${GRAPHQL_PATH}.`),
  )
  return http
}

/** Node's server, set up so that it writes no response of its own: those would lack the common headers. */
function createNodeServer(handler: RequestListener, options: ServerOptions): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false, ...options }, handler)
  // An unknown expectation may be ignored. Node would refuse it with an empty response.
  server.on('checkExpectation', handler)
  // Only the time in which a request arrives is limited.
  server.setTimeout(0)
  return server
}

function isHostMissing({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion !== '1.0'
}

/** The client's own id, when it is well-formed; a new one otherwise. */
function requestIdOf({ headers }: IncomingMessage): string {
  const id = headers['x-request-id']
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : randomUUID()
}

function addCommonHeaders({ id }: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ ...COMMON_HEADERS, 'x-request-id': id })
}

/** Requests that have arrived and have no complete response yet. */
export class InFlightRequests {
  private readonly ends = new Map<IncomingMessage, Promise<void>>()

  /** Adds a request until its response is sent or its connection is closed. */
  add(request: IncomingMessage, response: ServerResponse): void {
    const end = Promise.withResolvers<void>()
    this.ends.set(request, end.promise)
    response.once('close', () => {
      this.ends.delete(request)
      end.resolve()
    })
  }

  /** Resolves when the requests that are in flight now are answered. A request whose body has not arrived in full does not count. */
  async settled(): Promise<void> {
    await Promise.all(this.complete())
  }

  /** Resolves when no request that has arrived in full is in flight. */
  async drained(): Promise<void> {
    do {
      await this.settled()
      // The sockets may hold a request that has not been read yet.
      await setImmediate()
    } while (this.complete().length > 0)
  }

  private complete(): readonly Promise<void>[] {
    return [...this.ends].flatMap(([request, end]) => (request.complete ? [end] : []))
  }
}
