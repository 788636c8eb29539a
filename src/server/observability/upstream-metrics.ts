import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Counter, Histogram, type Registry } from 'prom-client'
import {
  type CacheRead,
  cacheReads,
  invalidResponses,
  type SharedRead,
  sharedReads,
  type UpstreamCall,
  upstreamCalls,
} from '../../request/observation.js'
import type { BillingSystems } from '../../upstream/billing-systems.js'

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60]

/** Metrics of upstream calls and of the caches in front of them; disposing ends the observation. */
export interface UpstreamMetrics extends Disposable {
  /** Shows 0 for what cannot have happened yet: Prometheus takes a series that begins with 3 for no increase. */
  watch(systems: BillingSystems): void
}

/** Starts to observe upstream calls and cache reads. */
export function upstreamMetrics(registry: Registry): UpstreamMetrics {
  const registers = [registry]
  const calls = new Counter({
    name: 'billgraph_upstream_calls_total',
    help: 'Calls to an upstream by method and path template, and how they ended. A call with its retries counts once.',
    labelNames: ['upstream', 'operation', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'billgraph_upstream_call_duration_seconds',
    help: 'Time of calls to an upstream, with their wait for a connection and their retries.',
    labelNames: ['upstream'],
    buckets: SECONDS,
    registers,
  })
  const retries = new Counter({
    name: 'billgraph_upstream_retries_total',
    help: 'Requests that repeated a failed one.',
    labelNames: ['upstream'],
    registers,
  })
  const invalid = new Counter({
    name: 'billgraph_upstream_invalid_responses_total',
    help: 'Complete responses that could not be used: what they hold is not what the upstream documents.',
    labelNames: ['upstream'],
    registers,
  })
  const reads = new Counter({
    name: 'billgraph_response_cache_reads_total',
    help: 'Reads of the response cache by kind of response and outcome. stale: the upstream failed, and an older value was served.',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const shared = new Counter({
    name: 'billgraph_shared_store_reads_total',
    help: 'Reads of the store that replicas share. failed: it did not respond in time, or is not used for some seconds after that.',
    labelNames: ['outcome'],
    registers,
  })
  const onCall = (message: unknown): void => {
    const { upstream, operation, outcome, attempts, ms } = message as UpstreamCall
    calls.inc({ upstream, operation, outcome: outcome ?? 'unreachable' })
    durations.observe({ upstream }, ms / 1000)
    if (attempts > 1) retries.inc({ upstream }, attempts - 1)
  }
  const onRead = (message: unknown): void => {
    const { kind, outcome } = message as CacheRead
    reads.inc({ kind, outcome })
  }
  const observers = [
    [upstreamCalls.asyncStart.name, onCall],
    [cacheReads.asyncStart.name, onRead],
    [sharedReads.name, (message: unknown) => shared.inc({ outcome: (message as SharedRead).outcome })],
    [invalidResponses.name, (upstream: unknown) => invalid.inc({ upstream: String(upstream) })],
  ] as const
  for (const [name, observer] of observers) subscribe(name, observer)
  return {
    watch: ({ catalyst, threescale }) => {
      const upstreams = [...(catalyst ? ['keystone', 'catalyst'] : []), ...(threescale ? ['threescale'] : [])]
      for (const upstream of upstreams) invalid.inc({ upstream }, 0)
    },
    [Symbol.dispose]: () => {
      for (const [name, observer] of observers) unsubscribe(name, observer)
    },
  }
}
