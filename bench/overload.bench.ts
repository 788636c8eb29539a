import { setTimeout } from 'node:timers/promises'
import { type BenchHouse, type Measured, startBenchHouse } from './bench-house.js'
import type { LoadResult } from './load-generator.js'
import { quantile } from './quantile.js'

// A gateway as a process of its own, and callers in another. First as many as it can answer, which is the peak; then ten times that
// many a second, in turns. Then a quiet caller alone, and beside a noisy one who sends nineteen of twenty requests or more, in turns.
// No operation is the same as one before. Start: `npm run bench:overload`, `npm run bench:overload -- 20` for 20 s of overload a round.

const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = 2
const CALM_MS = 8_000
const TIMES = 10
/** What a page of so many bills asks. */
const pageOf = (count: number): string =>
  `{ invoices(first: ${count}) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }`

const answered = ({ ms }: LoadResult): readonly number[] => ms[200] ?? []
/** Of those that came last: the first ones still have the crowd's queue before them. */
const lateHalf = (result: LoadResult): readonly number[] => answered(result).slice(answered(result).length / 2)
const refused = ({ ms }: LoadResult): readonly number[] => ms[503] ?? []
const others = ({ ms }: LoadResult): number =>
  Object.entries(ms).reduce((sum, [status, all]) => sum + (status === '200' || status === '503' ? 0 : all.length), 0)
const rateOf = (result: LoadResult): number => answered(result).length / result.seconds
const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const show = (value: number): string => value.toFixed(1)

async function overload(house: BenchHouse, query: string): Promise<number> {
  const calmly = async (): Promise<Measured> => {
    const calm = await house.put('noisy', { query, ms: CALM_MS, connections: 16 })
    const { result, cores } = calm
    print(
      `peak: ${show(rateOf(result))} answers/s, p99 ${show(quantile(answered(result), 0.99))} ms; ${cores.toFixed(2)} cores`,
    )
    return calm
  }
  let before = await calmly()
  for (let round = 1; round <= ROUNDS; round++) {
    const load = { query, ms: SECONDS * 1_000, connections: 2_000, rate: rateOf(before.result) * TIMES }
    const [{ result: storm, cores }, liveness] = await house.watchLiveness(house.put('noisy', load))
    await setTimeout(1_000)
    const after = await calmly()
    // The machine is others' as well: the peak is what it was on both sides.
    const peak = (rateOf(before.result) + rateOf(after.result)) / 2
    const peakCores = (before.cores + after.cores) / 2
    const asked = (answered(storm).length + refused(storm).length) / storm.seconds
    print(
      `overload: ${show(asked / peak)} x the peak answered or refused (${storm.unsent} found no connection); ${cores.toFixed(2)} cores; ` +
        `goodput ${show((100 * rateOf(storm)) / peak)} % of the peak, ${show((100 * rateOf(storm) * peakCores) / (peak * cores))} % of it a CPU second; answers of the second half p50 ${show(quantile(lateHalf(storm), 0.5))} ms, p99 ${show(quantile(lateHalf(storm), 0.99))} ms; ` +
        `refusals p50 ${show(quantile(refused(storm), 0.5))} ms, p99 ${show(quantile(refused(storm), 0.99))} ms; ` +
        `other answers ${others(storm)}; liveness at the most ${show(liveness)} ms`,
    )
    before = after
  }
  return rateOf(before.result)
}

async function noise(house: BenchHouse, query: string, peak: number): Promise<void> {
  const quietly = { query, ms: SECONDS * 1_000, connections: 2, thinkMs: 40 }
  const ratios: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const { result: alone } = await house.put('quiet', quietly)
    const noisy = house.put('noisy', { query, ms: SECONDS * 1_000, connections: 1_000, rate: peak * 3 })
    const { result: beside } = await house.put('quiet', quietly)
    const { result: noise } = await noisy
    const sum = (result: LoadResult): number => answered(result).length + refused(result).length
    const [before, after] = [alone, beside].map(result => quantile(answered(result), 0.99))
    ratios.push((after ?? 0) / (before ?? 0))
    print(
      `quiet alone: p50 ${show(quantile(answered(alone), 0.5))}, p99 ${show(before ?? 0)} ms; beside ${show((100 * sum(noise)) / (sum(noise) + sum(beside)))} % ` +
        `noise (${refused(noise).length} of ${sum(noise)} refused): p50 ${show(quantile(answered(beside), 0.5))}, p99 ${show(after ?? 0)} ms, ` +
        `ratio ${show(ratios.at(-1) ?? 0)}; noisy's own p50 ${show(quantile(answered(noise), 0.5))} ms; quiet's refusals ${refused(beside).length} of ${sum(beside)}, other answers ${others(beside)}`,
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
