import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, type GatewayProcess, startBuilt } from '../built-program.js'
import { Random } from '../fuzz/random.js'
import { KeptAliveClients } from './kept-alive-client.js'
import { formatGrowth, type Growth, type GrowthBounds, growthOf, type Held, leftBehind, type Sample } from './leaks.js'

/** How a gateway is loaded, and for how long. */
export interface SoakOptions {
  readonly seconds: number
  /** Of the faults. */
  readonly seed: number
  /** Of each of four clients between a response and its next request. */
  readonly pauseMs: number
  readonly bounds: GrowthBounds
  /** Keeps every request in the gateway's process: the leak that must be found. */
  readonly hasSeededLeak?: boolean
}

/** What happened in a soak. */
export interface SoakResult {
  readonly requests: number
  readonly growth: readonly Growth[]
  /** Before the load, and after it when all clients have gone. */
  readonly idle: readonly [before: Held, after: Held]
  /** Sentences; `[]` when nothing leaks. */
  readonly leaks: readonly string[]
}

const CLIENTS = 4
const SAMPLES = 48
const REPORT_RESOURCES = new URL('report-resources.mjs', import.meta.url).href

/** Sends requests to a gateway for a time, while its upstream fails now and then. */
export async function soak(program: BuiltProgram, options: SoakOptions): Promise<SoakResult> {
  const { seconds, seed, pauseMs, bounds, hasSeededLeak = false } = options
  await using threescale = await startThreescale({})
  failAtRandom(threescale, new Random(seed, 0))
  const gateway = await startBuilt(program, {
    THREESCALE_URL: threescale.url,
    THREESCALE_ACCESS_TOKEN: threescale.accessToken,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: `--import=${REPORT_RESOURCES}`,
    SEEDED_LEAK: hasSeededLeak ? '1' : '0',
  })
  try {
    await gateway.ask('{ invoices(first: 1) { totalCount } }')
    const before = await heldBy(gateway)
    const startedAt = performance.now()
    const query = (number: number): string =>
      `{ a${number % 100}: invoices(first: ${1 + (number % 20)}) { nodes { id } } }`
    const clients = new KeptAliveClients(gateway.address, CLIENTS, query, pauseMs)
    const samples: Sample[] = []
    for (let count = 1; count <= SAMPLES; count++) {
      await setTimeout(Math.max(0, startedAt + (count * seconds * 1_000) / SAMPLES - performance.now()))
      samples.push({ ...(await heldBy(gateway)), hours: (performance.now() - startedAt) / 3_600_000 })
      // The stand-in keeps a list of all requests.
      threescale.requests.length = 0
    }
    await clients.stop()
    const idle = [before, await settled(gateway, before)] as const
    const growth = growthOf(samples, bounds)
    const leaks = [...growth.filter(({ isLeak }) => isLeak).map(formatGrowth), ...leftBehind(idle)]
    return { requests: clients.outcomes.length, growth, idle, leaks }
  } finally {
    gateway.child.kill('SIGKILL')
  }
}

function failAtRandom(threescale: ThreescaleStandIn, random: Random): void {
  threescale.intercept = async () => {
    if (!random.onceIn(50)) return undefined
    const fault = random.pick(['reset', 'status', 'slow', 'garbled'] as const)
    if (fault === 'slow') await setTimeout(200)
    if (fault === 'slow') return undefined
    if (fault === 'reset') return 'reset'
    return fault === 'status'
      ? { status: 503, body: '' }
      : { status: 200, headers: { 'content-type': 'application/xml' }, body: '<oops' }
  }
}

/** What a gateway that loaded `REPORT_RESOURCES` holds after garbage collection. */
async function heldBy({ child }: GatewayProcess): Promise<Held> {
  const reported = once(child, 'message') as Promise<[Held]>
  child.send('report')
  return (await reported)[0]
}

/** What is held once the connections of the load have gone; the last sample if they have not after ten seconds. */
async function settled(gateway: GatewayProcess, before: Held): Promise<Held> {
  let now = await heldBy(gateway)
  for (let turn = 0; turn < 100 && leftBehind([before, now]).length > 0; turn++) {
    await setTimeout(100)
    now = await heldBy(gateway)
  }
  return now
}
