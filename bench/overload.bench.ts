import { setTimeout } from 'node:timers/promises'
import { type BenchHouse, startBenchHouse } from './bench-house.js'
import { keepCoresBusy } from './busy-cores.js'
import type { CrowdResult } from './crowd.js'
import type { LoadResult } from './load-generator.js'
import { quantile } from './quantile.js'

// A gateway as a process of its own, and a crowd in another. First as many as it can answer, which is the peak; then ten times that many
// a second, in turns, with an observer among them who does not wait for a core. Then a quiet caller alone, and beside a noisy one who
// sends nineteen of twenty requests or more, in turns. No operation is the same as one before. Needs wrk. Start: `npm run bench:overload`,
// `npm run bench:overload -- 20` for 20 s of overload a round, `-- 20 5` for five rounds.

const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = Number(process.argv[3] ?? 2)
const CALM_SECONDS = 8
const [NOISE_SECONDS, NOISE_ROUNDS] = [8, 2]
const TIMES = 10
const CROWD = 600
/** About what an answer waits for while more is asked than can be. */
const QUEUE_MS = 270
/** Requests a second of the one who belongs to the crowd and tells how long he waited. */
const OBSERVED = 100
/** What a page of so many bills asks. */
const pageOf = (count: number): string =>
  `{ invoices(first: ${count}) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }`

const answered = ({ ms }: LoadResult): readonly number[] => ms[200] ?? []
const refused = ({ ms }: LoadResult): readonly number[] => ms[503] ?? []
const others = ({ ms }: LoadResult): number =>
  Object.entries(ms).reduce((sum, [status, all]) => sum + (status === '200' || status === '503' ? 0 : all.length), 0)
const goodOf = ({ answers, refused: not, seconds }: CrowdResult): number => (answers - not) / seconds
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const show = (value: number): string => value.toFixed(1)
const spread = (ms: readonly number[]): string =>
  `p50 ${show(quantile(ms, 0.5))}, p99 ${show(quantile(ms, 0.99))} ms (of ${ms.length})`

/** As many as it can answer, and what it had of the cores for it. */
interface Peak {
  /** While the crowd leaves the rest of the machine alone. */
  readonly alone: number
  /** While something else takes the rest of it, as a large crowd does. */
  readonly beside: number
  readonly cores: number
}

async function findPeak(house: BenchHouse, query: string): Promise<Peak> {
  const ask = () => house.crowd('noisy', { query, seconds: CALM_SECONDS, connections: 16, waitMs: 0 })
  const alone = await ask()
  using _ = keepCoresBusy()
  const beside = await ask()
  const peak = { alone: goodOf(alone.result), beside: goodOf(beside.result), cores: alone.cores }
  print(`peak: ${show(peak.alone)} answers/s, ${show(peak.beside)} with no core at rest; ${show(peak.cores)} cores`)
  return peak
}

async function overload(house: BenchHouse, query: string): Promise<number> {
  const peaks = [await findPeak(house, query)]
  const [ofAlone, ofBeside]: [number[], number[]] = [[], []]
  for (let round = 1; round <= ROUNDS; round++) {
    // The machine is others' as well: so the crowd comes by its best time, and is large enough where it becomes faster meanwhile.
    const rate = Math.max(...peaks.map(({ alone }) => alone)) * TIMES
    // One of ten waits for his answer.
    const waitMs = (CROWD / rate) * 1_000 - QUEUE_MS / TIMES
    const observing = house.observe('noisy', { query, ms: SECONDS * 1_000, connections: 100, rate: OBSERVED })
    const [{ result: storm, cores }, liveness] = await house.watchLiveness(
      house.crowd('noisy', { query, seconds: SECONDS, connections: CROWD, waitMs }),
    )
    const observed = await observing
    await setTimeout(1_000)
    peaks.push(await findPeak(house, query))
    // For the same reason the peak is what it was on both sides.
    const around = peaks.slice(-2)
    const [alone, beside] = [mean(around.map(peak => peak.alone)), mean(around.map(peak => peak.beside))]
    const good = goodOf(storm) + answered(observed).length / observed.seconds
    const asked = storm.answers / storm.seconds + OBSERVED
    ofAlone.push((100 * good) / alone)
    ofBeside.push((100 * good) / beside)
    print(
      `overload: ${show(asked / alone)} x the peak; ${show(cores)} cores; goodput ${show((100 * good) / alone)} % of the peak, ` +
        `${show((100 * good) / beside)} % of that with no core at rest; answers ${spread(answered(observed))}; refusals ${spread(refused(observed))}; ` +
        `other answers ${others(observed)}, broken ${storm.broken}; liveness at the most ${show(liveness)} ms`,
    )
  }
  print(
    `goodput by the median of ${ROUNDS} rounds: ${show(quantile(ofAlone, 0.5))} % of the peak, ` +
      `${show(quantile(ofBeside, 0.5))} % of that with no core at rest`,
  )
  return peaks.at(-1)?.alone ?? 0
}

async function noise(house: BenchHouse, query: string, peak: number): Promise<void> {
  const quietly = { query, ms: NOISE_SECONDS * 1_000, connections: 2, thinkMs: 40 }
  for (let round = 1; round <= NOISE_ROUNDS; round++) {
    const alone = await house.observe('quiet', quietly)
    const loudly = { query, seconds: NOISE_SECONDS, connections: CROWD, waitMs: (CROWD / (peak * 3)) * 1_000 }
    const [{ result: loud }, beside] = await Promise.all([
      house.crowd('noisy', loudly),
      house.observe('quiet', quietly),
    ])
    const own = answered(beside).length + refused(beside).length
    print(
      `quiet alone: ${spread(answered(alone))}; beside ${show((100 * loud.answers) / (loud.answers + own))} % noise ` +
        `(${loud.refused} of ${loud.answers} refused): ${spread(answered(beside))}, ratio ${show(quantile(answered(beside), 0.99) / quantile(answered(alone), 0.99))}; ` +
        `quiet's refusals ${refused(beside).length} of ${own}, other answers ${others(beside)}`,
    )
  }
}

await using house = await startBenchHouse()
for (const count of [100, 20]) {
  print(`pages of ${count} bills`)
  const query = pageOf(count)
  await house.put('quiet', { query, ms: 4_000, connections: 8 })
  const peak = await overload(house, query)
  await noise(house, query, peak)
}
