import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLFormattedError } from 'graphql'
import { ANONYMOUS } from '../../access/anonymous.js'
import type { ErrorCode } from '../../graph/errors/error-code.js'
import { PartialFailures } from '../../graph/errors/partial-failures.js'
import { createLoaders } from '../../loaders/loaders.js'
import type { CallBudget } from '../../request/call-budget.js'
import type { Clock } from '../../request/clock.js'
import { watchFreshness } from '../../request/freshness.js'
import { withRequestContext } from '../../request/request-context.js'
import type { BillingSystems } from '../../upstream/billing-systems.js'
import { disconnectSignal } from '../http/disconnect.js'
import { refuse } from '../http/refusal.js'
import type { GraphqlContext } from '../observability/error-report.js'
import { CachePolicy } from '../operation-cache/cache-policy.js'
import type { OperationCache, Told } from '../operation-cache/operation-cache.js'
import { type Answer, toAnswer } from '../operation-cache/response.js'
import type { DocumentGate } from './document-gate.js'
import { acceptsGraphqlResponse } from './status-for-json.js'

/** What each request is served from. */
export interface GraphqlOptions {
  readonly systems: BillingSystems
  readonly isDemo: boolean
  readonly clock: Clock
}

/** What a request passes before it is GraphQL, and the calls to upstreams that it may make. */
export interface RequestBounds {
  readonly admit: DocumentGate
  readonly callsOf: (requestId: string) => CallBudget
  readonly repeats: OperationCache
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Where its answer comes from when it was not made for it. */
    answeredFrom: Told['from']
  }
}

/** nginx's word for it. Nobody reads this but the log. */
const CALLER_LEFT = 499

/** Answers a GraphQL request by HTTP. */
export type GraphqlHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** GraphQL over HTTP, by Apollo, with loaders of its own for each request. */
export function createGraphqlHandler(
  apollo: ApolloServer<GraphqlContext>,
  surroundings: GraphqlOptions,
  { admit, callsOf, repeats }: RequestBounds,
): GraphqlHandler {
  return async (request, reply) => {
    const admission = admit(toApollo(request), request.id)
    if (!('admitted' in admission)) return refuseDocument(reply, admission.code, admission.reason)
    const { admitted } = admission
    const principal = request.principal ?? ANONYMOUS
    const caller = {
      signal: disconnectSignal(reply),
      callerName: request.principal?.id,
      callBudget: callsOf(request.id),
    }
    const execute = (sharing: CachePolicy) => {
      const context = async () => createContext(surroundings, request, sharing)
      const work = () => apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: admitted, context })
      return watchFreshness(sharing.freshness, work)
    }
    const asked = { request: admitted, requestId: request.id, principal }
    try {
      const { answer, from } = await withRequestContext(caller, () => repeats.answer(asked, execute))
      request.answeredFrom = from
      return send(reply, answer)
    } catch (error) {
      if (!caller.signal.aborted) throw error
      return reply.status(CALLER_LEFT).send()
    }
  }
}

/** Apollo's page for browsers, whatever the caller accepts. */
export function createPageHandler(apollo: ApolloServer<GraphqlContext>, surroundings: GraphqlOptions): GraphqlHandler {
  const headers = new HeaderMap([['accept', 'text/html']])
  const httpGraphQLRequest: HTTPGraphQLRequest = { method: 'GET', headers, body: undefined, search: '' }
  return async (request, reply) => {
    const context = async () => createContext(surroundings, request)
    return send(reply, toAnswer(await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context })))
  }
}

function createContext(
  { systems, isDemo, clock }: GraphqlOptions,
  { id: requestId, principal: proved }: FastifyRequest,
  sharing = new CachePolicy(),
): GraphqlContext {
  const principal = proved ?? ANONYMOUS
  return {
    loaders: createLoaders(systems, clock, principal),
    failures: new PartialFailures(),
    isDemo,
    principal,
    rateLimit: null,
    requestId,
    sharing,
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

function refuseDocument(reply: FastifyReply, code: ErrorCode, reason: string): FastifyReply {
  const isAwaited = acceptsGraphqlResponse(reply.request.headers.accept)
  return refuse(isAwaited ? reply.type('application/graphql-response+json; charset=utf-8') : reply, 400, code, reason)
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  for (const [name, value] of headers) reply.header(name, name === 'vary' ? withVary(reply, value) : value)
  return reply.status(status).send(status < 400 ? body : withRequestId(body.toString(), reply.request.id))
}

/** Beside what CORS has put there. */
function withVary(reply: FastifyReply, names: string): string {
  const present = reply.getHeader('vary')
  return present === undefined ? names : `${present}, ${names}`
}

/** What Apollo refuses before it is an operation has not passed the plugin that tells the id. */
function withRequestId(text: string, requestId: string): string {
  const { errors, ...rest } = JSON.parse(text) as { errors?: readonly GraphQLFormattedError[] }
  const told = errors?.map(error => ({ ...error, extensions: { requestId, ...error.extensions } }))
  return JSON.stringify({ ...rest, ...(told === undefined ? {} : { errors: told }) })
}
