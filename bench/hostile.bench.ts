import { setTimeout } from 'node:timers/promises'
import { buildProgram, type GatewayProcess, startBuilt } from '../test/built-program.js'
import { ENVIRONMENT, HostileClients, LARGE_QUERY } from '../test/hostile/hostile-clients.js'
import { residentMb, sendVaried } from '../test/hostile/varied-requests.js'
import { quantile } from './quantile.js'

// First many varied requests: the resident memory after each tenth. Then 500 half-sent heads, 150 half-sent bodies and 1,000 clients that
// read nothing, a tenth of them with more responses than a kernel buffers: the latency of others before and beside them, and the time that
// SIGTERM takes. Start: `npm run bench:hostile`, `npm run bench:hostile -- 5000` for fewer requests.

const REQUESTS = Number(process.argv[2] ?? 20_000)
const PROBES = 200
const DRAIN_TIMEOUT_MS = 5_000
const print = (line: string): boolean => process.stdout.write(`${line}\n`)

async function measureMemory(gateway: GatewayProcess): Promise<void> {
  const step = REQUESTS / 10
  const mb: number[] = []
  for (let round = 0; round < 10; round++) {
    await sendVaried(gateway, round * step, step)
    mb.push(Math.round(residentMb(gateway)))
  }
  print(`${REQUESTS} varied requests: resident memory after each tenth ${mb.join(', ')} MB`)
}

/** @returns latencies in ms */
async function probe({ ask }: GatewayProcess, name: string): Promise<readonly number[]> {
  const ms: number[] = []
  for (let index = 0; index < PROBES; index++) {
    const start = performance.now()
    const { status, errors } = await ask(`{ ${name}${index}: customerCost(prefix: "customer-${index}") { prefix } }`)
    if (status !== 200 || errors) throw new Error(`a probe was answered with ${status}`)
    ms.push(performance.now() - start)
  }
  return ms
}

const show = (ms: readonly number[]): string =>
  `p50 ${quantile(ms, 0.5).toFixed(1)}, p99 ${quantile(ms, 0.99).toFixed(1)} ms of ${ms.length}`

async function attack(gateway: GatewayProcess): Promise<void> {
  await gateway.ask(LARGE_QUERY)
  const before = await probe(gateway, 'before')
  const idleMb = residentMb(gateway)
  using clients = new HostileClients(gateway.address)
  await clients.sendHalfHeads(500)
  await clients.sendHalfBodies(150)
  await clients.neverRead(900, 1)
  await clients.neverRead(100, 14)
  await setTimeout(1_000)
  const beside = await probe(gateway, 'beside')
  print(
    `others: ${show(before)} before, ${show(beside)} beside; memory ${idleMb.toFixed(0)}, then ${residentMb(gateway).toFixed(0)} MB`,
  )
  await clients.sendHalfHeads(50)
  await clients.sendHalfBodies(50)
  const start = performance.now()
  const status = await gateway.end()
  const seconds = (performance.now() - start) / 1_000
  print(
    `SIGTERM: exit status ${status} after ${seconds.toFixed(1)} s, with a time-out of ${DRAIN_TIMEOUT_MS / 1_000} s`,
  )
}

const program = await buildProgram()
const gateway = await startBuilt(program, { ...ENVIRONMENT, DRAIN_TIMEOUT_MS: String(DRAIN_TIMEOUT_MS) })
try {
  await measureMemory(gateway)
  await attack(gateway)
} finally {
  gateway.child.kill('SIGKILL')
}
