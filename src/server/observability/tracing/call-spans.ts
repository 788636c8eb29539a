import type { AsyncLocalStorage } from 'node:async_hooks'
import type { TracingChannel } from 'node:diagnostics_channel'
import { type Attributes, type Span, SpanKind, type Tracer as SpanSource, SpanStatusCode } from '@opentelemetry/api'
import { type CacheRead, cacheReads, type UpstreamCall, upstreamCalls } from '../../../request/observation.js'
import { contextOf } from './field-spans.js'
import { frameOf, nowMs, type SpanFrame } from './span-frame.js'

/** How an event on a channel is recorded. */
interface Recorded<E extends object> {
  readonly name: (event: E) => string
  readonly kind: SpanKind
  /** Read at the end. */
  readonly attributes: (event: E) => Attributes
  readonly isFailure: (event: E) => boolean
}

const UPSTREAM_CALL: Recorded<UpstreamCall> = {
  name: ({ upstream, operation }) => `${upstream} ${operation}`,
  kind: SpanKind.CLIENT,
  attributes: ({ upstream, operation, attempts, outcome, status }) => {
    const [method = '', template = ''] = operation.split(' ', 2)
    return {
      'billgraph.upstream': upstream,
      'http.request.method': method,
      'url.template': template,
      'billgraph.outcome': outcome ?? 'unreachable',
      ...(status !== null && { 'http.response.status_code': status }),
      ...(attempts > 1 && { 'http.request.resend_count': attempts - 1 }),
    }
  },
  isFailure: ({ outcome }) => outcome !== 'ok' && outcome !== 'not_found',
}

const CACHE_READ: Recorded<CacheRead> = {
  name: ({ kind }) => `cache ${kind}`,
  kind: SpanKind.INTERNAL,
  attributes: ({ kind, outcome }) => ({ 'billgraph.cache.kind': kind, 'billgraph.cache.outcome': outcome }),
  isFailure: ({ outcome }) => outcome === 'failed',
}

/** Records upstream calls and cache reads that happen in a frame. @returns a function that ends it */
export function recordCalls(spans: SpanSource, active: AsyncLocalStorage<SpanFrame | undefined>): () => void {
  const ends = [record(upstreamCalls, UPSTREAM_CALL), record(cacheReads, CACHE_READ)]
  return () => {
    for (const end of ends) end()
  }

  function record<E extends object>(
    channel: TracingChannel<E, unknown>,
    { name, kind, ...at }: Recorded<E>,
  ): () => void {
    const started = new WeakMap<E, Span>()
    channel.start.bindStore(active, (event: E) => {
      const parent = active.getStore()
      if (!parent) return undefined
      const span = spans.startSpan(name(event), { kind, startTime: nowMs() }, contextOf(parent.span()))
      started.set(event, span)
      return frameOf(span)
    })
    const end = (event: E): void => {
      const span = started.get(event)
      if (!span) return
      span.setAttributes(at.attributes(event))
      if (at.isFailure(event)) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(nowMs())
    }
    const listener = (message: unknown): void => end(message as E)
    channel.asyncStart.subscribe(listener)
    return () => {
      channel.start.unbindStore(active)
      channel.asyncStart.unsubscribe(listener)
    }
  }
}
