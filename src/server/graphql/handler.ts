import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ANONYMOUS } from '../../access/anonymous.js'
import type { ErrorCode } from '../../graph/errors/error-code.js'
import { PartialFailures } from '../../graph/errors/partial-failures.js'
import type { CurrentRegistry } from '../../loaders/customers/current-registry.js'
import { createLoaders } from '../../loaders/loaders.js'
import type { Clock } from '../../request/clock.js'
import {
  type CallBudget,
  type RequestContext,
  watchFreshness,
  withRequestContext,
} from '../../request/request-context.js'
import { RequestRecord } from '../../request/request-record.js'
import type { BillingSystems } from '../../upstream/billing-systems.js'
import { Writes, type WritesOptions } from '../../writes/writes.js'
import { refuse } from '../http/refusal.js'
import { CachePolicy } from '../operation-cache/cache-policy.js'
import type { Execute, OperationCache, ServedResponse } from '../operation-cache/operation-cache.js'
import type { DocumentGate } from './document-gate.js'
import type { GraphqlContext } from './graphql-context.js'
import { codesIn, toResponse, withRequestId } from './response.js'
import { acceptsGraphqlResponse } from './status-for-json.js'

/** What every request is answered from. */
export interface GraphqlOptions {
  readonly systems: BillingSystems
  readonly registry: CurrentRegistry
  readonly isDemo: boolean
  readonly clock: Clock
  /** Null while no journal is configured. */
  readonly writes: WritesOptions | null
}

/** The steps before an operation runs. */
interface OperationSteps {
  readonly checkDocument: DocumentGate
  readonly callBudget: (requestId: string) => CallBudget
  readonly operationCache: OperationCache
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the response came from; null when the operation ran for this request. */
    answeredFrom: ServedResponse['from']
  }
}

/** Handles a GraphQL request over HTTP. */
export type GraphqlHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** GraphQL over HTTP by Apollo, with new loaders for each request. */
export function createGraphqlHandler(
  apollo: ApolloServer<GraphqlContext>,
  options: GraphqlOptions,
  { checkDocument, callBudget, operationCache }: OperationSteps,
): GraphqlHandler {
  return async (request, reply) => {
    const repeated =
      request.rawKey &&
      (await operationCache.findRepeat({ rawKey: request.rawKey, principal: request.principal ?? ANONYMOUS }))
    if (repeated) {
      return send(reply, repeated)
    }
    if (request.parseBody) request.body = await request.parseBody()
    const decision = checkDocument(toApollo(request), request.id)
    if (!('request' in decision)) return refuseDocument(reply, decision.code, decision.message)
    const operation = {
      request: decision.request,
      requestId: request.id,
      principal: request.principal ?? ANONYMOUS,
      rawKey: request.rawKey,
    }
    const signal = disconnectSignal(reply)
    const execute: Execute = policy => {
      const context = async () => createContext(options, request, policy)
      return watchFreshness(policy.freshness, () =>
        apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: operation.request, context }),
      )
    }
    request.record = new RequestRecord(request.id)
    const requestContext: RequestContext = {
      signal,
      callerName: operation.principal.id,
      callBudget: callBudget(request.id),
      record: request.record,
    }
    try {
      const served = await withRequestContext(requestContext, () => operationCache.serve(operation, execute))
      return send(reply, served)
    } catch (error) {
      if (!signal.aborted) throw error
      return reply.status(CLIENT_CLOSED_REQUEST).send()
    }
  }
}

/** Apollo's page for browsers, whatever the request accepts. */
export function createPageHandler(apollo: ApolloServer<GraphqlContext>, options: GraphqlOptions): GraphqlHandler {
  const accept = new HeaderMap([['accept', 'text/html']])
  const httpGraphQLRequest: HTTPGraphQLRequest = { method: 'GET', headers: accept, body: undefined, search: '' }
  return async (request, reply) => {
    const context = async () => createContext(options, request, new CachePolicy())
    const { status, headers, body } = toResponse(
      await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context }),
    )
    for (const [name, value] of headers) reply.header(name, value)
    return reply.status(status).send(body)
  }
}

function createContext(
  { systems, registry, isDemo, clock, writes }: GraphqlOptions,
  { id: requestId, principal: authenticated }: FastifyRequest,
  cachePolicy: CachePolicy,
): GraphqlContext {
  const principal = authenticated ?? ANONYMOUS
  const create = () => createLoaders(systems, clock, principal, registry.value)
  return {
    loaders: create(),
    createLoaders: create,
    writes: writes && new Writes(writes, principal),
    failures: new PartialFailures(),
    isDemo,
    principal,
    rateLimit: null,
    requestId,
    cachePolicy,
  }
}

function toApollo({ method, headers: received, body, url }: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const mark = url.indexOf('?')
  return { method, headers, body, search: mark < 0 ? '' : url.slice(mark) }
}

function refuseDocument(reply: FastifyReply, code: ErrorCode, message: string): FastifyReply {
  if (acceptsGraphqlResponse(reply.request.headers.accept)) {
    reply.type('application/graphql-response+json; charset=utf-8')
  }
  return refuse(reply, 400, code, message)
}

function send(
  reply: FastifyReply,
  { response: { status, headers, body }, from, report }: ServedResponse,
): FastifyReply {
  const { request } = reply
  request.answeredFrom = from
  request.report = report
  for (const [name, value] of headers) reply.header(name, name === 'vary' ? addVary(reply, value) : value)
  if (status < 400) return reply.status(status).send(body)
  // Errors that Apollo finds before there is an operation do not pass the plugin that adds the request id and notes their codes.
  if (report.codes.length === 0) report.codes = codesIn(body.toString())
  return reply.status(status).send(withRequestId(body.toString(), request.id))
}

/** CORS may have set the header already. */
function addVary(reply: FastifyReply, names: string): string {
  const present = reply.getHeader('vary')
  return present === undefined ? names : `${present}, ${names}`
}

/** The status of a response that no client receives, for the log. nginx uses it too. */
export const CLIENT_CLOSED_REQUEST = 499

/** An abort signal for a request: aborted when the client disconnects before the response is sent. */
export function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const disconnect = new AbortController()
  // The client may have disconnected during authentication.
  if (raw.destroyed) disconnect.abort()
  raw.once('close', () => {
    if (!raw.writableFinished) disconnect.abort()
  })
  return disconnect.signal
}
