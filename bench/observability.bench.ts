import { buildProgram, type Environment } from '../test/built-program.js'
import { startOtlpServer } from '../test/server/observability/otlp-server.js'
import { type BenchGateway, startBenchGateway } from './bench-gateway.js'
import { quantile } from './quantile.js'

// What metrics with the log, and traces of 1 % of the requests, add to the gateway's CPU time for a response from the operation cache.
// The gateways are measured in turns, A B C A B C. Needs wrk. Start: `npm run bench:observability`.

const ROUNDS = 8
/** For the compiler. */
const WARM_UP_ROUNDS = 3
const SECONDS = 4
const CONNECTIONS = 16
const QUERY =
  'query Bills { invoices(first: 20) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }'

/** @returns microseconds of CPU for one response */
async function measure(gateway: BenchGateway): Promise<number> {
  const load = { query: QUERY, seconds: SECONDS, connections: CONNECTIONS, waitMs: 0, isDistinct: false }
  const { result, cpuSeconds } = await gateway.wrk('quiet', load)
  const { responses, refused, broken } = result
  if (refused + broken > 0) throw new Error(`${refused} responses refused, ${broken} connections broken`)
  return (cpuSeconds * 1e6) / responses
}

function report(what: string, ratios: readonly number[]): void {
  const percent = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1)} %`
  const [low, middle, high] = [0.25, 0.5, 0.75].map(part => percent(quantile(ratios, part)))
  process.stdout.write(`${what}: ${middle} more CPU (middle half of ${ratios.length} rounds: ${low} to ${high})\n`)
}

await using otlp = await startOtlpServer()
using program = await buildProgram()
const build = async () => ({ dist: program.dist, [Symbol.dispose]: () => {} })
const start = (environment: Environment): Promise<BenchGateway> => startBenchGateway({ build, environment })
const watched: Environment = { METRICS_PORT: '0', LOG_LEVEL: 'info' }
await using bare = await start({ LOG_LEVEL: 'silent' })
await using seen = await start(watched)
await using traced = await start({
  ...watched,
  OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
  OTEL_TRACES_SAMPLER: 'traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.01',
})
const rounds: (readonly number[])[] = []
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
  const micros: number[] = []
  for (const gateway of [bare, seen, traced]) micros.push(await measure(gateway))
  process.stdout.write(`us of CPU: ${micros.map(one => one.toFixed(1)).join(', ')}\n`)
  if (round >= 0) rounds.push(micros)
}
const ratioOf = (of: number, to: number): readonly number[] => rounds.map(all => (all[of] ?? 0) / (all[to] ?? 0))
report('metrics and log', ratioOf(1, 0))
report('traces of 1 % of the requests, besides', ratioOf(2, 1))
