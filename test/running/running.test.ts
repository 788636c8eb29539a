import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, buildProgram, type Environment, type GatewayProcess, startBuilt } from '../built-program.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { hasHaproxy } from './haproxy.js'
import { KeptAliveClients } from './kept-alive-client.js'
import { killWhileWriting } from './kill-runs.js'
import { restartInTurn } from './rolling-restarts.js'
import { soak } from './soak.js'

/** `ROLLING_RESTARTS=20 ROLLING_REQUESTS=10000 KILLS=50 npx vitest run test/running/running.test.ts` for all of them. */
const RESTARTS = Number(process.env.ROLLING_RESTARTS ?? 2)
const REQUESTS = Number(process.env.ROLLING_REQUESTS ?? 0)
const KILLS = Number(process.env.KILLS ?? 3)
/** `SOAK_SECONDS=120` for a longer one; `npm run soak` for 30 minutes. */
const SOAK_SECONDS = Number(process.env.SOAK_SECONDS ?? 10)
const timeout = 3_600_000
/** On a busy machine a gateway starts within half a minute. */
const POLL = { timeout: 120_000 }

let folder: string
let program: BuiltProgram
let threescale: ThreescaleStandIn
let environment: Environment
const started: GatewayProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'billgraph-running-'))
  program = await buildProgram()
  // A time at which invoice 1217 is open.
  threescale = await startThreescale({ clock: () => new Date('2024-02-04T03:00:00Z'), data: nimbusMaps })
  environment = { THREESCALE_URL: threescale.url, THREESCALE_ACCESS_TOKEN: threescale.accessToken }
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
    .filter(line => line.includes(`"msg":"${msg}"`))
    .map(line => JSON.parse(line) as Record<string, unknown>)
}

describe('SIGTERM', () => {
  it('makes /readyz fail at once, while requests are answered and connections closed with them, until a second signal', {
    timeout,
  }, async () => {
    const gateway = await start({ DRAIN_DELAY_MS: '300000', DRAIN_TIMEOUT_MS: '600000' })
    expect((await fetch(`${gateway.address}/readyz`)).status).toBe(200)
    const ended = gateway.end()
    await expect.poll(async () => (await fetch(`${gateway.address}/readyz`)).status, POLL).toBe(503)
    expect(linesOf(gateway, 'draining: not ready for load balancers, then no new connections')).toHaveLength(1)
    const body = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${gateway.address}/graphql`, { method: 'POST', headers, body })
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
    // Signals within a second of the first one count as the same.
    const again = setInterval(() => gateway.child.kill('SIGTERM'), 100)
    expect(await ended).toBe(1)
    clearInterval(again)
  })

  it('ends with status 0 when the delay is over', { timeout }, async () => {
    const gateway = await start({ DRAIN_DELAY_MS: '500' })
    expect(await gateway.end()).toBe(0)
    expect(linesOf(gateway, 'ended')).toHaveLength(1)
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

describe('a load with faults of the upstream', () => {
  it(`for ${SOAK_SECONDS} s leaves no socket and no other file descriptor behind`, { timeout }, async () => {
    const { requests, idle } = await soak(program, threescale, environment, {
      seconds: SOAK_SECONDS,
      seed: 20_261_129,
    })
    const [before, after] = idle
    process.stdout.write(
      `soak: ${requests} requests, idle sockets ${before.sockets} before and ${after.sockets} after\n`,
    )
    // Those to the upstream are kept, as many as were used at the same time.
    expect(after.sockets - before.sockets).toBeLessThanOrEqual(4)
    expect(after.handles - before.handles).toBeLessThanOrEqual(4)
  })
})

describe('WORKERS=2', () => {
  it('answers with two processes, replaces one that is killed, and loses only what that one was answering', {
    timeout,
  }, async () => {
    const gateway = await start({ WORKERS: '2', METRICS_PORT: '0', LOG_LEVEL: 'info' })
    const ready = () => linesOf(gateway, 'a worker is ready').map(({ worker }) => worker as number)
    await expect.poll(() => ready().length, POLL).toBe(2)
    const clients = new KeptAliveClients(
      gateway.address,
      8,
      number => `{ a${number % 50}: invoices(first: 1) { totalCount } }`,
    )
    await expect.poll(() => clients.outcomes.length, POLL).toBeGreaterThan(50)
    const pidOf = (requestId: string): unknown =>
      linesOf(gateway, 'answered').find(line => line.requestId === requestId)?.pid
    const [, killed = 0] = ready()
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => ready().length, POLL).toBe(3)
    const replacedAt = clients.outcomes.length
    await expect.poll(() => clients.outcomes.length, POLL).toBeGreaterThan(replacedAt + 50)
    await clients.stop()
    expect(new Set(linesOf(gateway, 'answered').map(({ pid }) => pid)).size).toBeGreaterThan(1)
    for (const { client, requestId } of clients.failures) {
      const index = clients.outcomes.findIndex(one => one.requestId === requestId)
      const before = clients.outcomes.slice(0, index).filter(one => one.client === client)
      // Its connection was to the process that was killed, and it was answering this request. The last line of that one may be missing.
      const pids = before.map(one => pidOf(one.requestId)).filter(pid => pid !== undefined)
      expect(pids.at(-1)).toBe(killed)
    }
    const failed = clients.failures.map(({ client }) => client)
    expect(new Set(failed).size).toBe(failed.length)

    const [{ metrics = '' } = {}] = linesOf(gateway, 'workers are started')
    const before = ready()
    const text = await (await fetch(String(metrics))).text()
    const counts = [...text.matchAll(/^billgraph_http_requests_total\{.*route="\/graphql".*\} (\d+)$/gm)]
    const total = counts.reduce((sum, [, count]) => sum + Number(count), 0)
    const living = linesOf(gateway, 'answered').filter(({ pid, route }) => pid !== killed && route === '/graphql')
    expect([before.length, total]).toEqual([3, living.length])

    gateway.child.kill('SIGHUP')
    await expect.poll(() => gateway.output().split('"reloaded: ').length - 1, POLL).toBe(2)
    expect(await gateway.end()).toBe(0)
  })

  it('does not start with a journal in a file, and names PostgreSQL', { timeout }, async () => {
    const failing = start({ WORKERS: 'auto', WRITES_JOURNAL: join(folder, 'other.db') })
    await expect(failing).rejects.toThrow('WORKERS is auto, but WRITES_JOURNAL is a file, which one process can use')
    await expect(start({ WORKERS: '2', WRITES_JOURNAL: join(folder, 'o.db') })).rejects.toThrow('PostgreSQL')
  })

  it('says once that the port is in use', { timeout }, async () => {
    const first = await start({})
    const { PATH = '' } = process.env
    const env = { PATH, ...environment, WORKERS: '2', PORT: new URL(first.address).port }
    const failed = promisify(execFile)(process.execPath, [join(program.dist, 'main.js')], { env })
    const { code, stderr } = await failed.then(
      () => ({ code: 0, stderr: '' }),
      (error: { readonly code: number; readonly stderr: string }) => error,
    )
    expect(code).toBe(1)
    expect(stderr.match(/EADDRINUSE.*; set PORT to another port/g)).toHaveLength(1)
    expect(await first.end()).toBe(0)
  })
})
