import { Counter, Histogram, type Registry } from 'prom-client'
import type { OperationNames } from './operation-names.js'
import { cacheOutcomeOf, codesOf, type ResponseObserver } from './request-log.js'

/** Label of requests without a valid operation, and of paths without a route. */
const NONE = 'none'

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Metrics of HTTP requests and of their operations. */
export function requestMetrics(registry: Registry, names: OperationNames): ResponseObserver {
  const registers = [registry]
  const requests = new Counter({
    name: 'billgraph_http_requests_total',
    help: 'Responses by route and HTTP status. 499: the client disconnected before the response.',
    labelNames: ['route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'billgraph_operation_duration_seconds',
    help: 'Time from the arrival of a request to the last byte of its response, by operation name.',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers,
  })
  const errors = new Counter({
    name: 'billgraph_errors_total',
    help: 'Responses with an error of this code, by operation name. Operation none: refused before there was one, or an export.',
    labelNames: ['operation', 'code'],
    registers,
  })
  const cost = new Counter({
    name: 'billgraph_operation_cost_total',
    help: 'Cost points of operations, those served from the operation cache included.',
    labelNames: ['operation'],
    registers,
  })
  const cached = new Counter({
    name: 'billgraph_operation_cache_reads_total',
    help: 'Operations by where their response came from: hit, coalesced with a concurrent request, or miss.',
    labelNames: ['outcome'],
    registers,
  })
  return (request, reply) => {
    const { report, routeOptions } = request
    requests.inc({ route: routeOptions.url ?? NONE, status: reply.statusCode })
    // Only a valid operation has a type: a name in an invalid document makes no series.
    const operation = report && report.type !== null ? names.labelOf(report.name) : NONE
    for (const code of codesOf(request)) errors.inc({ operation, code })
    if (!report) return
    durations.observe({ operation }, reply.elapsedTime / 1000)
    cached.inc({ outcome: cacheOutcomeOf(request) })
    if (report.cost !== null) cost.inc({ operation }, report.cost)
  }
}
