import { getCACertificates } from 'node:tls'
import { Pool } from 'undici'
import { Bulkhead, BulkheadFullError } from '../../request/bulkhead.js'
import type { Clock } from '../../request/clock.js'
import { callerName, requestCallBudget, requestSignal } from '../../request/request-context.js'
import { holdDecoders } from '../decoding/worker-pool.js'
import { CircuitBreaker, CircuitOpenError } from './circuit-breaker.js'
import { Deadline } from './deadline.js'
import {
  UpstreamAbandonedError,
  UpstreamCircuitOpenError,
  type UpstreamName,
  UpstreamOverloadedError,
  type UpstreamRequest,
} from './errors.js'
import { exchange } from './exchange.js'
import { type HedgedWork, hedge } from './hedge.js'
import { isNotNow, isPassing, pauseBefore, type RetryPolicy } from './retry.js'
import { RetryAfter } from './retry-after.js'

/** One request to an upstream. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** The path template, for errors and logs: `/api/invoices/{id}.xml`. */
  readonly template: string
  /** Path and query as sent. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Where it is shorter than the origin's own. */
  readonly deadlineMs?: number
}

/** A complete response, whatever its status. */
export interface HttpResponse {
  /** What it answers, for errors. */
  readonly request: UpstreamRequest
  readonly status: number
  /** Names in lower case; of repeated headers the first. */
  readonly headers: Readonly<Record<string, string>>
  /** Without parameters, in lower case; '' when not stated. */
  readonly contentType: string
  readonly body: Uint8Array
}

/** How one origin is spoken to. */
export interface UpstreamHttpOptions {
  readonly upstream: UpstreamName
  /** The cloud that it belongs to, where there are several. */
  readonly cloud?: string | undefined
  /** Scheme, host and port. */
  readonly origin: string
  /** For one question, from the call to the last byte, however often it is tried. */
  readonly deadlineMs: number
  /** Of an answer's body. */
  readonly maxBodyBytes: number
  readonly clock: Clock
  /** How reads are repeated; left out, nothing is. */
  readonly retry?: RetryPolicy | undefined
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** What is known of an upstream's health without asking it. */
export interface UpstreamHealth {
  readonly circuit: CircuitBreaker['state']
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
}

const IDLE_CONNECTION_MS = 4_000
const MAX_CONNECTIONS = 16
/** Connections that one caller cannot take: when all its calls hang, the others get through. */
const RESERVED_CONNECTIONS = 4
/** Calls that may wait for a connection. The deadline of each bounds its wait. */
const QUEUE_LIMIT = 1_000

/**
 * Questions to one upstream origin, under one policy: a deadline for the whole question, which ends early when its caller
 * leaves; repetition of reads within a budget; a circuit breaker; a bounded queue, in which callers take turns; a bound on the body.
 */
export class UpstreamHttp implements AsyncDisposable {
  private readonly pool: Pool
  private readonly decoders = holdDecoders()
  private readonly circuit = new CircuitBreaker(answer => (answer as HttpResponse).status >= 500)
  private readonly bulkhead = new Bulkhead({
    permits: MAX_CONNECTIONS,
    reserve: RESERVED_CONNECTIONS,
    queueLimit: QUEUE_LIMIT,
  })
  private lastSuccessAt: Date | null = null
  private lastFailureAt: Date | null = null
  private readonly peace: RetryAfter

  constructor(private readonly options: UpstreamHttpOptions) {
    this.peace = new RetryAfter(options.clock)
    this.pool = new Pool(options.origin, {
      connections: MAX_CONNECTIONS,
      pipelining: 1,
      keepAliveTimeout: IDLE_CONNECTION_MS,
      // The deadline of the question covers both; a timer beside it could name the failure otherwise.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(options.ca === undefined ? {} : { connect: { ca: [...getCACertificates('default'), options.ca] } }),
    })
  }

  /**
   * Sends the request and returns the whole response, whatever its status. A response says that the upstream is there, unless its
   * status is 5xx; what its body holds is for the caller to decode.
   *
   * @throws UpstreamTimeoutError, UpstreamUnreachableError, UpstreamCircuitOpenError, UpstreamOverloadedError,
   * UpstreamAbandonedError, CallsSpentError; UpstreamStatusError during the upstream's `Retry-After`; UpstreamFormatError for a body
   * that is too large or compressed
   */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const { upstream, cloud, clock } = this.options
    const asked: UpstreamRequest = { upstream, cloud, operation: `${request.method} ${request.template}` }
    requestCallBudget()?.spend()
    const deadlineMs = Math.min(request.deadlineMs ?? Number.POSITIVE_INFINITY, this.options.deadlineMs)
    // A write goes on when its caller disconnects.
    const deadline = new Deadline(deadlineMs, request.method === 'GET' ? requestSignal() : undefined)
    try {
      const answer = await this.tryUntilAnswered(request, deadline, asked)
      if (answer.status < 500) this.lastSuccessAt = clock()
      else this.lastFailureAt = clock()
      return answer
    } catch (error) {
      if (!isNotAsked(error) && !(error instanceof UpstreamAbandonedError)) this.lastFailureAt = clock()
      throw error
    }
  }

