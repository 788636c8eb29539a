import { setTimeout } from 'node:timers/promises'
import { type Measured, startBenchGateway } from './bench-gateway.js'
import { quantile } from './quantile.js'

// The effect of an upstream that answers one call in twenty after two seconds. One caller reads invoices from the response cache; another
// reads invoices that need a call each. First at the highest rate of fifty connections, then at six tenths of it; with and without slow
// calls, in turns. Start: `npm run bench:slow`.

const ROUNDS = 3
const MS = 8_000
const [SHARE, SLOW_MS, DEADLINE_MS] = [0.05, 2_000, 3_000]
const CONNECTIONS = { cached: 40, called: 10 }
const PART = 0.6
const CACHED =
  '{ invoices(first: 20) { totalCount nodes { id number total { net { amount } } lineItems { nodes { name cost { net { amount } } } } } } }'
const CALLED = 'query Bench($count: ID!) { invoice(id: $count) { id } }'

/** Answers per second. */
interface Rates {
  readonly cached: number
  readonly called: number
}

/** The outcome of both loads. */
interface Outcome extends Rates {
  readonly cachedP99: number
  readonly calledP99: number
  readonly others: number
}

await using gateway = await startBenchGateway({ environment: { THREESCALE_DEADLINE_MS: String(DEADLINE_MS) } })

/** @param rates the rates of the requests; as high as possible unless given */
async function measure(isSlow: boolean, rates: Rates = { cached: 0, called: 0 }): Promise<Outcome> {
  gateway.threescale.intercept = () => (isSlow && Math.random() < SHARE ? setTimeout(SLOW_MS) : undefined)
  const hasRate = rates.cached > 0
  const [cached, called] = await Promise.all([
    gateway.load('quiet', {
      query: CACHED,
      ms: MS,
      connections: hasRate ? 500 : CONNECTIONS.cached,
      rate: rates.cached,
    }),
    gateway.load('noisy', {
      query: CALLED,
      countPrefix: 'threescale:invoice:',
      ms: MS,
      connections: hasRate ? 500 : CONNECTIONS.called,
      rate: rates.called,
    }),
  ])
  // Calls in flight end.
  await setTimeout(DEADLINE_MS)
  return {
    cached: rateOf(cached),
    called: rateOf(called),
    cachedP99: quantile(cached.result.ms[200] ?? [], 0.99),
    calledP99: quantile(called.result.ms[200] ?? [], 0.99),
    others: [cached, called].reduce((sum, { result }) => sum + countOthers(result.ms), 0),
  }
}

function rateOf({ result }: Measured): number {
  return (result.ms[200]?.length ?? 0) / result.seconds
}

function countOthers(ms: Readonly<Record<number, readonly number[]>>): number {
  return Object.entries(ms).reduce((sum, [status, all]) => sum + (status === '200' ? 0 : all.length), 0)
}

function print(what: string, { cached, called, cachedP99, calledP99, others }: Outcome): void {
  process.stdout.write(
    `${what}: ${cached.toFixed(0)} cached/s, p99 ${cachedP99.toFixed(1)} ms; ${called.toFixed(0)} called/s, p99 ${calledP99.toFixed(1)} ms; ${others} other responses\n`,
  )
}

async function compare(name: string, rates?: Rates): Promise<Rates> {
  let last: Rates = { cached: 0, called: 0 }
  const throughputs: number[] = []
  const latencies: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const healthy = await measure(false, rates)
    print(`${name}, healthy`, healthy)
    const slow = await measure(true, rates)
    print(`${name}, one in twenty slow`, slow)
    throughputs.push((slow.cached + slow.called) / (healthy.cached + healthy.called))
    latencies.push(slow.cachedP99 / healthy.cachedP99)
    last = healthy
  }
  const list = (figures: readonly number[]) => figures.map(figure => figure.toFixed(2)).join(' ')
  process.stdout.write(
    `  throughput x ${quantile(throughputs, 0.5).toFixed(2)} (${list(throughputs)}), p99 of cached answers x ${quantile(latencies, 0.5).toFixed(2)} (${list(latencies)})\n`,
  )
  return last
}

await measure(false)
const highest = await compare('the highest rate')
await compare('six tenths of it', { cached: highest.cached * PART, called: highest.called * PART })
