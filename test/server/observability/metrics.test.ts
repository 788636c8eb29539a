import { AggregatorRegistry } from 'prom-client'
import { expect, it } from 'vitest'
import { createMetrics } from '../../../src/server/observability/metrics.js'

it('the metrics of several processes have the worst delay of an event loop, since a mean hides one that hangs', async () => {
  using metrics = createMetrics({ version: '1', trustedDocuments: null })
  const answers = [2, 0.01].map(async seconds => {
    const all = await metrics.registry.getMetricsAsJSON()
    return all.map(metric =>
      metric.name.startsWith('nodejs_eventloop_lag') ? { ...metric, values: [{ value: seconds, labels: {} }] } : metric,
    )
  })
  const text = await AggregatorRegistry.aggregate(await Promise.all(answers)).metrics()
  const delays = [...text.matchAll(/^nodejs_eventloop_lag_(\w+?)_?seconds (.*)$/gm)].map(([, name, value]) => [
    name,
    value,
  ])
  expect(Object.fromEntries(delays)).toMatchObject({ min: '0.01', max: '2', mean: '2', p50: '2', p99: '2' })
})
