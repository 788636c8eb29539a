import type { Worker } from 'node:cluster'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client'

type Metrics = MetricObjectWithValues<MetricValue<string>>[]

const QUESTION = 'billgraph: metrics'

interface Answer {
  readonly question: typeof QUESTION
  readonly metrics: Metrics
}

/** A worker that takes longer is left out: the others are needed most when one hangs. */
const TIMEOUT_MS = 1_000

/** Lets the process that started this worker read its metrics. */
export function answerMetrics(registry: Registry): void {
  process.on('message', async message => {
    if (message !== QUESTION) return
    const metrics = (await registry.getMetricsAsJSON()) as Metrics
    // The channel is closed when the other process has ended.
    if (process.connected) process.send?.({ question: QUESTION, metrics } satisfies Answer)
  })
}

/** The metrics of the workers together, in Prometheus' text format. Prom-client asks those too that do not answer yet. */
export async function workersMetricsText(workers: readonly Worker[]): Promise<string> {
  const answers = await Promise.all(workers.map(ask))
  return AggregatorRegistry.aggregate(answers.filter(metrics => metrics !== null)).metrics()
}

function ask(worker: Worker): Promise<Metrics | null> {
  const { promise, resolve } = Promise.withResolvers<Metrics | null>()
  const onMessage = (message: Answer): void => {
    if (message?.question === QUESTION) resolve(message.metrics)
  }
  const timeout = setTimeout(resolve, TIMEOUT_MS, null)
  worker.on('message', onMessage)
  worker.send(QUESTION, error => error && resolve(null))
  return promise.finally(() => {
    clearTimeout(timeout)
    worker.off('message', onMessage)
  })
}
