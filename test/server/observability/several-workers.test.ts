import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { Client } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../built-program.js'
import { type ObservedGateway, startObserved } from './observed-gateway.js'

/** For a compiler and three processes on a busy machine. */
const START_MS = 240_000
const POLL = { timeout: 120_000 }
/** It is never called. */
const UPSTREAM = { DEMO: '', THREESCALE_URL: 'http://127.0.0.1:9', THREESCALE_ACCESS_TOKEN: 'token' }

let gateway: ObservedGateway

beforeAll(async () => {
  gateway = await startObserved(await buildProgram(), { ...UPSTREAM, WORKERS: '2' })
}, START_MS)
afterAll(() => gateway[Symbol.asyncDispose]())

/** The process ids of all workers so far, in the order in which they were ready. */
function workers(): readonly number[] {
  return gateway
    .lines()
    .filter(({ msg }) => msg === 'a worker is ready')
    .map(({ worker }) => worker as number)
}

/** Sends a request to each worker in turn, by connections of their own. */
async function askEach(): Promise<void> {
  for (const _worker of workers()) {
    const client = new Client(gateway.process.address)
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', path: '/graphql', headers, body: '{"query":"{ __typename }"}' } as const
    await (await client.request(request)).body.dump()
    await client.close()
  }
}

async function requestCount(): Promise<number> {
  const [, count] =
    /^billgraph_http_requests_total\{route="\/graphql",status="200"\} (\d+)$/m.exec(await gateway.metrics()) ?? []
  return Number(count)
}

describe('the metrics of several workers', () => {
  it('do not fall while one of them does not answer, and not after its death', async () => {
    await expect.poll(() => workers().length, POLL).toBe(2)
    await askEach()
    await askEach()
    await expect.poll(requestCount, POLL).toBe(4)
    const [late = 0] = workers()
    process.kill(late, 'SIGSTOP')
    expect(await requestCount()).toBe(4)
    process.kill(late, 'SIGKILL')
    await expect.poll(() => workers().length, POLL).toBe(3)
    expect(await requestCount()).toBe(4)
    expect(await requestCount()).toBe(4)
    await askEach()
    await expect.poll(requestCount, POLL).toBe(7)
  })
})

/** A PostgreSQL that takes its time to let a connection in, and then answers no statement. */
async function startSilentPostgres(): Promise<Server> {
  const letIn = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1')
  const server = createServer(socket => {
    socket.on('error', () => {}).once('data', () => setTimeout(() => socket.write(letIn), 700))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

describe('the metrics of several workers whose journal does not respond', () => {
  it('say so, and are those of now', async () => {
    const postgres = await startSilentPostgres()
    const { port } = postgres.address() as AddressInfo
    await using other = await startObserved(await buildProgram(), {
      ...UPSTREAM,
      WORKERS: '2',
      WRITES_JOURNAL: `postgres://billgraph:password@127.0.0.1:${port}/billgraph`,
    })
    const text = await other.metrics()
    expect(text).toContain('billgraph_journal_unreadable 1\n')
    postgres.close()
  })
})

describe('a worker that dies while the log level is passed on', () => {
  it('is replaced', async () => {
    const client = new Client(gateway.admin)
    const put = (level: string) => client.request({ method: 'PUT', path: '/log-level', body: level })
    await (await put('warn')).body.dump()
    const { pid = 0 } = gateway.process.child
    // Once it goes on, the process finds the request before the end of its worker.
    process.kill(pid, 'SIGSTOP')
    const answer = put('info')
    answer.catch(() => {})
    await new Promise(setImmediate)
    const known = workers()
    process.kill(known.at(-1) ?? 0, 'SIGKILL')
    await expect.poll(() => readFileSync(`/proc/${known.at(-1)}/stat`, 'utf8')).toMatch(/^\d+ \(.*\) Z/)
    process.kill(pid, 'SIGCONT')
    expect((await answer).statusCode).toBe(200)
    await (await answer).body.dump()
    await client.close()
    await expect.poll(() => workers().length, POLL).toBe(known.length + 1)
  })
})
