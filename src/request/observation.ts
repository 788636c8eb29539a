import { channel, type TracingChannel, tracingChannel } from 'node:diagnostics_channel'
import { requestRecord } from './request-context.js'

/** How a call to an upstream ended: with a status, or with an error of the gateway's own policies. */
export type CallOutcome =
  | 'ok'
  | 'not_found'
  | 'denied'
  | 'rate_limited'
  | 'client_error'
  | 'server_error'
  | 'timeout'
  | 'unreachable'
  | 'invalid'
  | 'circuit_open'
  | 'overloaded'
  | 'abandoned'
  | 'not_sent'

/** One call to an upstream, with its retries. */
export interface UpstreamCall {
  /** `threescale` */
  readonly upstream: string
  /** Method and path template, without any id: `GET /api/invoices/{id}.xml`. */
  readonly operation: string
  /** Requests that were sent: more than 1 with retries, 0 when none was let through. */
  attempts: number
  /** Set at the end. */
  outcome: CallOutcome | null
  /** The HTTP status of the last response; null without one. */
  status: number | null
  /** From the call to the last byte, with its time in the queue and its retries; set at the end. */
  ms: number
}

/**
 * What a read of the response cache found: a fresh value, one that is refreshed in the background, one that is served because the
 * upstream fails, or none. `failed` when there was none and the upstream failed.
 */
export type ReadOutcome = 'hit' | 'revalidating' | 'stale' | 'miss' | 'failed'

/** One read of the response cache. */
export interface CacheRead {
  /** `threescale-invoices` */
  readonly kind: string
  /** Set at the end. */
  outcome: ReadOutcome
}

/** A read of the store that replicas share. */
export interface SharedRead {
  /** `failed` also while a store that fails is not used. */
  readonly outcome: 'hit' | 'miss' | 'failed'
}

/** Observers of upstream calls subscribe here. Without any, nothing but the request's own record is written. */
export const upstreamCalls = tracingChannel<UpstreamCall, unknown>('billgraph:upstream-call')

/** Observers of reads of the response cache subscribe here. */
export const cacheReads = tracingChannel<CacheRead, unknown>('billgraph:cache-read')

/** Carries a `SharedRead` for each read of the shared store. */
export const sharedReads = channel('billgraph:shared-read')

/** Carries the name of an upstream whose response was complete and could not be used. */
export const invalidResponses = channel('billgraph:invalid-response')

/** Runs a call to an upstream, which sets its own outcome, and notes it in the record of the present request. */
export async function observeCall<T>(
  { upstream, operation }: Pick<UpstreamCall, 'upstream' | 'operation'>,
  work: (call: UpstreamCall) => Promise<T>,
): Promise<T> {
  const call: UpstreamCall = { upstream, operation, attempts: 0, outcome: null, status: null, ms: 0 }
  const startedAt = performance.now()
  return traced(upstreamCalls, call, work, () => {
    call.ms = performance.now() - startedAt
    requestRecord()?.addCall(call)
  })
}

/** Runs a read of the response cache, which sets its own outcome, and notes it in the record of the present request. */
export async function observeRead<T>(kind: string, work: (read: CacheRead) => Promise<T>): Promise<T> {
  const read: CacheRead = { kind, outcome: 'failed' }
  return traced(cacheReads, read, work, () => requestRecord()?.addRead(read))
}

/** The channel puts what its work returns into the event. That would be a whole response, so the work returns nothing. */
async function traced<E extends object, T>(
  tracing: TracingChannel<E, unknown>,
  event: E,
  work: (event: E) => Promise<T>,
  end: () => void,
): Promise<T> {
  let value: T | undefined
  const run = async (): Promise<void> => {
    try {
      value = await work(event)
    } finally {
      end()
    }
  }
  await tracing.tracePromise(run, event)
  return value as T
}
