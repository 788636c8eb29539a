import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { DEFAULT_ADMISSION } from '../../../src/server/admission/admission-settings.js'
import { type LoadedGateway, type Received, startLoadedGateway } from './loaded-gateway.js'

/** Sends operations that hang, each when the one before has reached the upstream. */
async function fill(
  test: LoadedGateway,
  caller: string,
  count: number,
  signal?: AbortSignal,
): Promise<Promise<Received>[]> {
  const all: Promise<Received>[] = []
  for (let next = 0; next < count; next++) {
    const before = test.hanging()
    all.push(test.hang(caller, signal))
    await expect.poll(test.hanging).toBe(before + 1)
  }
  return all
}

/** The responses received so far. */
function collect(all: readonly Promise<Received>[]): Received[] {
  const received: Received[] = []
  for (const one of all) {
    one.then(
      response => received.push(response),
      () => {},
    )
  }
  return received
}

/** For large bodies. */
const SLOW = { timeout: 20_000 }

const statuses = (received: readonly Received[]): readonly number[] => received.map(({ status }) => status)

describe('a gateway with more operations than it can answer', () => {
  it('refuses what exceeds the queue with 503 and Retry-After, and answers the rest', async () => {
    await using test = await startLoadedGateway({})
    const first = await fill(test, 'noisy', 3)
    // Two may wait in the queue, and one for the permit that is reserved for other callers.
    const more = Array.from({ length: 10 }, () => test.hang('noisy'))
    const received = collect(more)
    await expect.poll(() => received.length).toBe(7)
    for (const { status, headers, body } of received) {
      expect(status).toBe(503)
      expect(headers.get('retry-after')).toBe('1')
      expect(headers.get('content-type')).toContain('application/json')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(body).toEqual({
        errors: [
          {
            message: 'The gateway has more requests than it can answer. Retry after 1 second.',
            extensions: { code: 'OVERLOADED', retryable: true, retryAfter: 1, requestId: headers.get('x-request-id') },
          },
        ],
      })
    }
    test.release()
    expect(statuses(await Promise.all(first))).toEqual([200, 200, 200])
    await Promise.all(more)
    expect(statuses(received).filter(status => status === 200)).toHaveLength(3)
  })

  it('refuses an operation that has waited longer than the limit, and never starts it', async () => {
    await using test = await startLoadedGateway({ permits: 1, maxWaitMs: 50 })
    await fill(test, 'noisy', 1)
    const { status, body } = await test.hang('quiet')
    expect([status, body]).toEqual([503, { errors: [expect.objectContaining({ message: expect.any(String) })] }])
    expect(test.hanging()).toBe(1)
  })

  it('stays alive and ready, and says that it sheds load', async () => {
    await using test = await startLoadedGateway({})
    const readiness = async () => {
      const response = await fetch(`${test.gateway.url}/readyz`)
      return [response.status, await response.json()]
    }
    expect(await readiness()).toEqual([200, { status: 'ready' }])
    test.setLoopDelay(1_001)
    expect((await test.query('quiet')).status).toBe(503)
    expect((await fetch(`${test.gateway.url}/healthz`)).status).toBe(200)
    expect(await readiness()).toEqual([200, { status: 'shedding' }])
    test.setLoopDelay(0)
    expect((await test.query('quiet')).status).toBe(200)
    expect(await readiness()).toEqual([200, { status: 'ready' }])
  })

  it.each([
    ['https://bills.example.com', 'https://bills.example.com'],
    ['https://other.example.com', null],
  ])('lets a page of an allowed origin read the refusal: %s', async (origin, allowed) => {
    const cors = { origins: ['https://bills.example.com'], hasCredentials: true }
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 0 }, { cors })
    await fill(test, 'noisy', 1)
    const send = (method: string) =>
      fetch(`${test.gateway.url}/graphql?query={__typename}`, {
        method,
        headers: {
          origin,
          'x-api-key': 'noisy',
          'access-control-request-method': 'POST',
          'x-request-id': 'page-1',
        },
      })
    const refused = await send('GET')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('access-control-allow-origin')).toBe(allowed)
    expect(refused.headers.get('access-control-allow-credentials')).toBe(allowed && 'true')
    expect(refused.headers.get('access-control-expose-headers')).toBe(allowed && 'x-request-id, retry-after')
    expect(refused.headers.get('vary')).toBe('Origin')
    expect(refused.headers.get('x-request-id')).toBe('page-1')
    expect(refused.headers.get('cache-control')).toBe('no-store')
    // A preflight is answered in any case.
    expect((await send('OPTIONS')).headers.get('access-control-allow-origin')).toBe(allowed)
  })

  it.each(['/graphql', '/graph%71l'])('refuses an operation sent to %s', async path => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 0 })
    await fill(test, 'noisy', 1)
    const headers = { 'x-api-key': 'noisy' }
    expect((await fetch(`${test.gateway.url}${path}`, { headers })).status).toBe(503)
  })

  it('answers other callers while one holds every permit that it can', async () => {
    await using test = await startLoadedGateway({})
    await fill(test, 'noisy', 3)
    const received = collect(Array.from({ length: 20 }, () => test.hang('noisy')))
    await expect.poll(() => received.length).toBe(17)
    for (let count = 0; count < 20; count++) {
      expect((await test.query('quiet')).status).toBe(200)
      expect((await test.query(`newcomer ${count}`)).status).toBe(200)
    }
    expect(test.hanging()).toBe(3)
  })

  it('reads for other callers from an upstream to which one caller sends more than it answers', async () => {
    await using test = await startLoadedGateway({ permits: 200 })
    const noisy = Array.from({ length: 120 }, () => test.hang('noisy'))
    await expect.poll(test.hanging).toBe(12)
    const query = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })
    for (let count = 0; count < 5; count++) {
      expect((await test.post('quiet', query)).body).toEqual({
        data: { invoices: { totalCount: expect.any(Number) } },
      })
    }
    expect(test.hanging()).toBe(12)
    test.release()
    // The rest waited for a connection, and was read in the end.
    const bodies = (await Promise.all(noisy)).map(({ body }) => JSON.stringify(body))
    expect(bodies.filter(body => body.includes('"OVERLOADED"'))).toEqual([])
  })

  it.each([64, 200])(
    'refuses none of %i concurrent operations of one caller that each need a call of their own',
    async count => {
      await using test = await startLoadedGateway(DEFAULT_ADMISSION)
      const query = (index: number) =>
        JSON.stringify({ query: `{ invoice(id: "threescale:invoice:${2_000 + index}") { id } }` })
      const received = await Promise.all(Array.from({ length: count }, (_, index) => test.post('router', query(index))))
      expect(statuses(received)).toEqual(Array(count).fill(200))
      expect(received.map(({ body }) => body)).toEqual(Array(count).fill({ data: { invoice: null } }))
      expect(test.threescale.requests.length).toBeGreaterThanOrEqual(count)
    },
  )

  it('refuses large operations when those that wait hold 16 MiB, and lets small ones of the same caller wait', async () => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 1_000 })
    await fill(test, 'noisy', 1)
    const large = JSON.stringify({ query: '{ sources { source } }', padding: 'x'.repeat(1_000_000) })
    const all = Array.from({ length: 20 }, () => test.post('noisy', large))
    const received = collect(all)
    // Sixteen of a million bytes fit.
    await expect.poll(() => received.length, SLOW).toBe(4)
    expect(new Set(statuses(received))).toEqual(new Set([503]))
    const small = Array.from({ length: 50 }, () => test.query('noisy'))
    await expect.poll(test.checks, SLOW).toBe(71)
    test.release()
    expect(new Set(statuses(await Promise.all(small)))).toEqual(new Set([200]))
    await Promise.all(all)
    expect(statuses(received).filter(status => status === 200)).toHaveLength(16)
  })

  it('takes no permit for a request without a valid credential', async () => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 0 })
    await fill(test, 'known', 1)
    const unknown = await Promise.all(Array.from({ length: 50 }, () => test.query('unknown')))
    expect(new Set(statuses(unknown))).toEqual(new Set([401]))
    expect(test.checks()).toBe(51)
  })

  it('takes no permit for a request whose body has not arrived', async () => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 0 })
    const { host, hostname, port } = new URL(test.gateway.url)
    const socket = connect(Number(port), hostname)
    const head = `POST /graphql HTTP/1.1\r\nhost: ${host}\r\nx-api-key: a\r\ncontent-type: application/json\r\n`
    socket.write(`${head}content-length: 100\r\n\r\n{`)
    await expect.poll(test.checks).toBe(1)
    expect((await test.query('a')).status).toBe(200)
    socket.destroy()
  })

  it('answers pipelined requests in their order', async () => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 4 })
    const { host, hostname, port } = new URL(test.gateway.url)
    const socket = connect(Number(port), hostname)
    const body = JSON.stringify({ query: '{ __typename }' })
    const request = (id: number): string =>
      `POST /graphql HTTP/1.1\r\nhost: ${host}\r\nx-api-key: a\r\nx-request-id: ${id}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    socket.write([1, 2, 3, 4, 5].map(request).join(''))
    let text = ''
    for await (const chunk of socket.setEncoding('utf8')) {
      text += chunk
      if ([...text.matchAll(/^HTTP\/1.1/gm)].length === 5) break
    }
    expect([...text.matchAll(/^HTTP\/1.1 (\d+)/gm)].map(match => match[1])).toEqual(Array(5).fill('200'))
    expect([...text.matchAll(/^x-request-id: (\d)/gm)].map(match => match[1])).toEqual(['1', '2', '3', '4', '5'])
  })

  it('answers waiting operations when it closes, and ends their connections', async () => {
    const test = await startLoadedGateway({ permits: 1, queueLimit: 2 })
    const first = await fill(test, 'a', 1)
    let arrived = 0
    const count = (message: unknown): void => {
      if ((message as { request: IncomingMessage }).request.headers.host === new URL(test.gateway.url).host) arrived++
    }
    subscribe('http.server.request.start', count)
    const others = ['b', 'c', 'd'].map(caller => test.query(caller))
    await expect.poll(() => arrived).toBe(3)
    unsubscribe('http.server.request.start', count)
    const closed = test.gateway[Symbol.asyncDispose]()
    test.release()
    const received = await Promise.all([...first, ...others])
    expect(statuses(received).toSorted()).toEqual([200, 200, 200, 503])
    await closed
    const waited = received.slice(1).filter(({ status }) => status === 200)
    expect(waited.map(({ headers }) => headers.get('connection'))).toEqual(['close', 'close'])
    await test.threescale.close()
  })

  it('logs each refusal as a response with its status', async () => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 0 })
    await fill(test, 'noisy', 1)
    for (let count = 0; count < 5; count++) await test.query('noisy')
    const lines = () => test.gateway.log.map(line => JSON.parse(line) as { msg: string; status?: number })
    const refusals = () => lines().filter(({ msg, status }) => msg === 'answered' && status === 503)
    await expect.poll(() => refusals().length).toBe(5)
  })
})

describe('a permit', () => {
  it('is returned when the client disconnects, and an operation whose client disconnected during the wait never starts', async () => {
    await using test = await startLoadedGateway({ permits: 2, queueLimit: 3 })
    const disconnect = new AbortController()
    const running = await fill(test, 'a', 1, disconnect.signal)
    running.push(...(await fill(test, 'b', 1, disconnect.signal)))
    const waiting = test.hang('a', disconnect.signal)
    waiting.catch(() => {})
    const staying = test.query('b')
    await expect.poll(test.checks).toBe(4)
    disconnect.abort()
    for (const one of [...running, waiting]) await expect(one).rejects.toThrow('aborted')
    expect((await staying).status).toBe(200)
    await expect.poll(test.hanging).toBe(0)
    expect(test.threescale.requests.filter(request => request.includes('/77'))).toHaveLength(2)
  })

  it.each<[string, (test: LoadedGateway) => Promise<Received>, number]>([
    ['is not authenticated', test => test.query('unknown'), 401],
    ['has a body that is not JSON', test => test.post('a', '{bad'), 400],
    ['has an invalid document', test => test.post('a', '{"query":"{ nothing }"}'), 400],
    ['has no operation', test => test.post('a', '[]'), 400],
  ])('is available after a request that %s', async (_what, fail, status) => {
    await using test = await startLoadedGateway({ permits: 1, queueLimit: 0 })
    const seen: number[] = []
    for (let count = 0; count < 5; count++) seen.push((await fail(test)).status)
    expect(seen).toEqual(Array.from({ length: 5 }, () => status))
    expect((await test.query('b')).status).toBe(200)
  })
})
