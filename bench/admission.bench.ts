import { type BenchGateway, startBenchGateway } from './bench-gateway.js'
import { quantile } from './quantile.js'

// One caller with many connections, such as a federation router, and an upstream that answers at once. Each operation needs an upstream
// call of its own: CACHE=off. 64 and 200 connections are compared with 8, in turns, by their goodput: responses without errors per second.
// Start: `npm run bench:admission`, `-- 10` for ten rounds of each.

const ROUNDS = Number(process.argv[2] ?? 5)
const MS = 4_000
const FEW = 8
const QUERY = 'query Bench($count: ID!) { invoice(id: $count) { id } }'

/** Goodput, in responses per second, and responses of other kinds. */
interface Outcome {
  readonly goodput: number
  readonly refused: number
  readonly failed: number
  readonly p99Ms: number
  /** The gateway's CPU time for an answer, in ms. */
  readonly cpuMs: number
}

async function measure(gateway: BenchGateway, connections: number): Promise<Outcome> {
  const load = { query: QUERY, countPrefix: 'threescale:invoice:', ms: MS, connections }
  const { result, cpuSeconds } = await gateway.load('noisy', load)
  const { 200: good = [], 503: refused = [], ...others } = result.ms
  const failed = Object.values(others).reduce((sum, ms) => sum + ms.length, 0)
  return {
    goodput: good.length / result.seconds,
    refused: refused.length,
    failed,
    p99Ms: quantile(good, 0.99),
    cpuMs: (1_000 * cpuSeconds) / good.length,
  }
}

function print(connections: number, { goodput, refused, failed, p99Ms, cpuMs }: Outcome): void {
  const figures = `${goodput.toFixed(0)} answers/s, p99 ${p99Ms.toFixed(1)} ms, ${cpuMs.toFixed(2)} ms of CPU each, ${refused} refused, ${failed} failed`
  process.stdout.write(`${connections} connections: ${figures}\n`)
}

/** The median, and all of them. */
function show(ratios: readonly number[]): string {
  return `x ${quantile(ratios, 0.5).toFixed(2)} (${ratios.map(ratio => ratio.toFixed(2)).join(' ')})`
}

await using gateway = await startBenchGateway({ environment: { CACHE: 'off' } })
// For the compiler.
await measure(gateway, 16)
for (const many of [64, 200]) {
  const ratios: number[] = []
  const cpuRatios: number[] = []
  let refused = 0
  for (let round = 0; round < ROUNDS; round++) {
    const few = await measure(gateway, FEW)
    print(FEW, few)
    const outcome = await measure(gateway, many)
    print(many, outcome)
    ratios.push(outcome.goodput / few.goodput)
    cpuRatios.push(outcome.cpuMs / few.cpuMs)
    refused += few.refused + outcome.refused
  }
  process.stdout.write(
    `  ${many} connections: ${refused} refused; goodput ${show(ratios)} and CPU of an answer ${show(cpuRatios)} of ${FEW} connections\n`,
  )
}
