import type { Environment } from '../test/built-program.js'
import { startOtlpServer } from '../test/server/observability/otlp-server.js'
import { type BenchGateway, startBenchGateway } from './bench-gateway.js'
import { quantile } from './quantile.js'
import { ratioOf } from './ratio-interval.js'

// What metrics with the log, and traces of 1 % of the requests, add to the gateway's CPU time for a response from the operation cache.
// The gateways are measured in many short turns, A B C C B A, so that what else runs on the machine concerns all of them alike.
// Start: `npm run bench:observability`, or `npm run bench:observability -- 50` for fifty rounds.

const ROUNDS = Number(process.argv[2] ?? 150)
/** For the compiler. */
const WARM_UP_ROUNDS = 12
const MS = 300
const CONNECTIONS = 16
const QUARTER = 0.25
const QUERY =
  'query Bills { invoices(first: 20) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }'

/** @returns microseconds of CPU for one response */
async function measure(gateway: BenchGateway): Promise<number> {
  const { result, cpuSeconds } = await gateway.load('quiet', {
    query: QUERY,
    ms: MS,
    connections: CONNECTIONS,
    isDistinct: false,
  })
  const { 200: answered = [], ...others } = result.ms
  const other = Object.values(others).flat().length
  if (other > 0) throw new Error(`${other} of ${answered.length + other} requests were not answered with status 200`)
  return (cpuSeconds * 1e6) / answered.length
}

function report(what: string, of: number, to: number): void {
  const pairs = rounds.map(micros => [micros[of] ?? 0, micros[to] ?? 0] as const)
  const { ratio, low, high } = ratioOf(pairs, QUARTER)
  const percent = (one: number): string => `${((one - 1) * 100).toFixed(1)} %`
  const range = `95 %: ${percent(low)} to ${percent(high)}`
  process.stdout.write(`${what}: ${percent(ratio)} more CPU (${range}, ${ROUNDS} rounds)\n`)
}

await using otlp = await startOtlpServer()
const start = (environment: Environment): Promise<BenchGateway> => startBenchGateway({ environment })
const watched: Environment = { METRICS_PORT: '0', LOG_LEVEL: 'info' }
await using bare = await start({ LOG_LEVEL: 'silent' })
await using seen = await start(watched)
await using traced = await start({
  ...watched,
  OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
  OTEL_TRACES_SAMPLER: 'traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.01',
})
const gateways = [bare, seen, traced]
const rounds: (readonly number[])[] = []
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
  const order = round % 2 === 0 ? [0, 1, 2] : [2, 1, 0]
  const micros: number[] = []
  for (const which of order) micros[which] = await measure(gateways[which] as BenchGateway)
  if (round >= 0) rounds.push(micros)
}
const micros = gateways.map((_, which) =>
  quantile(
    rounds.map(all => all[which] ?? 0),
    QUARTER,
  ).toFixed(1),
)
process.stdout.write(`CPU for a response: ${micros.join(', ')} us (bare; metrics and log; traces besides)\n`)
report('metrics and log', 1, 0)
report('traces of 1 % of the requests, besides', 2, 1)
