import { buildProgram } from '../test/built-program.js'
import { type BenchGateway, startBenchGateway } from './bench-gateway.js'
import { buildTree } from './build-tree.js'
import { quantile } from './quantile.js'

// The gateway's CPU time, user and system, for an answer from the operation cache. With the path of another checkout the two are measured
// in turns: B is the other one. Its environment can be set: `FRONT_THREAD=on`. Needs wrk.
// Start: `npm run bench:cached`, `-- /path/to/other/checkout FRONT_THREAD=on`.

const ROUNDS = 6
/** For the compiler. */
const WARM_UP_ROUNDS = 2
const SECONDS = 4
const CONNECTIONS = 16
const QUERY =
  '{ invoices(first: 20) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }'

/** @returns microseconds of CPU for one answer */
async function measure(name: string, gateway: BenchGateway): Promise<number> {
  const load = { query: QUERY, seconds: SECONDS, connections: CONNECTIONS, waitMs: 0, isDistinct: false }
  const { result, cpuSeconds } = await gateway.wrk('quiet', load)
  const { responses, refused, broken, seconds } = result
  if (refused + broken > 0) throw new Error(`${name}: ${refused} responses refused, ${broken} connections broken`)
  const micros = (cpuSeconds * 1e6) / responses
  process.stdout.write(`${name}: ${(responses / seconds).toFixed(0)} answers/s, ${micros.toFixed(0)} us of CPU each\n`)
  return micros
}

const [other, ...variables] = process.argv.slice(2)
const environment = Object.fromEntries(variables.map(variable => variable.split('=', 2) as [string, string]))
await using a = await startBenchGateway({ build: () => buildProgram() })
await using b = other === undefined ? null : await startBenchGateway({ build: () => buildTree(other), environment })
const ratios: number[] = []
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
  const here = await measure('A', a)
  if (!b) continue
  const there = await measure('B', b)
  if (round >= 0) ratios.push(here / there)
}
if (ratios.length > 0) {
  const list = ratios.map(ratio => ratio.toFixed(2)).join(' ')
  process.stdout.write(`  A uses x ${quantile(ratios, 0.5).toFixed(2)} of the CPU that B uses (${list})\n`)
}
