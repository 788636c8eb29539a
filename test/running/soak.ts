import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, type Environment, startBuilt } from '../built-program.js'
import { Random } from '../fuzz/random.js'
import { KeptAliveClients } from './kept-alive-client.js'
import { type Slope, slopeOf } from './slope.js'

/** What a gateway held at one time. */
export interface Sample {
  readonly hours: number
  /** Resident memory. */
  readonly mb: number
  readonly sockets: number
  /** All file descriptors. */
  readonly handles: number
}

/** What happened in a soak. */
export interface SoakResult {
  readonly requests: number
  readonly samples: readonly Sample[]
  /** MB an hour, after the first sixth of the time. */
  readonly memory: Slope
  /** Before the load, and after it when all clients have gone. */
  readonly idle: readonly [before: Sample, after: Sample]
}

const CLIENTS = 4
/** Between two requests of a client: about half of what a core can do. */
const PAUSE_MS = 5

/** Sends requests to a gateway for a time, while its upstream fails now and then. @param seed of the faults */
export async function soak(
  program: BuiltProgram,
  threescale: ThreescaleStandIn,
  environment: Environment,
  { seconds, seed }: { readonly seconds: number; readonly seed: number },
): Promise<SoakResult> {
  const random = new Random(seed, 0)
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
  const gateway = await startBuilt(program, { ...environment, NODE_ENV: 'production', LOG_LEVEL: 'warn' })
  try {
    const startedAt = performance.now()
    const sample = (): Sample => sampleOf(gateway.child.pid ?? 0, (performance.now() - startedAt) / 3_600_000)
    await gateway.ask('{ invoices(first: 1) { totalCount } }')
    const before = sample()
    const query = (number: number): string =>
      `{ a${number % 1_000}: invoices(first: ${1 + (number % 20)}) { nodes { id } } }`
    const clients = new KeptAliveClients(gateway.address, CLIENTS, query, PAUSE_MS)
    const samples: Sample[] = []
    while (performance.now() - startedAt < seconds * 1_000) {
      await setTimeout(seconds * 5)
      samples.push(sample())
    }
    await clients.stop()
    const after = await settled(sample, before)
    const late = samples.slice(Math.floor(samples.length / 6))
    const memory = slopeOf(late.map(({ hours, mb }) => [hours, mb]))
    return { requests: clients.outcomes.length, samples, memory, idle: [before, after] }
  } finally {
    gateway.child.kill('SIGKILL')
    threescale.intercept = undefined
  }
}

/** The sample once the connections of the load have gone; the last one if they have not after ten seconds. */
async function settled(sample: () => Sample, before: Sample): Promise<Sample> {
  let now = sample()
  for (let turn = 0; turn < 100 && now.sockets > before.sockets; turn++) {
    await setTimeout(100)
    now = sample()
  }
  return now
}

function sampleOf(pid: number, hours: number): Sample {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kb = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1])
  const targets = readdirSync(`/proc/${pid}/fd`).map(fd => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`)
    } catch {
      // Closed meanwhile.
      return ''
    }
  })
  return {
    hours,
    mb: kb / 1_024,
    sockets: targets.filter(target => target.startsWith('socket:')).length,
    handles: targets.length,
  }
}
