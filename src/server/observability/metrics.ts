import { parse } from 'graphql'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { TrustedDocuments } from '../graphql/trusted-documents.js'
import { type GaugeSources, registerGauges } from './gauges.js'
import { OperationNames } from './operation-names.js'
import type { ResponseObserver } from './request-log.js'
import { requestMetrics } from './request-metrics.js'
import { upstreamMetrics } from './upstream-metrics.js'

/** The metrics of this process. None of them has a caller or a customer in a label. */
export interface Metrics extends Disposable {
  readonly registry: Registry
  readonly observeResponse: ResponseObserver
  /** Adds what is read from the running server whenever metrics are asked for. */
  watch(sources: GaugeSources): void
  /** Prometheus' text format, version 0.0.4. */
  metricsText(): Promise<string>
}

/** What the metrics of a process are made of. */
export interface MetricsOptions {
  readonly version: string
  readonly trustedDocuments: TrustedDocuments | null
}

/** Starts to collect metrics. */
export function createMetrics({ version, trustedDocuments }: MetricsOptions): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  // Of several workers the worst is shown: a mean hides one that hangs.
  for (const metric of registry.getMetricsAsArray())
    if (/^nodejs_eventloop_lag.*(?<!_min)_seconds$/.test(metric.name)) metric.aggregator = 'max'
  new Gauge({
    name: 'billgraph_build_info',
    help: 'Always 1; its labels are the versions of Billgraph and of Node.js.',
    labelNames: ['version', 'node'],
    aggregator: 'first',
    registers: [registry],
  }).set({ version, node: process.version }, 1)
  const observeResponse = requestMetrics(registry, new OperationNames(trustedNames(trustedDocuments)))
  const upstreams = upstreamMetrics(registry)
  return {
    registry,
    observeResponse,
    watch: sources => {
      upstreams.watch(sources.systems)
      registerGauges(registry, sources)
    },
    metricsText: () => registry.metrics(),
    [Symbol.dispose]: () => {
      upstreams[Symbol.dispose]()
      registry.clear()
    },
  }
}

/** The names of the operations in trusted documents. */
function trustedNames(trusted: TrustedDocuments | null): ReadonlySet<string> {
  const texts = [...(trusted?.documents.values() ?? [])]
  const definitions = texts.flatMap(text => parse(text).definitions)
  return new Set(definitions.flatMap(one => (one.kind === 'OperationDefinition' ? (one.name?.value ?? []) : [])))
}
