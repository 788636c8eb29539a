import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import {
  type BuiltProgram,
  bareEnvironment,
  buildProgram,
  type Environment,
  type GatewayProcess,
  startBuilt,
} from '../built-program.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { hasHaproxy } from './haproxy.js'
import { KeptAliveClients } from './kept-alive-client.js'
import { killWhileWriting } from './kill-runs.js'
import { formatGrowth } from './leaks.js'
import { restartInTurn } from './rolling-restarts.js'
import { type SoakResult, soak } from './soak.js'

/** `ROLLING_RESTARTS=20 ROLLING_REQUESTS=10000 KILLS=50 npx vitest run test/running/running.test.ts` for all of them. */
const RESTARTS = Number(process.env.ROLLING_RESTARTS ?? 2)
const REQUESTS = Number(process.env.ROLLING_REQUESTS ?? 0)
const KILLS = Number(process.env.KILLS ?? 2)
/** `npm run soak` for half an hour at half load. Here it runs beside the other tests and uses little of a core. */
const SOAK = { seconds: 120, seed: 20_261_129, pauseMs: 60 }
/**
 * In so short a time the engine's own growth looks large. A gateway that keeps its requests grows by 10 MB an hour and more for each
 * request a second.
 */
const BOUNDS = { heapMb: 100, residentMb: 600, timers: 150, resources: 150, sockets: 150, descriptors: 150 }
/** Long runs by environment variables take longer. */
const timeout = process.env.ROLLING_RESTARTS || process.env.KILLS ? 3_600_000 : 300_000
/** On a busy machine a gateway starts within half a minute. */
const POLL = { timeout: 120_000, interval: 200 }

let folder: string
let program: BuiltProgram
let threescale: ThreescaleStandIn
let environment: Environment
let soaking: Promise<SoakResult>
const started: GatewayProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'billgraph-running-'))
  program = await buildProgram()
  // A time at which invoice 1217 is open.
  threescale = await startThreescale({ clock: () => new Date('2024-02-04T03:00:00Z'), data: nimbusMaps })
  environment = { THREESCALE_URL: threescale.url, THREESCALE_ACCESS_TOKEN: threescale.accessToken }
  soaking = soak(program, { ...SOAK, bounds: BOUNDS })
  // The last test reports it.
  soaking.catch(() => {})
})
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await threescale.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(variables: Environment): Promise<GatewayProcess> {
  const gateway = await startBuilt(program, { ...environment, ...variables })
  started.push(gateway)
  return gateway
}

/** Log lines with this message, as objects. */
function linesOf({ output }: GatewayProcess, msg: string): readonly Record<string, unknown>[] {
  return output()
    .split('\n')
    .slice(0, -1)
    .filter(line => line.includes(`"msg":"${msg}"`))
    .map(line => JSON.parse(line) as Record<string, unknown>)
}

function clientsOf({ address }: GatewayProcess): KeptAliveClients {
  return new KeptAliveClients(address, 8, number => `{ a${number % 50}: invoices(first: 1) { totalCount } }`, 25)
}

