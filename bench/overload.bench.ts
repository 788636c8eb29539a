import { setTimeout } from 'node:timers/promises'
import { type BenchGateway, type Measured, startBenchGateway } from './bench-gateway.js'
import type { LoadResult } from './load-generator.js'
import { quantile } from './quantile.js'
import type { WrkLoad, WrkResult } from './wrk.js'

// First the peak: as many answers as the gateway can give. Then ten times that many requests per second, in turns with the peak; a probe
// with high priority measures latencies in both. Then a quiet caller alone, and beside a noisy one with nineteen of twenty requests or
// more, in turns. No operation is cached. Needs wrk. Start: `npm run bench:overload`, `npm run bench:overload -- 20` for 20 s of overload
// in a round, `-- 20 5` for five rounds.

const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = Number(process.argv[3] ?? 2)
const PEAK_SECONDS = 8
const [NOISE_SECONDS, NOISE_ROUNDS] = [8, 2]
const OVERLOAD = 10
const OPENING_SECONDS = 1
/** More than the permits and the queue hold together. */
const CONNECTIONS = 600
const ENVIRONMENT = { ADMISSION_PERMITS: '100', ADMISSION_QUEUE_LIMIT: '200' }
/** The probe's requests per second. */
const PROBED = 100
/** A page of invoices. */
const pageOf = (count: number): string =>
  `{ invoices(first: ${count}) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }`

const answered = ({ ms }: LoadResult): readonly number[] => ms[200] ?? []
const refused = ({ ms }: LoadResult): readonly number[] => ms[503] ?? []
const others = ({ ms }: LoadResult): number =>
  Object.entries(ms).reduce((sum, [status, all]) => sum + (status === '200' || status === '503' ? 0 : all.length), 0)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const show = (value: number): string => value.toFixed(1)
const spread = (ms: readonly number[]): string =>
  `p50 ${show(quantile(ms, 0.5))}, p99 ${show(quantile(ms, 0.99))} ms (of ${ms.length})`

/** The outcome of a load. */
interface Outcome {
  /** Answers per second. */
  readonly goodput: number
  /** Responses per second. */
  readonly rate: number
  readonly cores: number
  readonly broken: number
  readonly probe: LoadResult
  /** The longest liveness check, in ms. */
  readonly liveness: number
}

/** The probe and the liveness check run with every load, so that what they take of the machine is taken of the peak as well. */
async function measure(gateway: BenchGateway, load: Omit<WrkLoad, 'url' | 'apiKey'>): Promise<Outcome> {
  const { query, seconds } = load
  // Hundreds of connections open at once, which independent clients do not do. The probe waits until they have.
  const probing = setTimeout(OPENING_SECONDS * 1_000).then(() =>
    gateway.probe('noisy', { query, ms: seconds * 1_000, connections: 100, rate: PROBED }),
  )
  const [[{ result, cores }, liveness], probe]: [readonly [Measured<WrkResult>, number], LoadResult] =
    await Promise.all([
      gateway.watchLiveness(gateway.wrk('noisy', { ...load, seconds: seconds + OPENING_SECONDS })),
      probing,
    ])
  const [answers, refusals] = [answered(probe).length, refused(probe).length]
  return {
    goodput: (result.responses - result.refused + answers) / result.seconds,
    rate: (result.responses + answers + refusals) / result.seconds,
    broken: result.broken,
    cores,
    probe,
    liveness,
  }
}

async function findPeak(gateway: BenchGateway, query: string): Promise<number> {
  const peak = await measure(gateway, { query, seconds: PEAK_SECONDS, connections: 16, waitMs: 0 })
  const msEach = (1_000 * peak.cores) / peak.goodput
  print(
    `peak: ${show(peak.goodput)} answers/s, ${msEach.toFixed(2)} ms of CPU each; ${refused(peak.probe).length} refused`,
  )
  return peak.goodput
}

/** @returns the last peak, in answers per second */
async function overload(gateway: BenchGateway, query: string): Promise<number> {
  const peaks = [await findPeak(gateway, query)]
  const shares: number[] = []
  const waits: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const waitMs = (CONNECTIONS / (Math.max(...peaks) * OVERLOAD)) * 1_000
    const storm = await measure(gateway, { query, seconds: SECONDS, connections: CONNECTIONS, waitMs })
    peaks.push(await findPeak(gateway, query))
    // The machine's speed changes: the peak is measured before and after.
    const peak = mean(peaks.slice(-2))
    const share = (100 * storm.goodput) / peak
    shares.push(share)
    waits.push(...refused(storm.probe))
    print(
      `overload: ${show(storm.rate / peak)} x the peak, ${storm.cores.toFixed(2)} cores; goodput ${show(share)} % of the peak; ` +
        `answers ${spread(answered(storm.probe))}; refusals ${spread(refused(storm.probe))}; ` +
        `other responses ${others(storm.probe)}, broken ${storm.broken}; longest liveness check ${show(storm.liveness)} ms`,
    )
  }
  print(`${ROUNDS} rounds: median goodput ${show(quantile(shares, 0.5))} % of the peak; all refusals ${spread(waits)}`)
  return peaks.at(-1) ?? 0
}

async function noise(gateway: BenchGateway, query: string, peak: number): Promise<void> {
  const quiet = { query, ms: NOISE_SECONDS * 1_000, connections: 2, thinkMs: 40 }
  for (let round = 1; round <= NOISE_ROUNDS; round++) {
    const alone = await gateway.probe('quiet', quiet)
    const waitMs = (CONNECTIONS / (peak * 3)) * 1_000
    const [{ result: noisy }, beside] = await Promise.all([
      gateway.wrk('noisy', { query, seconds: NOISE_SECONDS, connections: CONNECTIONS, waitMs }),
      gateway.probe('quiet', quiet),
    ])
    const own = answered(beside).length + refused(beside).length
    const ratio = quantile(answered(beside), 0.99) / quantile(answered(alone), 0.99)
    print(
      `quiet alone: ${spread(answered(alone))}; beside ${show((100 * noisy.responses) / (noisy.responses + own))} % noise ` +
        `(${noisy.refused} of ${noisy.responses} refused): ${spread(answered(beside))}, p99 x ${show(ratio)}; ` +
        `quiet refused ${refused(beside).length} of ${own}, other responses ${others(beside)}`,
    )
  }
}

await using gateway = await startBenchGateway({ environment: ENVIRONMENT })
for (const count of [100, 20]) {
  print(`pages of ${count} invoices`)
  const query = pageOf(count)
  await gateway.load('quiet', { query, ms: 12_000, connections: 8 })
  const peak = await overload(gateway, query)
  await noise(gateway, query, peak)
}
