import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Got, type LoadedHouse, startLoaded } from './loaded-house.js'

/** Starts so many that hang, each once the one before has begun; and tells what has come of them. */
async function fill(house: LoadedHouse, caller: string, count: number, signal?: AbortSignal): Promise<Promise<Got>[]> {
  const all: Promise<Got>[] = []
  for (let next = 0; next < count; next++) {
    const before = house.hanging()
    all.push(house.hang(caller, signal))
    await expect.poll(house.hanging).toBe(before + 1)
  }
  return all
}

/** What has been answered so far. */
function collect(all: readonly Promise<Got>[]): Got[] {
  const got: Got[] = []
  for (const one of all) {
    one.then(
      answer => got.push(answer),
      () => {},
    )
  }
  return got
}

const statuses = (got: readonly Got[]): readonly number[] => got.map(({ status }) => status)

describe('a gateway that is asked more than it can answer', () => {
  it('turns away whom it has no place for with 503 and when to come again, and answers the rest', async () => {
    await using house = await startLoaded({})
    const first = await fill(house, 'noisy', 3)
    // Two places to wait in, and a fourth to be served in, which is for others.
    const more = Array.from({ length: 10 }, () => house.hang('noisy'))
    const got = collect(more)
    await expect.poll(() => got.length).toBe(7)
    for (const { status, headers, body } of got) {
      expect(status).toBe(503)
      expect(headers.get('retry-after')).toBe('1')
      expect(headers.get('content-type')).toContain('application/json')
      expect(body).toEqual({
        errors: [
          {
            message: 'The gateway is asked more at present than it can answer.',
            extensions: { code: 'OVERLOADED', retryable: true, retryAfter: 1, requestId: headers.get('x-request-id') },
          },
        ],
      })
    }
    house.letGo()
    expect(statuses(await Promise.all(first))).toEqual([200, 200, 200])
    await Promise.all(more)
    expect(statuses(got).filter(status => status === 200)).toHaveLength(3)
  })

  it('says all the while that it lives', async () => {
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 0 })
    await fill(house, 'noisy', 1)
    expect((await house.ask('noisy')).status).toBe(503)
    expect((await fetch(`${house.gateway.url}/healthz`)).status).toBe(200)
    const ready = await fetch(`${house.gateway.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
    for (let beat = 0; beat < 2; beat++) house.pulse(251)
    const shedding = await fetch(`${house.gateway.url}/readyz`)
    expect([shedding.status, await shedding.json()]).toEqual([200, { status: 'shedding' }])
  })

  it.each([
    ['https://bills.example.com', 'https://bills.example.com'],
    ['https://other.example.com', null],
  ])('lets a page of an origin that it allows read that it is turned away: %s', async (origin, allowed) => {
    const cors = { origins: ['https://bills.example.com'], hasCredentials: true }
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 0 }, { cors })
    await fill(house, 'noisy', 1)
    const answer = (method: string) =>
      fetch(`${house.gateway.url}/graphql`, {
        method,
        headers: { origin, 'access-control-request-method': 'POST', 'x-request-id': 'page-1' },
      })
    const refused = await answer('POST')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('access-control-allow-origin')).toBe(allowed)
    expect(refused.headers.get('access-control-allow-credentials')).toBe(allowed && 'true')
    expect(refused.headers.get('access-control-expose-headers')).toBe(allowed && 'x-request-id, retry-after')
    expect(refused.headers.get('vary')).toBe('Origin')
    expect(refused.headers.get('x-request-id')).toBe('page-1')
    expect(refused.headers.get('cache-control')).toBe('no-store')
    // Whether it may ask at all, it learns in any case.
    expect((await answer('OPTIONS')).headers.get('access-control-allow-origin')).toBe(allowed)
  })

  it.each(['/graphql', '/graph%71l', '/nothing'])('turns away whoever asks for %s', async path => {
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 0 })
    await fill(house, 'noisy', 1)
    expect((await fetch(`${house.gateway.url}${path}`)).status).toBe(503)
  })

  it('answers the others while one fills every place that he can', async () => {
    await using house = await startLoaded({})
    await fill(house, 'noisy', 3)
    const got = collect(Array.from({ length: 20 }, () => house.hang('noisy')))
    await expect.poll(() => got.length).toBe(17)
    for (let count = 0; count < 20; count++) {
      expect((await house.ask('quiet')).status).toBe(200)
      expect((await house.ask(`newcomer ${count}`)).status).toBe(200)
    }
    expect(house.hanging()).toBe(3)
  })

  it('reads for the others from an upstream that one has asked more than it answers', async () => {
    await using house = await startLoaded({ operations: 200, operationsOfCaller: 150 })
    const noisy = Array.from({ length: 120 }, () => house.hang('noisy'))
    await expect.poll(house.hanging).toBe(12)
    const query = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })
    for (let count = 0; count < 5; count++) {
      expect((await house.post('quiet', query)).body).toEqual({
        data: { invoices: { totalCount: expect.any(Number) } },
      })
    }
    expect(house.hanging()).toBe(12)
    house.letGo()
    const bodies = (await Promise.all(noisy)).map(({ body }) => JSON.stringify(body))
    expect(bodies.filter(body => body.includes('"OVERLOADED"')).length).toBeGreaterThanOrEqual(120 - 12 - 64)
  })

  it('looks at no credential that it knows before it turns its holder away', async () => {
    await using house = await startLoaded({})
    await fill(house, 'noisy', 3)
    const got = collect(Array.from({ length: 50 }, () => house.hang('noisy')))
    await expect.poll(() => got.length).toBe(47)
    expect(house.checks()).toBe(3)
  })

  it('lets whoever proves nothing keep out only his like', async () => {
    await using house = await startLoaded({ operations: 2, operationsOfCaller: 1, waiting: 8 })
    expect((await house.ask('known')).status).toBe(200)
    const strangers = collect(Array.from({ length: 50 }, () => house.ask('nobody')))
    for (let count = 0; count < 10; count++) expect((await house.ask('known')).status).toBe(200)
    await expect.poll(() => strangers.length).toBe(50)
    expect(new Set(statuses(strangers)).has(200)).toBe(false)
  })

  it('answers what one connection sends at once in its order, one after the other', async () => {
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 1 })
    const { host, hostname, port } = new URL(house.gateway.url)
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

  it('answers those who wait when it ends, and lets their connections end', async () => {
    const house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 2 })
    const first = await fill(house, 'a', 1)
    let come = 0
    const count = (message: unknown): void => {
      if ((message as { request: IncomingMessage }).request.headers.host === new URL(house.gateway.url).host) come++
    }
    subscribe('http.server.request.start', count)
    const others = ['b', 'c', 'd'].map(caller => house.ask(caller))
    await expect.poll(() => come).toBe(3)
    unsubscribe('http.server.request.start', count)
    const ended = house.gateway[Symbol.asyncDispose]()
    house.letGo()
    const got = await Promise.all([...first, ...others])
    expect(statuses(got).toSorted()).toEqual([200, 200, 200, 503])
    await ended
    const waited = got.slice(1).filter(({ status }) => status === 200)
    expect(waited.map(({ headers }) => headers.get('connection'))).toEqual(['close', 'close'])
    await house.threescale.close()
  })

  it('tells the log how many it turned away, in one line', async () => {
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 0 })
    await fill(house, 'noisy', 1)
    for (let count = 0; count < 5; count++) await house.ask('noisy')
    house.pulse()
    house.pulse()
    const lines = house.gateway.log.map(
      line => JSON.parse(line) as { msg: string; turnedAway?: number; status?: number },
    )
    expect(lines.flatMap(({ turnedAway }) => turnedAway ?? [])).toEqual([5])
    expect(lines.filter(({ msg, status }) => msg === 'answered' && status === 503)).toEqual([])
  })
})

describe('a place', () => {
  it('is given back when its caller leaves, and one who left while he waited gets none', async () => {
    await using house = await startLoaded({ operations: 2, operationsOfCaller: 2 })
    const leaving = new AbortController()
    const left = await fill(house, 'a', 2, leaving.signal)
    const waiting = house.hang('a', leaving.signal)
    waiting.catch(() => {})
    const staying = house.ask('b')
    leaving.abort()
    for (const one of [...left, waiting]) await expect(one).rejects.toThrow('aborted')
    expect((await staying).status).toBe(200)
    await expect.poll(house.hanging).toBe(0)
    expect(house.threescale.requests.filter(request => request.includes('/77'))).toHaveLength(2)
  })

  it.each<[string, (house: LoadedHouse) => Promise<Got>, number]>([
    ['is refused', house => house.ask('nobody'), 401],
    ['has no body that can be read', house => house.post('a', '{bad'), 400],
    ['is wrong', house => house.post('a', '{"query":"{ nothing }"}'), 400],
    ['is no operation', house => house.post('a', '[]'), 400],
  ])('is given back by a request that %s', async (_what, fail, status) => {
    await using house = await startLoaded({ operations: 1, operationsOfCaller: 1, waiting: 0 })
    const seen: number[] = []
    for (let count = 0; count < 5; count++) seen.push((await fail(house)).status)
    expect(seen).toEqual(Array.from({ length: 5 }, () => status))
    expect((await house.ask('b')).status).toBe(200)
  })
})
