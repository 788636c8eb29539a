import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, buildProgram, type Environment, type GatewayProcess, startBuilt } from '../built-program.js'
import { clock } from '../gateway.js'
import { catalystSettings } from './catalyst-settings.js'
import { ENVIRONMENT, HostileClients, LARGE_QUERY, postOf } from './hostile-clients.js'
import { residentMb, sendVaried } from './varied-requests.js'

const REPORT_HEAP = new URL('../report-heap.mjs', import.meta.url).href

// `npm run bench:hostile` does the same with more connections and requests.

let build: BuiltProgram
beforeAll(async () => {
  build = await buildProgram()
})
afterAll(() => {
  // A test that fails ends its gateway here.
  for (const { child } of started) child.kill('SIGKILL')
})

const started: GatewayProcess[] = []

async function start(environment: Environment): Promise<GatewayProcess> {
  const gateway = await startBuilt(build, environment)
  started.push(gateway)
  return gateway
}

async function expectAnswers({ ask }: GatewayProcess, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    expect(await ask(`{ x${index}: sources { source } }`)).toMatchObject({
      status: 200,
      data: { [`x${index}`]: expect.anything() },
    })
  }
}

describe.concurrent('the program', { timeout: 180_000 }, () => {
  it('answers others while clients hold half-sent requests and never read, and ends on SIGTERM by its deadline', async ({
    expect,
  }) => {
    // Fewer permits and places than half-sent bodies: a body takes none before it has arrived.
    const gateway = await start({
      ...ENVIRONMENT,
      ADMISSION_PERMITS: '5',
      ADMISSION_QUEUE_LIMIT: '50',
      DRAIN_TIMEOUT_MS: '1000',
    })
    using clients = new HostileClients(gateway.address)
    await gateway.ask(LARGE_QUERY)
    await clients.sendHalfHeads(100)
    await clients.sendHalfBodies(100)
    await clients.neverRead(20, 14)
    await expectAnswers(gateway, 50)
    const startedAt = performance.now()
    expect(await gateway.end()).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('ends on SIGTERM by its deadline when an upstream never answers', async () => {
    await using threescale = await startThreescale({ clock })
    const called = Promise.withResolvers<void>()
    threescale.intercept = () => {
      called.resolve()
      return new Promise(() => {})
    }
    const gateway = await start({
      LOG_LEVEL: 'warn',
      THREESCALE_URL: threescale.url,
      THREESCALE_ACCESS_TOKEN: threescale.accessToken,
      THREESCALE_DEADLINE_MS: '60000',
      DRAIN_TIMEOUT_MS: '500',
    })
    const answer = gateway.ask('{ invoices(first: 1) { totalCount } }').catch(() => 'disconnected')
    await called.promise
    const startedAt = performance.now()
    expect(await gateway.end()).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    expect(await answer).toBe('disconnected')
  })

  it('refuses a body that arrives too slowly with 408, long before the time for a request is over', async ({
    expect,
  }) => {
    const gateway = await start(ENVIRONMENT)
    using clients = new HostileClients(gateway.address)
    const request = postOf('{ sources { source } }').replace('host: x', 'host: x\r\nx-request-id: slow')
    const [[stalled], [dripping], [slow]] = [
      await clients.open(1, request.slice(0, -5)),
      await clients.open(1, request.slice(0, -30)),
      await clients.open(1, request.replace(/content-length: .*/s, 'content-length: 12000\r\n\r\n')),
    ]
    const startedAt = performance.now()
    const ended = Promise.all([stalled?.closed(), dripping?.closed()])
    let [isOver, sent] = [false, 0]
    ended.then(() => {
      isOver = true
    })
    const body = postOf('{ sources { source } }').split('\r\n\r\n')[1] ?? ''
    while (!isOver || sent < 12_000) {
      if (sent < 12_000) slow?.send(sent === 11_000 ? `${' '.repeat(1_000 - body.length)}${body}` : ' '.repeat(1_000))
      sent += 1_000
      dripping?.send(' ')
      await setTimeout(500)
    }
    for (const text of await ended) {
      expect(text).toMatch(/^HTTP\/1.1 408 /)
      expect(text).toMatch(/^connection: close/im)
      expect(JSON.parse(text?.split('\r\n\r\n')[1] ?? '')).toEqual({
        errors: [
          {
            message: 'The request body arrives too slowly. Send at least 1024 bytes per second.',
            extensions: { code: 'BAD_REQUEST', requestId: 'slow' },
          },
        ],
      })
    }
    expect(performance.now() - startedAt).toBeLessThan(25_000)
    await expect.poll(() => slow?.received, { timeout: 60_000 }).toMatch(/^HTTP\/1.1 200 /)
    expect(await gateway.end()).toBe(0)
  })

  it('disconnects a client that reads nothing of its responses within a minute, and none that reads 64 KB/s', async ({
    expect,
  }) => {
    const gateway = await start(ENVIRONMENT)
    using clients = new HostileClients(gateway.address)
    await gateway.ask(LARGE_QUERY)
    const [never] = await clients.neverRead(1, 150)
    const [slow] = await clients.neverRead(1, 60)
    const startedAt = performance.now()
    const seconds = () => (performance.now() - startedAt) / 1_000
    const isOver = () => gateway.output().includes('a client does not read its response: disconnected')
    let overAt = 0
    // Kernels buffer megabytes: the slow client is watched for longer than it shows no progress.
    while (overAt === 0 || seconds() < 70) {
      await setTimeout(500)
      if ((slow?.received.length ?? 0) < 64_000 * seconds()) await slow?.readSome(1)
      if (overAt === 0 && isOver()) overAt = seconds()
    }
    expect(overAt).toBeLessThan(60)
    const responsesOf = (text = '') => text.split('HTTP/1.1 200 OK').length - 1
    never?.resume()
    expect(responsesOf(await never?.closed())).toBeLessThan(150)
    slow?.resume()
    await expect.poll(() => responsesOf(slow?.received), { timeout: 60_000 }).toBe(60)
    expect(await gateway.end()).toBe(0)
  })

  it('has a heap that grows with its first requests, and levels off when they are repeated', async ({ expect }) => {
    // Without the cache each request runs anew. The first half compiles the code and parses the documents; what leaks grows on.
    // The stand-ins log their requests, so they run in this process.
    await using threescale = await startThreescale({ clock })
    await using catalyst = await startCatalyst()
    const gateway = await start({
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      ADMISSION_MAX_LOOP_DELAY_MS: '100000',
      THREESCALE_URL: threescale.url,
      THREESCALE_ACCESS_TOKEN: threescale.accessToken,
      ...catalystSettings(catalyst),
      CACHE: 'off',
      NODE_OPTIONS: `--import=${REPORT_HEAP}`,
    })
    const heaps = [await heapMb(gateway)]
    for (let pass = 0; pass < 4; pass++) {
      await sendVaried(gateway, 0, 350)
      heaps.push(await heapMb(gateway))
    }
    const [before = 0, , middle = 0, , after = 0] = heaps
    const figures = `heap ${heaps.map(mb => mb.toFixed(1)).join(', ')} MB`
    process.stdout.write(`varied requests: ${figures}, resident ${residentMb(gateway).toFixed(0)} MB\n`)
    expect(after - middle, figures).toBeLessThan((middle - before) / 4)
    expect(await gateway.end()).toBe(0)
  })
})

/** The memory of a gateway that loaded `REPORT_HEAP`, in MB, after garbage collection. */
async function heapMb({ child }: GatewayProcess): Promise<number> {
  const reported = once(child, 'message') as Promise<[number]>
  child.send('report')
  return (await reported)[0]
}
