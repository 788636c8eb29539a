import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { type DecoderName, decoders } from '../src/upstream/decoding/decoders.js'
import { DecodePool } from '../src/upstream/decoding/worker-pool.js'
import type { UpstreamRequest } from '../src/upstream/http/errors.js'
import { catalystBody, threescaleBody } from '../test/upstream/decoding/large-bodies.js'

// The main thread's time for a large body, decoded on it (A) and in the worker pool (B), in turns A B A B. Start: `npm run bench`.

const REQUEST: UpstreamRequest = { upstream: 'catalyst', operation: 'bench' }
const ROUNDS = 10

const bodies: readonly (readonly [string, DecoderName, Uint8Array])[] = [
  ['Catalyst, 6,000 lines', 'catalystInvoices', catalystBody(6000)],
  ['Catalyst, 20,000 lines', 'catalystInvoices', catalystBody(20_000)],
  ['3scale, 2,400 lines', 'threescaleInvoicePage', threescaleBody(2400)],
]

interface Cost {
  readonly wallMs: number
  /** Time in which the main thread was not idle. */
  readonly busyMs: number
  readonly longestBlockMs: number
}

async function measure(decode: () => unknown): Promise<Cost> {
  const blocks = monitorEventLoopDelay({ resolution: 1 })
  blocks.enable()
  // A block is measured from the last tick before it.
  await setTimeout(20)
  const before = performance.eventLoopUtilization()
  const start = performance.now()
  await decode()
  const wallMs = performance.now() - start
  const { active } = performance.eventLoopUtilization(before)
  await setTimeout(20)
  blocks.disable()
  return { wallMs, busyMs: active, longestBlockMs: blocks.max / 1e6 }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function print(label: string, costs: readonly Cost[]): void {
  const [wall, busy, block] = [
    median(costs.map(cost => cost.wallMs)),
    median(costs.map(cost => cost.busyMs)),
    Math.max(...costs.map(cost => cost.longestBlockMs)),
  ].map(value => value.toFixed(1).padStart(7))
  process.stdout.write(`  ${label}  wall ${wall} ms   main thread ${busy} ms   longest block ${block} ms\n`)
}

await using pool = new DecodePool()
for (const [name, decoder, body] of bodies) {
  const [main, worker]: [Cost[], Cost[]] = [[], []]
  for (let round = 0; round < ROUNDS + 2; round++) {
    const a = await measure(() => decoders[decoder](body, REQUEST))
    const b = await measure(() => pool.decode(decoder, body, REQUEST))
    // The first two rounds are for the compiler.
    if (round > 1) main.push(a) && worker.push(b)
  }
  process.stdout.write(`${name}, ${(body.byteLength / 1e6).toFixed(2)} MB, ${ROUNDS} rounds\n`)
  print('main thread', main)
  print('worker     ', worker)
  const share = median(worker.map(cost => cost.busyMs)) / median(main.map(cost => cost.busyMs))
  process.stdout.write(`  the main thread's time falls to ${(100 * share).toFixed(0)} %\n`)
  const decoded = pool.decode(decoder, body, REQUEST)
  if (!(decoded instanceof Promise)) throw new Error('no worker could be started')
  await decoded
}
