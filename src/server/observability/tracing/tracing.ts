import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout } from 'node:timers/promises'
import type { ApolloServerPlugin } from '@apollo/server'
import { ROOT_CONTEXT, type Span, SpanKind, type Tracer as SpanSource, SpanStatusCode, trace } from '@opentelemetry/api'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { GraphqlContext } from '../../graphql/graphql-context.js'
import type { GraphqlHandler } from '../../graphql/handler.js'
import { cacheOutcomeOf, codesOf } from '../request-log.js'
import { readTraceparent } from '../traceparent.js'
import type { Tracer } from '../tracer.js'
import { recordCalls } from './call-spans.js'
import { LoggedExporter } from './exporter.js'
import { contextOf, instrumentFields } from './field-spans.js'
import { frameOf, nowMs, type SpanFrame } from './span-frame.js'
import type { TracingSettings } from './tracing-settings.js'

const CLOSE_MS = 2_000

/**
 * Records requests as OpenTelemetry traces: the request, its operation, the fields that read a cache or call an upstream, these reads
 * and calls. Attributes are names from the schema, path templates, outcomes and counts: no argument, credential, amount or caller.
 */
export function startTracing(settings: TracingSettings, version: string, logger: Logger): Tracer {
  const named = resourceFromAttributes({ 'service.name': 'billgraph', 'service.version': version })
  const provider = new TracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(settings),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new LoggedExporter(logger), scheduledDelayMillis: settings.delayMs }),
    ],
  })
  const spans = provider.getTracer('billgraph', version)
  const active = new AsyncLocalStorage<SpanFrame | undefined>()
  const requests = new WeakMap<FastifyRequest, Span>()
  const operations = new WeakMap<object, SpanFrame>()
  const end = recordCalls(spans, active)
  return {
    trace: handler => traced(handler, { spans, active, requests, ratio: settings.ratio }),
    observeResponse: (request, { statusCode }) => {
      const span = requests.get(request)
      if (!span) return
      span.setAttribute('http.response.status_code', statusCode)
      if (request.report) span.setAttribute('billgraph.operation_cache', cacheOutcomeOf(request))
      endWith(span, codesOf(request), statusCode >= 500)
    },
    plugin: operationSpans(spans, active, operations),
    instrument: schema => instrumentFields(schema, { spans, active, operationOf: context => operations.get(context) }),
    close: async () => {
      end()
      await Promise.race([provider.shutdown().catch(() => {}), setTimeout(CLOSE_MS, undefined, { ref: false })])
    },
  }
}

/** Decides on requests with a `traceparent`, and records the others: `traced` has already decided on those. */
function samplerOf({ ratio, isParentBased }: TracingSettings): Sampler {
  const root = new AlwaysOnSampler()
  if (isParentBased) return new ParentBasedSampler({ root })
  const byTraceId = new TraceIdRatioBasedSampler(ratio)
  return new ParentBasedSampler({ root, remoteParentSampled: byTraceId, remoteParentNotSampled: byTraceId })
}

interface RequestSpans {
  readonly spans: SpanSource
  readonly active: AsyncLocalStorage<SpanFrame | undefined>
  readonly requests: WeakMap<FastifyRequest, Span>
  /** The share of the requests without a `traceparent` that are recorded. */
  readonly ratio: number
}

function traced(handler: GraphqlHandler, { spans, active, requests, ratio }: RequestSpans): GraphqlHandler {
  return (request, reply) => {
    const { method, routeOptions, raw } = request
    const parent = readTraceparent(raw.headers.traceparent)
    // A trace id would be as random. Without one, and without a span, a request that is not recorded costs nothing.
    if (parent === null && Math.random() >= ratio) return handler(request, reply)
    const context = parent
      ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, traceFlags: parent.flags, isRemote: true })
      : ROOT_CONTEXT
    const route = routeOptions.url ?? ''
    const attributes = { 'http.request.method': method, 'http.route': route }
    const startTime = nowMs() - reply.elapsedTime
    const span = spans.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, startTime, attributes }, context)
    if (!span.isRecording()) return handler(request, reply)
    requests.set(request, span)
    request.traceId = span.spanContext().traceId
    return active.run(frameOf(span), () => handler(request, reply))
  }
}

/** Apollo plugin that records operations which run in a recorded request. */
function operationSpans(
  spans: SpanSource,
  active: AsyncLocalStorage<SpanFrame | undefined>,
  operations: WeakMap<object, SpanFrame>,
): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async ({ contextValue }) => {
      const parent = active.getStore()
      if (!parent) return undefined
      const span = spans.startSpan('graphql', { startTime: nowMs() }, contextOf(parent.span()))
      operations.set(contextValue, frameOf(span))
      return {
        willSendResponse: async () => {
          const { name, type, cost, codes } = contextValue.cachePolicy.report
          if (type !== null) span.updateName(name === null ? type : `${type} ${name}`)
          if (type !== null) span.setAttribute('graphql.operation.type', type)
          if (name !== null) span.setAttribute('graphql.operation.name', name)
          if (cost !== null) span.setAttribute('billgraph.cost', cost)
          endWith(span, codes, codes.length > 0)
        },
      }
    },
  }
}

function endWith(span: Span, codes: readonly string[], isFailure: boolean): void {
  if (codes.length > 0) span.setAttribute('billgraph.error_codes', [...codes])
  if (isFailure) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(nowMs())
}
