import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { ErrorCode } from '../../graph/errors/error-code.js'
import type { RequestRecord } from '../../request/request-record.js'
import { clientAddress } from '../http/client-address.js'
import type { OperationReport } from './operation-report.js'
import { readTraceparent } from './traceparent.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What is known of its operation; null when there was none. */
    report: OperationReport | null
    /** What the operation asked for; null when none ran for this request. */
    record: RequestRecord | null
    /** The code of a refusal before there was an operation, or of what ended an export. */
    refusedWith: ErrorCode | null
    /** The trace that the request belongs to; null without one. */
    traceId: string | null
  }
}

/** Called once for every response, after its last byte or when the client has disconnected. */
export type ResponseObserver = (request: FastifyRequest, reply: FastifyReply) => void

/** What a request or the server named, shortened for the log. */
const MAX_NAME = 128

/** Adds to requests what observers read. */
export function decorateForObservers(http: FastifyInstance): void {
  http.decorateRequest('report', null)
  http.decorateRequest('record', null)
  http.decorateRequest('refusedWith', null)
  http.decorateRequest('traceId', null)
}

/** The codes of the errors in a response; `[]` without any. */
export function codesOf({ report, refusedWith }: FastifyRequest): readonly string[] {
  return refusedWith === null ? (report?.codes ?? []) : [refusedWith]
}

/** Where the response of an operation came from: `hit` of the operation cache, `coalesced` with a concurrent request, or `miss`. */
export function cacheOutcomeOf({ answeredFrom }: FastifyRequest): 'hit' | 'coalesced' | 'miss' {
  return answeredFrom === 'cache' ? 'hit' : (answeredFrom ?? 'miss')
}

/** Logs one line for each response. It holds no variable, no document and no figure of a bill. */
export function requestLog(logger: Logger): ResponseObserver {
  return (request, reply) => {
    if (!logger.isLevelEnabled('info')) return
    const { id, method, routeOptions } = request
    // The route's path is logged, not the request's: a query string can hold variables.
    const line: Record<string, unknown> = { requestId: id, method, route: routeOptions.url, status: reply.statusCode }
    line.address = clientAddress(request)
    line.ms = Math.round(reply.elapsedTime)
    addOperation(line, request)
    addCaller(line, request)
    addCalls(line, request.record)
    logger.info(line, 'answered')
  }
}

function addOperation(line: Record<string, unknown>, request: FastifyRequest): void {
  const { report } = request
  const codes = codesOf(request)
  if (codes.length > 0) line.codes = codes
  if (!report) return
  if (report.name !== null) line.operation = report.name.slice(0, MAX_NAME)
  if (report.type !== null) line.type = report.type
  if (report.cost !== null) line.cost = report.cost
  line.cache = cacheOutcomeOf(request)
}

function addCaller(line: Record<string, unknown>, request: FastifyRequest): void {
  const { principal, raw } = request
  if (principal) {
    const [kind] = principal.id.split(':', 1)
    line.caller = principal.id
    line.credential = kind === principal.id ? 'none' : kind
  }
  const client = nameIn(raw.headers['apollographql-client-name'])
  const version = nameIn(raw.headers['apollographql-client-version'])
  if (client !== null) line.client = client
  if (version !== null) line.clientVersion = version
  const traceId = request.traceId ?? readTraceparent(raw.headers.traceparent)?.traceId ?? null
  if (traceId !== null) line.traceId = traceId
}

function addCalls(line: Record<string, unknown>, record: RequestRecord | null): void {
  if (!record || (record.callCount === 0 && Object.keys(record.reads).length === 0)) return
  line.reads = record.reads
  line.calls = record.calls.map(({ upstream, operation, attempts, outcome, ms }) => ({
    upstream,
    operation,
    outcome,
    ms: Math.round(ms),
    ...(attempts > 1 && { attempts }),
  }))
  if (record.callCount > record.calls.length) line.callCount = record.callCount
}

/** A client's name or version as it says; null when it is missing, too long, or more than a name. */
function nameIn(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && /^[\w .:@/+()-]{1,64}$/.test(header) ? header : null
}
