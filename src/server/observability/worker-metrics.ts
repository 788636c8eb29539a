import type { Worker } from 'node:cluster'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client'

type Metrics = MetricObjectWithValues<MetricValue<string>>[]

const QUESTION = 'billgraph: metrics'

interface Answer {
  readonly question: typeof QUESTION
  readonly metrics: Metrics
}

/**
 * For a worker that takes longer, its last answer stands: the others are needed most when one hangs. A worker whose journal does not
 * respond takes up to two seconds to say so, and Prometheus waits for ten.
 */
const TIMEOUT_MS = 5_000

/** Lets the process that started this worker read its metrics. */
export function answerMetrics(registry: Registry): void {
  process.on('message', async message => {
    if (message !== QUESTION) return
    const metrics = (await registry.getMetricsAsJSON()) as Metrics
    // The channel is closed when the other process has ended.
    if (process.connected) process.send?.({ question: QUESTION, metrics } satisfies Answer)
  })
}

/** The metrics of workers together. A counter does not fall when a worker is late or dies: Prometheus would take that for a restart. */
export class WorkersMetrics {
  /** By the worker's id, which no other worker gets. */
  private readonly lastAnswers = new Map<number, Metrics>()
  /** The sums of those that have died. */
  private ended: Metrics = []

  /** Prometheus' text format. Prom-client's own aggregation asks those too that do not answer yet. @param workers those that live */
  async text(workers: readonly Worker[]): Promise<string> {
    await Promise.all(workers.map(worker => this.ask(worker)))
    await this.sumUpEnded(new Set(workers.map(({ id }) => id)))
    return AggregatorRegistry.aggregate([...this.lastAnswers.values(), this.ended]).metrics()
  }

  private async sumUpEnded(living: ReadonlySet<number>): Promise<void> {
    const dead = [...this.lastAnswers].filter(([id]) => !living.has(id))
    if (dead.length === 0) return
    const sums = [this.ended, ...dead.map(([, metrics]) => metrics.filter(isSum))]
    const ended = (await AggregatorRegistry.aggregate(sums).getMetricsAsJSON()) as Metrics
    // Only now, and both at once: another reader may be aggregating too.
    this.ended = ended
    for (const [id] of dead) this.lastAnswers.delete(id)
  }

  private async ask(worker: Worker): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const onMessage = (message: Answer): void => {
      if (message?.question !== QUESTION) return
      this.lastAnswers.set(worker.id, message.metrics)
      resolve()
    }
    const timeout = setTimeout(resolve, TIMEOUT_MS)
    worker.on('message', onMessage)
    worker.send(QUESTION, error => error && resolve())
    await promise
    clearTimeout(timeout)
    worker.off('message', onMessage)
  }
}

/** What a process has counted since its start, which it leaves behind. A gauge is gone with its process. */
function isSum({ type }: Metrics[number]): boolean {
  return String(type) === 'counter' || String(type) === 'histogram'
}
