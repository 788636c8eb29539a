import { setTimeout } from 'node:timers/promises'
import { type BenchHouse, startBenchHouse } from './bench-gateway.js'
import type { LoadResult } from './load-generator.js'
import { quantile } from './quantile.js'
import type { Crowd } from './wrk.js'

// A gateway as a process of its own, and a crowd in another. First as many as it can answer, which is the peak; then ten times that many
// a second, in turns, both times with an observer among them who does not wait for a core. Then a quiet caller alone, and beside a noisy one who
// sends nineteen of twenty requests or more, in turns. No operation is the same as one before. Needs wrk. Start: `npm run bench:overload`,
// `npm run bench:overload -- 20` for 20 s of overload a round, `-- 20 5` for five rounds.

const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = Number(process.argv[3] ?? 2)
const CALM_SECONDS = 8
const [NOISE_SECONDS, NOISE_ROUNDS] = [8, 2]
/** Ten are meant; the peak moves, and is known afterwards only. */
const TIMES = 11
const OPENING_SECONDS = 1
/** For four seconds after an overload a crowd is given fewer places: what is answered then is not the most that can be. */
const REST_MS = 5_000
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
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const show = (value: number): string => value.toFixed(1)
const spread = (ms: readonly number[]): string =>
  `p50 ${show(quantile(ms, 0.5))}, p99 ${show(quantile(ms, 0.99))} ms (of ${ms.length})`

/** How a crowd fared. */
interface Fared {
  /** Answers a second. */
  readonly good: number
  /** Requests a second. */
  readonly asked: number
  readonly cores: number
  /** What the thread that answers had of a core: by it the goodput can be told from a machine that became slower. */
  readonly answering: number
  readonly broken: number
  readonly observed: LoadResult
  /** The longest that liveness took, in ms. */
  readonly liveness: number
}

/**
 * Always with the observer and the watch over liveness, so that what they take of the machine is taken of the peak as well. They come when the
 * crowd has opened its connections: hundreds at once, which callers of their own do not.
 */
async function ask(house: BenchHouse, crowd: Omit<Crowd, 'url' | 'apiKey'>): Promise<Fared> {
  const { query, seconds } = crowd
  const observe = () => house.observe('noisy', { query, ms: seconds * 1_000, connections: 100, rate: OBSERVED })
  const [[{ result, cores, answering }, liveness], observed] = await Promise.all([
    house.watchLiveness(house.crowd('noisy', { ...crowd, seconds: seconds + OPENING_SECONDS })),
    setTimeout(OPENING_SECONDS * 1_000).then(observe),
  ])
  const [answers, refusals] = [answered(observed).length, refused(observed).length]
  return {
    good: (result.answers - result.refused + answers) / result.seconds,
    asked: (result.answers + answers + refusals) / result.seconds,
    broken: result.broken,
    cores,
    answering,
    observed,
    liveness,
  }
}

/** What answers took of the machine. */
function showCost({ good, cores, answering }: Fared): string {
  const msEach = (1_000 * answering) / good
  return `${cores.toFixed(2)} cores, ${answering.toFixed(2)} of them the answering thread's, ${msEach.toFixed(2)} ms an answer`
}

/** @returns as many answers a second as it can give */
async function findPeak(house: BenchHouse, query: string): Promise<number> {
  const peak = await ask(house, { query, seconds: CALM_SECONDS, connections: 16, waitMs: 0 })
  print(`peak: ${show(peak.good)} answers/s; ${showCost(peak)}; ${refused(peak.observed).length} refused`)
  return peak.good
}

async function overload(house: BenchHouse, query: string): Promise<number> {
  const peaks = [await findPeak(house, query)]
  const shares: number[] = []
  const waits: number[] = []
  // A crowd that waits for a core itself comes later than it means to.
  let haste = 1
  for (let round = 1; round <= ROUNDS; round++) {
    // The machine is others' as well: so the crowd comes by its best time, and is large enough where it becomes faster meanwhile.
    const rate = Math.max(...peaks) * TIMES
    // One of ten waits for his answer.
    const waitMs = (CROWD / (rate * haste)) * 1_000 - QUEUE_MS / TIMES
    const storm = await ask(house, { query, seconds: SECONDS, connections: CROWD, waitMs })
    haste = Math.max(1, (haste * rate) / storm.asked)
    await setTimeout(REST_MS)
    peaks.push(await findPeak(house, query))
    // For the same reason the peak is what it was on both sides.
    const peak = mean(peaks.slice(-2))
    const share = (100 * storm.good) / peak
    shares.push(share)
    waits.push(...refused(storm.observed))
    print(
      `overload: ${show(storm.asked / peak)} x the peak; ${showCost(storm)}; goodput ${show(share)} % of the peak; ` +
        `answers ${spread(answered(storm.observed))}; refusals ${spread(refused(storm.observed))}; ` +
        `other answers ${others(storm.observed)}, broken ${storm.broken}; liveness at the most ${show(storm.liveness)} ms`,
    )
  }
  print(
    `${ROUNDS} rounds: goodput by their median ${show(quantile(shares, 0.5))} % of the peak; refusals of all ${spread(waits)}`,
  )
  return peaks.at(-1) ?? 0
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
  await house.put('quiet', { query, ms: 12_000, connections: 8 })
  const peak = await overload(house, query)
  await noise(house, query, peak)
}
