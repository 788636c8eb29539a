import { once } from 'node:events'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { startGateway, type TestGateway } from '../../gateway.js'
import { startLoaded } from '../admission/loaded-house.js'

const NOTHING = { catalyst: null, threescale: null }
const start = () => startGateway(NOTHING, false, { hasFront: true })

const json = { 'content-type': 'application/json' }
const QUERY = '{"query":"{ sources { source } }"}'
const ANSWER = { data: { sources: [] } }

/** A request to GraphQL as it goes over the wire. */
const head = (...lines: readonly string[]): string =>
  ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', ...lines, '', ''].join('\r\n')

/** What comes back for parts that are sent one after the other, until so many answers are there. */
async function exchange({ url }: TestGateway, parts: readonly string[], answers = 1): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), noDelay: true })
  await once(socket, 'connect')
  let text = ''
  const isAnswered = (): boolean => (text.match(/^HTTP\/1\.1 [2-5]/gm)?.length ?? 0) === answers && /\}\s*$/.test(text)
  const answered = new Promise<void>(resolve => {
    socket.setEncoding('utf8').on('data', chunk => {
      text += String(chunk)
      if (isAnswered()) resolve()
    })
  })
  // Whoever is refused in the middle of his body finds his connection closed.
  socket.on('error', () => {})
  for (const part of parts) {
    socket.write(part)
    // The server's turn: what it does with this part is done before the next one comes.
    await fetch(`${url}/healthz`)
  }
  await answered
  socket.destroy()
  return text
}

describe('a thread of its own that listens', () => {
  it('turns away whom there is no place for while the thread that answers does nothing else', async () => {
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 0 }, { hasFront: true })
    const first = house.hang('a')
    await expect.poll(house.hanging).toBe(1)
    const status = new Int32Array(new SharedArrayBuffer(4))
    const caller = new Worker(
      `const { workerData: { url, status } } = require('node:worker_threads')
       const headers = { 'content-type': 'application/json', 'x-api-key': 'a' }
       fetch(url, { method: 'POST', headers, body: ${JSON.stringify(QUERY)} }).then(answer => {
         Atomics.store(status, 0, answer.status)
         Atomics.notify(status, 0)
       })`,
      { eval: true, execArgv: [], workerData: { url: `${house.gateway.url}/graphql`, status } },
    )
    // Nothing runs in this thread until the answer is there.
    Atomics.wait(status, 0, 0, 30_000)
    expect(status[0]).toBe(503)
    await caller.terminate()
    house.letGo()
    expect((await first).status).toBe(200)
  })

  it('passes on bodies that come in parts: stated, in chunks, and larger than what is read at once', async () => {
    await using gateway = await start()
    const [first, second] = [QUERY.slice(0, 10), QUERY.slice(10)]
    const stated = await exchange(gateway, [head(`content-length: ${QUERY.length}`) + first, second])
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`
    const chunked = await exchange(gateway, [
      head('transfer-encoding: chunked') + chunk(first),
      chunk(second),
      '0\r\n\r\n',
    ])
    for (const text of [stated, chunked]) {
      expect(text).toMatch(/^HTTP\/1\.1 200 /)
      expect(text).toContain(JSON.stringify(ANSWER))
    }
    const body = JSON.stringify({ query: '{ sources { source } }', variables: { text: 'x'.repeat(900_000) } })
    const large = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: json, body })
    expect([large.status, await large.json()]).toEqual([200, ANSWER])
  })

  it('reads no body whose end never comes further than its limit', async () => {
    await using gateway = await start()
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const text = await exchange(gateway, [
      head('transfer-encoding: chunked'),
      ...Array.from({ length: 20 }, () => chunk),
    ])
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(text).toContain('The body is larger than 1048576 bytes (LIMIT_BODY_BYTES).')
    expect((await gateway.askText('{ sources { source } }')).status).toBe(200)
    expect(gateway.log.filter(line => line.includes('refused by a limit'))).toHaveLength(1)
  })

  it('answers each request of a connection in its turn', async () => {
    await using gateway = await start()
    const one = (id: number): string => head(`content-length: ${QUERY.length}`, `x-request-id: ${id}`) + QUERY
    const text = await exchange(gateway, [one(1) + one(2) + one(3)], 3)
    expect([...text.matchAll(/^x-request-id: (\d)/gim)].map(match => match[1])).toEqual(['1', '2', '3'])
  })

  it('refuses a path that is none, and passes on one that is unusual', async () => {
    await using gateway = await start()
    const ask = (line: string): Promise<string> => exchange(gateway, [`${line} HTTP/1.1\r\nhost: x\r\n\r\n`])
    expect(await ask('GET /%')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await ask('OPTIONS *')).toMatch(/^HTTP\/1\.1 40\d /)
    expect(await ask('GET http://x/healthz')).toMatch(/^HTTP\/1\.1 (200|404) /)
    expect(await ask('GET /graphql?query=\u00e9')).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('cannot listen where somebody else does, and says so as the system does', async () => {
    await using gateway = await start()
    const port = Number(new URL(gateway.url).port)
    await expect(startGateway(NOTHING, false, { hasFront: true, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('answers those who have come when it ends, and nobody after', async () => {
    const house = await startLoaded({ operations: 1, operationsOfCaller: 1 }, { hasFront: true })
    const got = [house.hang('a')]
    await expect.poll(house.hanging).toBe(1)
    const ended = house.gateway[Symbol.asyncDispose]()
    await expect.poll(() => fetch(`${house.gateway.url}/healthz`).catch(() => 'refused')).toBe('refused')
    house.letGo()
    const [answer] = await Promise.all(got)
    expect([answer?.status, answer?.headers.get('connection')]).toEqual([200, 'close'])
    await ended
    await house.threescale.close()
  })
})
