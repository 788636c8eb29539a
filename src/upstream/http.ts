import { getCACertificates } from 'node:tls'
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
} from 'cockatiel'
import { type Dispatcher, Pool } from 'undici'
import type { Clock } from './clock.js'
import {
  UpstreamCircuitOpenError,
  UpstreamFormatError,
  type UpstreamName,
  UpstreamNotFoundError,
  type UpstreamRequest,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from './errors.js'
import { holdDecoders } from './off-thread.js'

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

/** Makes something of an answer, whatever its status; throws an UpstreamError where nothing can be made of it. */
export type ReadAnswer<T> = (answer: HttpAnswer, asked: UpstreamRequest) => T | Promise<T>

/** A complete answer, whatever its status. */
export interface HttpAnswer {
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
  /** Scheme, host and port. */
  readonly origin: string
  /** For one exchange, from the call to the last byte. */
  readonly deadlineMs: number
  /** Of an answer's body. */
  readonly maxBodyBytes: number
  readonly clock: Clock
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** What is known of an upstream's health without asking it. */
export interface UpstreamHealth {
  readonly circuit: 'CLOSED' | 'HALF_OPEN' | 'OPEN'
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
}

/** Failures in a row that open the circuit, and how long it then stays open. */
const FAILURES_TO_OPEN = 5
const OPEN_MS = 5_000

const IDLE_CONNECTION_MS = 4_000
const MAX_CONNECTIONS = 16

/**
 * Exchanges with one upstream origin: a deadline for the whole exchange, a bound on the body, a circuit breaker. It
 * follows no redirect, decodes no compression and repeats nothing.
 */
export class UpstreamHttp implements AsyncDisposable {
  private readonly pool: Pool
  private readonly decoders = holdDecoders()
  private readonly breaker: CircuitBreakerPolicy
  private lastSuccessAt: Date | null = null
  private lastFailureAt: Date | null = null

  constructor(private readonly options: UpstreamHttpOptions) {
    this.pool = new Pool(options.origin, {
      connections: MAX_CONNECTIONS,
      pipelining: 1,
      keepAliveTimeout: IDLE_CONNECTION_MS,
      // The deadline of the exchange covers both; a timer beside it could name the failure otherwise.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(options.ca === undefined ? {} : { connect: { ca: [...getCACertificates('default'), options.ca] } }),
    })
    this.breaker = circuitBreaker(
      handleAll.orWhenResult(answer => (answer as HttpAnswer).status >= 500),
      { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
    )
  }

  /**
   * Sends the request, reads the whole answer and makes something of it. What it throws counts against the upstream's health,
   * save that a record is not there.
   *
   * @throws what `read` throws, and UpstreamTimeoutError, UpstreamUnreachableError, UpstreamCircuitOpenError;
   * UpstreamFormatError for a body that is too large or compressed
   */
  async ask<T>(request: HttpRequest, read: ReadAnswer<T>): Promise<T> {
    const asked: UpstreamRequest = {
      upstream: this.options.upstream,
      operation: `${request.method} ${request.template}`,
    }
    try {
      const value = await read(await this.breaker.execute(() => this.exchange(request, asked)), asked)
      this.lastSuccessAt = this.options.clock()
      return value
    } catch (error) {
      if (isBrokenCircuitError(error)) throw new UpstreamCircuitOpenError(asked)
      if (error instanceof UpstreamNotFoundError) this.lastSuccessAt = this.options.clock()
      else this.lastFailureAt = this.options.clock()
      throw error
    }
  }

  /** What the last exchanges showed. */
  health(): UpstreamHealth {
    const { lastSuccessAt, lastFailureAt } = this
    return { circuit: toCircuit(this.breaker.state), lastSuccessAt, lastFailureAt }
  }

  /** Cuts all connections. The threads that decode end with the last of these. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.destroy()
    await this.decoders[Symbol.asyncDispose]()
  }

  private async exchange(request: HttpRequest, asked: UpstreamRequest): Promise<HttpAnswer> {
    const { maxBodyBytes } = this.options
    const deadlineMs = Math.min(request.deadlineMs ?? Number.POSITIVE_INFINITY, this.options.deadlineMs)
    const signal = AbortSignal.timeout(deadlineMs)
    try {
      const answer = await this.pool.request({
        method: request.method,
        path: request.path,
        headers: { ...request.headers, 'accept-encoding': 'identity' },
        body: request.body ?? null,
        signal,
      })
      const headers = firstValues(answer.headers)
      if (isCompressed(headers)) {
        // Unread, it would keep its connection from the others until the deadline.
        answer.body.on('error', () => {}).destroy()
        throw new UpstreamFormatError('it is compressed', asked)
      }
      return {
        status: answer.statusCode,
        headers,
        contentType: (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
        body: await readBody(answer.body, maxBodyBytes, asked),
      }
    } catch (error) {
      if (error instanceof UpstreamFormatError) throw error
      if (signal.aborted) throw new UpstreamTimeoutError(deadlineMs, asked, error)
      throw new UpstreamUnreachableError(asked, error)
    }
  }
}

function firstValues(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const single: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) single[name.toLowerCase()] = first
  }
  return single
}

/** We ask for none; an answer that is compressed all the same could inflate beyond any bound. */
function isCompressed(headers: Record<string, string>): boolean {
  return (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity'
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  asked: UpstreamRequest,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += (chunk as Uint8Array).byteLength
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new UpstreamFormatError(`it is longer than ${maxBytes} bytes`, asked)
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}

function toCircuit(state: CircuitState): UpstreamHealth['circuit'] {
  if (state === CircuitState.Closed) return 'CLOSED'
  return state === CircuitState.HalfOpen ? 'HALF_OPEN' : 'OPEN'
}
