import { setTimeout } from 'node:timers/promises'
import { type Measured, startBenchHouse } from './bench-gateway.js'
import { quantile } from './quantile.js'

// What it costs that a twentieth of the calls to an upstream takes two seconds: pages of bills that are kept, asked by one caller, beside
// bills that nobody has asked for yet, each of which is a call, asked by another. First as much as is answered, by fifty at once; then
// six tenths of that. With and without, in turns. A try may take one second. Start: `npm run bench:slow`.

const ROUNDS = 3
const MS = 8_000
const [SHARE, SLOW_MS, DEADLINE_MS] = [0.05, 2_000, 3_000]
const CONNECTIONS = { kept: 40, asked: 10 }
const PART = 0.6
const KEPT =
  '{ invoices(first: 20) { totalCount nodes { id number total { net { amount } } lineItems { nodes { name cost { net { amount } } } } } } }'
const ASKED = 'query Ask($count: ID!) { invoice(id: $count) { id } }'

/** Answers a second. */
interface Rates {
  readonly kept: number
  readonly asked: number
}

/** What came of both kinds. */
interface Seen extends Rates {
  readonly keptP99: number
  readonly askedP99: number
  readonly others: number
}

await using house = await startBenchHouse({ THREESCALE_DEADLINE_MS: String(DEADLINE_MS) })

/** As much as is answered, or so many of each a second. */
async function ask(isSlow: boolean, rates: Rates = { kept: 0, asked: 0 }): Promise<Seen> {
  house.threescale.intercept = () => (isSlow && Math.random() < SHARE ? setTimeout(SLOW_MS) : undefined)
  const isOpen = rates.kept > 0
  const [kept, asked] = await Promise.all([
    house.put('quiet', { query: KEPT, ms: MS, connections: isOpen ? 500 : CONNECTIONS.kept, rate: rates.kept }),
    house.put('noisy', {
      query: ASKED,
      countPrefix: 'threescale:invoice:',
      ms: MS,
      connections: isOpen ? 500 : CONNECTIONS.asked,
      rate: rates.asked,
    }),
  ])
  // What is under way ends.
  await setTimeout(DEADLINE_MS)
  return {
    kept: rateOf(kept),
    asked: rateOf(asked),
    keptP99: quantile(kept.result.ms[200] ?? [], 0.99),
    askedP99: quantile(asked.result.ms[200] ?? [], 0.99),
    others: [kept, asked].reduce((sum, { result }) => sum + countOthers(result.ms), 0),
  }
}

function rateOf({ result }: Measured): number {
  return (result.ms[200]?.length ?? 0) / result.seconds
}

function countOthers(ms: Readonly<Record<number, readonly number[]>>): number {
  return Object.entries(ms).reduce((sum, [status, all]) => sum + (status === '200' ? 0 : all.length), 0)
}

function print(what: string, { kept, asked, keptP99, askedP99, others }: Seen): void {
  process.stdout.write(
    `${what}: ${kept.toFixed(0)} kept/s, p99 ${keptP99.toFixed(1)} ms; ${asked.toFixed(0)} asked/s, p99 ${askedP99.toFixed(1)} ms; ${others} other answers\n`,
  )
}

async function compare(name: string, rates?: Rates): Promise<Rates> {
  let last: Rates = { kept: 0, asked: 0 }
  const throughputs: number[] = []
  const latencies: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const well = await ask(false, rates)
    print(`${name}, well`, well)
    const slow = await ask(true, rates)
    print(`${name}, a twentieth slow`, slow)
    throughputs.push((slow.kept + slow.asked) / (well.kept + well.asked))
    latencies.push(slow.keptP99 / well.keptP99)
    last = well
  }
  const list = (figures: readonly number[]) => figures.map(figure => figure.toFixed(2)).join(' ')
  process.stdout.write(
    `  throughput x ${quantile(throughputs, 0.5).toFixed(2)} (${list(throughputs)}), p99 of what is kept x ${quantile(latencies, 0.5).toFixed(2)} (${list(latencies)})\n`,
  )
  return last
}

await ask(false)
const most = await compare('as much as is answered')
await compare('six tenths of it', { kept: most.kept * PART, asked: most.asked * PART })