describe('SIGTERM', () => {
  it('makes /readyz fail at once, while requests are answered and connections closed with them, until a second signal', {
    timeout,
  }, async () => {
    const gateway = await start({ DRAIN_DELAY_MS: '300000', DRAIN_TIMEOUT_MS: '600000' })
    expect((await fetch(`${gateway.address}/readyz`)).status).toBe(200)
    const ended = gateway.end()
    await expect.poll(async () => (await fetch(`${gateway.address}/readyz`)).status, POLL).toBe(503)
    const draining = () => linesOf(gateway, 'draining: not ready for load balancers, then no new connections')
    // A line comes over a pipe, which may be later than a response.
    await expect.poll(draining, POLL).toHaveLength(1)
    const body = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${gateway.address}/graphql`, { method: 'POST', headers, body })
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
    // Signals within a second of the first one count as the same.
    const again = setInterval(() => gateway.child.kill('SIGTERM'), 100)
    expect(await ended).toBe(1)
    clearInterval(again)
  })

  it('has no delay when it is SIGINT', { timeout }, async () => {
    const patient = await start({ DRAIN_DELAY_MS: '300000', DRAIN_TIMEOUT_MS: '600000' })
    patient.child.kill('SIGINT')
    await expect.poll(() => patient.child.exitCode, POLL).toBe(0)
  })

  it.skipIf(!hasHaproxy)(
    `fails no request when two gateways behind a HAProxy are restarted in turn, ${RESTARTS} times`,
    { timeout },
    async () => {
      const { requests, failures, statuses } = await restartInTurn(program, environment, RESTARTS, REQUESTS)
      process.stdout.write(`rolling restarts: ${failures.length} of ${requests} requests failed\n`)
      expect(failures.slice(0, 3)).toEqual([])
      expect(statuses).toEqual(Array(RESTARTS).fill(0))
    },
  )
})

describe('kill -9', () => {
  it(`of a gateway that writes loses nothing it has confirmed, and it starts again on its journal, ${KILLS} times`, {
    timeout,
  }, async () => {
    const model = nimbusMaps.invoices.find(({ id }) => id === 1217)
    if (!model) throw new Error('the stand-in has no invoice 1217')
    const openInvoice = (): string => {
      const id = Math.max(...threescale.data.invoices.map(invoice => invoice.id)) + 1
      threescale.addInvoice({ ...model, id, dueOn: '2099-01-01' })
      return `threescale:invoice:${id}`
    }
    const journal = join(folder, 'journal.db')
    const { findings, readyMs, plainMs, done } = await killWhileWriting(program, environment, {
      journal,
      openInvoice,
      kills: KILLS,
    })
    const [ready, plain] = [readyMs, plainMs].map(all => all.toSorted((a, b) => a - b))
    const middle = Math.floor(readyMs.length / 2)
    process.stdout.write(
      `kill -9: ready again after ${ready?.[middle]?.toFixed(0)} ms (longest ${ready?.at(-1)?.toFixed(0)}), a plain server after ` +
        `${plain?.[middle]?.toFixed(0)} ms (longest ${plain?.at(-1)?.toFixed(0)}); ${done} writes\n`,
    )
    expect(findings).toEqual([])
  })
})

describe('WORKERS=2', () => {
  it('answers with two processes, replaces those that are killed, and loses only what they were answering', {
    timeout,
  }, async () => {
    const gateway = await start({ WORKERS: '2', METRICS_PORT: '0', LOG_LEVEL: 'info', CACHE: 'off' })
    const ready = () => linesOf(gateway, 'a worker is ready').map(({ worker }) => worker as number)
    await expect.poll(() => ready().length, POLL).toBe(2)
    const clients = clientsOf(gateway)
    const pidsOf = (msg: string): ReadonlySet<unknown> => new Set(linesOf(gateway, msg).map(({ pid }) => pid))
    await expect.poll(() => pidsOf('answered').size, POLL).toBe(2)

    const [{ metrics = '' } = {}] = linesOf(gateway, 'workers are started')
    await fetch(String(metrics).replace('/metrics', '/log-level'), { method: 'PUT', body: 'debug' })
    await expect.poll(() => pidsOf('upstream call'), POLL).toEqual(new Set(ready()))

    const killed = ready()
    for (const [index, worker] of killed.entries()) {
      process.kill(worker, 'SIGKILL')
      await expect.poll(() => ready().length, POLL).toBe(3 + index)
    }
    const dead = linesOf(gateway, 'a worker ended, and is replaced')
    expect(dead.map(({ worker, signal, inMs }) => [worker, signal, inMs])).toEqual([
      [killed[0], 'SIGKILL', 0],
      [killed[1], 'SIGKILL', 100],
    ])
    await clients.stop()

    const counted = async (): Promise<number> => {
      const text = await (await fetch(String(metrics))).text()
      const counts = [...text.matchAll(/^billgraph_http_requests_total\{.*route="\/graphql".*\} (\d+)$/gm)]
      return counts.reduce((sum, [, count]) => sum + Number(count), 0)
    }
    const isOfLiving = ({ pid, route }: Record<string, unknown>) =>
      !killed.includes(Number(pid)) && route === '/graphql'
    const living = () => linesOf(gateway, 'answered').filter(isOfLiving)
    // The last lines come over a pipe, and may be later than the responses.
    await expect.poll(async () => (await counted()) - living().length, POLL).toBe(0)
    expect(living().length).toBeGreaterThan(0)

    const pidOf = new Map(linesOf(gateway, 'answered').map(({ requestId, pid }) => [requestId, Number(pid)]))
    for (const { client, requestId } of clients.failures) {
      const index = clients.outcomes.findIndex(one => one.requestId === requestId)
      const before = clients.outcomes.slice(0, index).filter(one => one.client === client)
      // Its connection was to a process that was killed, and it was answering this request. The last line of that one may be missing.
      const pids = before.map(one => pidOf.get(one.requestId)).filter(pid => pid !== undefined)
      expect(killed).toContain(pids.at(-1))
    }
    // A connection has one request in flight, and breaks once with each of the two.
    for (let client = 0; client < 8; client++) {
      expect(clients.failures.filter(one => one.client === client).length).toBeLessThanOrEqual(2)
    }

    // The level that was set at run time is also that of the workers that were started later. New connections reach both.
    const others = clientsOf(gateway)
    await expect.poll(() => pidsOf('upstream call'), POLL).toEqual(new Set(ready()))
    await others.stop()

    gateway.child.kill('SIGHUP')
    await expect.poll(() => gateway.output().split('"reloaded: ').length - 1, POLL).toBe(2)
    expect(await gateway.end()).toBe(0)
  })

  it('says once that the port is in use', { timeout }, async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const env = { ...bareEnvironment(), ...environment, WORKERS: '2', PORT: String(port) }
    const failed = promisify(execFile)(process.execPath, [join(program.dist, 'main.js')], { env })
    const { code, stderr } = await failed.then(
      () => ({ code: 0, stderr: '' }),
      (error: { readonly code: number; readonly stderr: string }) => error,
    )
    other.close()
    expect(code).toBe(1)
    expect(stderr.match(/EADDRINUSE.*; set PORT to another port/g)).toHaveLength(1)
  })
})

describe('a load with faults of the upstream', () => {
  it('leaves nothing behind: neither memory nor a timer, a socket or another file descriptor', {
    timeout,
  }, async () => {
    const { requests, growth, leaks } = await soaking
    process.stdout.write(`soak: ${requests} requests; ${growth.map(formatGrowth).join('; ')}\n`)
    expect(leaks).toEqual([])
  })
})