  /** What the last exchanges showed. */
  health(): UpstreamHealth {
    const { lastSuccessAt, lastFailureAt } = this
    return { circuit: this.circuit.state, lastSuccessAt, lastFailureAt }
  }

  /** Cuts all connections. The threads that decode end with the last of these. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.destroy()
    await this.decoders[Symbol.asyncDispose]()
  }

  private async tryUntilAnswered(
    request: HttpRequest,
    deadline: Deadline,
    asked: UpstreamRequest,
  ): Promise<HttpResponse> {
    const retry = request.method === 'GET' ? this.options.retry : undefined
    retry?.budget.earn()
    let last: HttpResponse | Error | undefined
    for (let repetition = 0; ; repetition++) {
      // Where the circuit is open, nobody waits for what would then not be asked.
      const isOpen = this.circuit.state !== 'CLOSED'
      await this.peace.keep(isOpen ? undefined : retry, deadline, asked)
      const mayHedge = !isOpen && repetition === 0
      const tried = await this.tryOnce(request, deadline, asked, mayHedge ? retry : undefined).catch(
        (error: Error) => error,
      )
      // What went wrong says more than that it is not tried again.
      last = last !== undefined && isNotAsked(tried) ? last : tried
      if (retry && (await this.mayTryAgain(tried, repetition, retry, deadline, asked))) continue
      if (last instanceof Error) throw last
      return last
    }
  }

  /** One exchange in its turn, and another beside it where that is slow; what the upstream says of its patience is noted. */
  private async tryOnce(
    request: HttpRequest,
    deadline: Deadline,
    asked: UpstreamRequest,
    retry: RetryPolicy | undefined,
  ): Promise<HttpResponse> {
    const { maxBodyBytes } = this.options
    const once: HedgedWork<HttpResponse> = (given, begun) => {
      const signal = AbortSignal.any([deadline.signal, given])
      const until = { signal, error: deadline.error.bind(deadline) }
      const send = (): Promise<HttpResponse> => {
        begun()
        return exchange(this.pool, request, { until, maxBodyBytes }, asked)
      }
      return this.bulkhead.execute({ caller: callerName(), signal }, () => this.circuit.execute(send))
    }
    try {
      const answer = await deadline.within(this.hedged(once, retry), asked)
      this.peace.note(answer)
      return answer
    } catch (error) {
      if (error instanceof CircuitOpenError) throw new UpstreamCircuitOpenError(asked)
      if (error instanceof BulkheadFullError) throw new UpstreamOverloadedError(asked)
      throw error
    }
  }

  private hedged(once: HedgedWork<HttpResponse>, retry: RetryPolicy | undefined): Promise<HttpResponse> {
    const { hedgeAfterMs: afterMs, wait, budget } = retry ?? {}
    if (afterMs === undefined || !wait || !budget) return once(new AbortController().signal, () => {})
    return hedge(once, { afterMs, wait, mayBegin: () => budget.spend() })
  }

  /** Waits a little, where what was tried may work next time and neither time nor budget forbid it. */
  private async mayTryAgain(
    tried: HttpResponse | Error,
    repetition: number,
    retry: RetryPolicy,
    deadline: Deadline,
    asked: UpstreamRequest,
  ): Promise<boolean> {
    const isWorthIt = tried instanceof Error ? isPassing(tried) : isNotNow(tried.status)
    const pauseMs = pauseBefore(repetition, retry)
    if (!isWorthIt || repetition >= retry.maxRetries || pauseMs >= deadline.left()) return false
    if (!this.peace.allowsWithin(deadline) || !retry.budget.spend()) return false
    await deadline.within(retry.wait(pauseMs, deadline.signal), asked)
    return true
  }
}

/** True of a failure that says nothing of the upstream's present health: it was not asked at all. */
function isNotAsked(error: unknown): boolean {
  return error instanceof UpstreamCircuitOpenError || error instanceof UpstreamOverloadedError
}
