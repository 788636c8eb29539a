import { getCACertificates } from 'node:tls'
import { Pool } from 'undici'
import { Bulkhead, BulkheadFullError } from '../../request/bulkhead.js'
import type { Clock } from '../../request/clock.js'
import { invalidResponses, observeCall, type UpstreamCall } from '../../request/observation.js'
import { callerName, requestCallBudget, requestSignal } from '../../request/request-context.js'
import { callOutcomeOf } from './call-outcome.js'
import { type AttemptResult, CircuitBreaker } from './circuit-breaker.js'
import { Deadline } from './deadline.js'
import {
  UpstreamAbandonedError,
  UpstreamCircuitOpenError,
  UpstreamFormatError,
  type UpstreamName,
  UpstreamOverloadedError,
  type UpstreamRequest,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from './errors.js'
import { type Call, exchange, type HttpRequest, type HttpResponse } from './exchange.js'
import { isRetryableStatus, type RetryPolicy, retryDelayMs } from './retry.js'
import { RetryAfter } from './retry-after.js'

/** How one origin is called. */
export interface UpstreamHttpOptions {
  readonly upstream: UpstreamName
  /** The cloud that it belongs to, where there are several. */
  readonly cloud?: string | undefined
  /** Scheme, host and port. */
  readonly origin: string
  /** For one request, from the call to the last byte, with its time in the queue and its retries. */
  readonly deadlineMs: number
  readonly maxBodyBytes: number
  readonly clock: Clock
  /** How reads are retried; left out, they are not. */
  readonly retry?: RetryPolicy | undefined
  /** Longest pause that a `Retry-After` is granted; 60 seconds unless given. */
  readonly maxRetryAfterMs?: number | undefined
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** An upstream's health as the last requests showed it. */
export interface UpstreamHealth {
  readonly upstream: UpstreamName
  /** `OPEN` also while the upstream asks, by `Retry-After`, for no requests at all. */
  readonly circuit: CircuitBreaker['state']
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
  /** End of the pause that a `Retry-After` asks for, on one route at least; null without one. */
  readonly pausedUntil: Date | null
  /** Requests that hold a connection. */
  readonly running: number
  /** Requests that wait for a connection. */
  readonly waiting: number
}

const IDLE_CONNECTION_MS = 4_000
const MAX_CONNECTIONS = 16
/** Connections that one caller cannot take: when all its requests hang, those of other callers get through. */
const RESERVED_CONNECTIONS = 4
/** Requests that may wait for a connection. Each waits no longer than half its deadline, and leaves the rest to the upstream. */
const QUEUE_LIMIT = 1_000
export const MAX_RETRY_AFTER_MS = 60_000

/** Requests to these are the gateway's own. No caller's input explains a failure, so the circuit breaker counts each of them. */
const CALLED_FOR_ITSELF: ReadonlySet<UpstreamName> = new Set(['keystone', 'issuer'])

/**
 * HTTP client of one upstream origin. Each request passes, in this order: its caller's call budget, a deadline over everything that
 * follows, retries of reads within a budget, the upstream's own `Retry-After`, a bulkhead with a fair queue, the circuit breaker.
 */
export class UpstreamHttp implements AsyncDisposable {
  private readonly pool: Pool
  private readonly breaker: CircuitBreaker
  private readonly retryAfter: RetryAfter
  private readonly bulkhead = new Bulkhead({
    permits: MAX_CONNECTIONS,
    reserve: RESERVED_CONNECTIONS,
    queueLimit: QUEUE_LIMIT,
  })
  private lastSuccessAt: Date | null = null
  private lastFailureAt: Date | null = null
  /** The success before the last one, for a response that turns out to be invalid. */
  private previousSuccessAt: Date | null = null

  constructor(private readonly options: UpstreamHttpOptions) {
    const { origin, clock, maxRetryAfterMs = MAX_RETRY_AFTER_MS, ca } = options
    this.breaker = new CircuitBreaker(clock)
    this.retryAfter = new RetryAfter(clock, maxRetryAfterMs)
    this.pool = new Pool(origin, {
      connections: MAX_CONNECTIONS,
      pipelining: 1,
      keepAliveTimeout: IDLE_CONNECTION_MS,
      // The request's deadline covers headers and body. A second timer could report the failure differently.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(ca === undefined ? {} : { connect: { ca: [...getCACertificates('default'), ca] } }),
    })
  }

  /**
   * Sends the request and returns the whole response, whatever its status. Decoding the body is left to the caller.
   *
   * @throws UpstreamTimeoutError, UpstreamUnreachableError, UpstreamCircuitOpenError, UpstreamOverloadedError,
   * UpstreamAbandonedError, CallsSpentError; UpstreamStatusError during the upstream's `Retry-After`; UpstreamFormatError for a body
   * that is too large or compressed
   */
  async send(httpRequest: HttpRequest): Promise<HttpResponse> {
    const { upstream, cloud } = this.options
    requestCallBudget()?.spend()
    const request = { upstream, cloud, operation: `${httpRequest.method} ${httpRequest.template}` }
    return observeCall(request, observed => this.sendObserved(httpRequest, request, observed))
  }

  private async sendObserved(
    httpRequest: HttpRequest,
    request: UpstreamRequest,
    observed: UpstreamCall,
  ): Promise<HttpResponse> {
    const isRead = httpRequest.method === 'GET'
    const deadlineMs = Math.min(httpRequest.deadlineMs ?? Number.POSITIVE_INFINITY, this.options.deadlineMs)
    // A write goes on when its caller disconnects.
    using deadline = new Deadline(deadlineMs, isRead ? requestSignal() : undefined)
    const call: Call = { httpRequest, request, deadline, observed }
    const retry = isRead ? this.options.retry : undefined
    const result = await this.sendWithRetries(call, retry).catch((error: Error) => error)
    observed.status = result instanceof Error ? null : result.status
    observed.outcome = callOutcomeOf(result, httpRequest.acceptedStatuses)
    this.noteHealth(result, httpRequest.acceptedStatuses)
    if (result instanceof Error) throw result
    return result
  }

  /** The upstream's health, without a request. */
  health(): UpstreamHealth {
    const { lastSuccessAt, lastFailureAt, retryAfter, bulkhead } = this
    const { upstream } = this.options
    const circuit = retryAfter.isOriginPaused() ? 'OPEN' : this.breaker.state
    const pausedUntil = retryAfter.pausedUntil()
    const { running, waiting } = bulkhead
    return { upstream, circuit, lastSuccessAt, lastFailureAt, pausedUntil, running, waiting }
  }

  /**
   * Runs what reads a complete response. An UpstreamFormatError of it is noted: the response could not be used.
   *
   * @throws what it throws
   */
  async reading<T>(read: () => T | Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (error instanceof UpstreamFormatError) {
        invalidResponses.publish(this.options.upstream)
        this.noteFailing()
      }
      throw error
    }
  }

  /** Notes that the last response, though complete, was no success: it cannot be used, or says that the server fails. */
  noteFailing(): void {
    this.lastSuccessAt = this.previousSuccessAt
    this.lastFailureAt = this.options.clock()
  }

  /** Closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.destroy()
  }

  private async sendWithRetries(call: Call, retry: RetryPolicy | undefined): Promise<HttpResponse | Error> {
    retry?.budget.earn()
    let result = await this.attempt(call, retry)
    for (let retries = 0; retry && retries < retry.maxRetries; retries++) {
      if (!isRetryable(result) || !(await this.waitToRetry(call, retries, retry))) break
      const next = await this.attempt(call, retry)
      // A failure of the upstream says more than a retry that was never sent.
      if (isNotSent(next)) break
      result = next
    }
    return result
  }

  /** Waits before a retry; false when the time or the budget does not allow one. */
  private async waitToRetry(call: Call, retries: number, retry: RetryPolicy): Promise<boolean> {
    const { deadline, request } = call
    const delayMs = retryDelayMs(retries, retry)
    if (delayMs >= deadline.left() || !this.retryAfter.allowsRetry(call) || !retry.budget.spend()) return false
    await deadline.within(retry.wait(delayMs, deadline.signal), request)
    return true
  }

  private async attempt(call: Call, retry: RetryPolicy | undefined): Promise<HttpResponse | Error> {
    const { deadline, request } = call
    try {
      // With an open circuit breaker, a wait would end in a refusal.
      const probe = await this.retryAfter.admit(call, this.breaker.state === 'CLOSED' ? retry : undefined)
      try {
        const waiter = { caller: callerName(), signal: deadline.signal, maxWaitMs: maxWaitMs(deadline) }
        const response = await deadline.within(
          this.bulkhead.execute(waiter, () => this.exchange(call)),
          request,
        )
        this.retryAfter.note(call, response)
        return response
      } finally {
        this.retryAfter.endProbe(probe)
      }
    } catch (error) {
      if (!(error instanceof BulkheadFullError)) return error as Error
      // A full queue takes about as long to empty as a request may wait in it.
      return new UpstreamOverloadedError(request, Math.ceil(deadline.ms / 2000))
    }
  }

  /** One exchange under the circuit breaker. */
  private async exchange(call: Call): Promise<HttpResponse> {
    const attempt = this.breaker.begin(this.breakerKey(call))
    if (!attempt) throw new UpstreamCircuitOpenError(call.request)
    call.observed.attempts++
    const startedAt = performance.now()
    let result: AttemptResult = 'ignored'
    try {
      const response = await exchange(this.pool, call, this.options.maxBodyBytes)
      result = response.status >= 500 ? 'failure' : 'success'
      return response
    } catch (error) {
      result = attemptResultOf(error, performance.now() - startedAt >= call.deadline.ms / 2)
      throw error
    } finally {
      this.breaker.end(attempt, result)
    }
  }

  private breakerKey({ httpRequest }: Call): unknown {
    if (CALLED_FOR_ITSELF.has(this.options.upstream)) return Symbol(httpRequest.template)
    return `${httpRequest.method} ${httpRequest.breakerKey ?? httpRequest.path}`
  }

  private noteHealth(result: HttpResponse | Error, acceptedStatuses: readonly number[] = []): void {
    // A body that the gateway refuses to read says nothing about the server, nor does a request that was not sent or not ended.
    if (isNotSent(result) || result instanceof UpstreamAbandonedError || result instanceof UpstreamFormatError) return
    if (result instanceof Error || (result.status >= 400 && ![404, ...acceptedStatuses].includes(result.status))) {
      this.lastFailureAt = this.options.clock()
      return
    }
    this.previousSuccessAt = this.lastSuccessAt
    this.lastSuccessAt = this.options.clock()
  }
}

/** How long a request may wait in the queue, in ms: until half of its deadline is over. */
function maxWaitMs(deadline: Deadline): number {
  return Math.max(0, deadline.left() - deadline.ms / 2)
}

/** @param hadTime whether the exchange had at least half of the deadline; the rest was spent in the gateway's own queue */
function attemptResultOf(error: unknown, hadTime: boolean): AttemptResult {
  if (error instanceof UpstreamUnreachableError) return 'failure'
  if (error instanceof UpstreamTimeoutError) return hadTime ? 'timeout' : 'ignored'
  // The upstream responded; that the gateway does not take the body concerns this request only.
  return error instanceof UpstreamFormatError ? 'success' : 'ignored'
}

function isRetryable(result: HttpResponse | Error): boolean {
  return result instanceof Error ? result instanceof UpstreamUnreachableError : isRetryableStatus(result.status)
}

/** True for a failure of the gateway's own policies: the upstream was not called. */
function isNotSent(result: unknown): boolean {
  return result instanceof UpstreamCircuitOpenError || result instanceof UpstreamOverloadedError
}
