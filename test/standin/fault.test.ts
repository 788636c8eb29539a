import { createGunzip } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRouteOf } from '../../src/standin/fault.js'
import { BOMB_BYTES, gzipBomb } from '../../src/standin/fault-bomb.js'
import type { FaultKind } from '../../src/standin/fault-kind.js'
import { type StandInServer, startServer } from '../../src/standin/server.js'
import { send } from './fault-request.js'

const body = '{"name": "pīwakawaka"}'
const bytes = Buffer.from(body)
const headers = { 'Content-Type': 'application/json' }
const route = 'GET /v2/invoices'

let handled: string[]
let server: StandInServer
let url: string

beforeEach(async () => {
  handled = []
  server = await startServer(({ path }) => {
    handled.push(path)
    return { status: 201, headers, body }
  })
  url = `${server.url}/v2/invoices`
})
afterEach(() => server.close())

const addFault = (kind: FaultKind): unknown => server.faults.push({ route, kind })

describe('a fault', () => {
  it('does not occur unless pushed', async () => {
    const { status, body, end } = await send(url)
    expect([status, body, end]).toEqual([201, bytes, 'complete'])
  })

  it('status: responds with an error page, and does not process the request', async () => {
    addFault('status:503')
    const response = await send(url)
    expect([response.status, response.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8'])
    expect(response.headers).not.toHaveProperty('retry-after')
    expect(response.body.toString()).toContain('503 Service Unavailable')
    expect([handled, server.requests]).toEqual([[], [route]])
  })

  it.each([
    [7, '7'],
    ['Sun, 22 Nov 2026 00:00:07 GMT', 'Sun, 22 Nov 2026 00:00:07 GMT'],
  ])('status: has the given Retry-After header: %s', async (retryAfter, text) => {
    server.faults.push({ route, kind: 'status:429', retryAfter })
    const response = await send(url)
    expect([response.status, response.headers['retry-after']]).toEqual([429, text])
  })

  it('status: sends no body if the status has none', async () => {
    addFault('status:204')
    expect(await send(url)).toMatchObject({ status: 204, body: Buffer.alloc(0), end: 'complete' })
  })

  it('delay: processes the request at once, and delays the response', async () => {
    addFault('delay:40')
    const pending = send(url)
    await expect.poll(() => handled, { interval: 2 }).toEqual(['/v2/invoices'])
    const response = await pending
    expect(response.headMs).toBeGreaterThanOrEqual(38)
    expect([response.status, response.body]).toEqual([201, bytes])
  })

  it('slow-start: receives requests, but processes none until the start', async () => {
    addFault('slow-start:50')
    const first = send(url)
    await new Promise(resolve => setTimeout(resolve, 25))
    expect([server.requests.length, handled]).toEqual([1, []])
    const second = await send(url)
    const { headMs } = await first
    expect(headMs).toBeGreaterThanOrEqual(48)
    expect([second.headMs < headMs - 10, (await send(url)).headMs < headMs - 10]).toEqual([true, true])
  })

  it('drip: sends the headers at once, and then one byte at a time', async () => {
    addFault('drip:2')
    const response = await send(url)
    expect([response.body, response.end]).toEqual([bytes, 'complete'])
    expect(response.headers['content-length']).toBe(String(bytes.length))
    expect(response.ms - response.headMs).toBeGreaterThanOrEqual(bytes.length)
  })

  it('reset: resets the connection before a response, and does not process the request', async () => {
    addFault('reset')
    const response = await send(url)
    expect([response.status, response.end, handled]).toEqual([undefined, 'ECONNRESET', []])
  })

  it.each([0, 10])('cut: sends the whole length, and closes after %d bytes', async count => {
    addFault(`cut:${count}`)
    const response = await send(url)
    expect([response.status, response.end, response.body]).toEqual([201, 'ECONNRESET', bytes.subarray(0, count)])
    expect(response.headers['content-length']).toBe(String(bytes.length))
    expect(handled).toHaveLength(1)
  })

  it('short: shortens the body, with a matching length', async () => {
    addFault('short:10')
    const response = await send(url)
    expect([response.status, response.end, response.body]).toEqual([201, 'complete', bytes.subarray(0, 10)])
    expect(response.headers['content-length']).toBe('10')
  })

  it('content-type: sends the correct body with another type', async () => {
    addFault('content-type:text/html; charset=utf-8')
    const response = await send(url)
    expect([response.headers['content-type'], response.body]).toEqual(['text/html; charset=utf-8', bytes])
  })

  it('html: responds 200 with a login page, and does not process the request', async () => {
    addFault('html')
    const response = await send(url)
    expect([response.status, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.body.toString()).toContain('<title>Sign in</title>')
    expect(handled).toEqual([])
  })

  it('gzip-bomb: sends a quarter of a megabyte with the encoding gzip', async () => {
    addFault('gzip-bomb')
    const response = await send(url)
    expect([response.status, response.headers['content-encoding']]).toEqual([201, 'gzip'])
    expect(response.headers['content-type']).toBe('application/json')
    expect(response.body.length).toBeLessThan(300_000)
  })

  it('empty: sends the correct headers and no body', async () => {
    addFault('empty')
    const response = await send(url)
    expect([response.status, response.headers['content-type'], response.body.length]).toEqual([
      201,
      'application/json',
      0,
    ])
  })

  it('hang: receives the request and never responds', async () => {
    addFault('hang')
    const response = await send(url, { abortAfterMs: 40 })
    expect([response.status, response.end, server.requests, handled]).toEqual([undefined, 'ECONNRESET', [route], []])
  })

  it('hang: ends with the server', async () => {
    addFault('hang')
    const pending = send(url)
    await expect.poll(() => server.requests.length, { interval: 2 }).toBe(1)
    await server.close()
    expect((await pending).end).toBe('ECONNRESET')
  })

  it.each<FaultKind>(['delay:20', 'slow-start:20', 'drip:5', 'hang'])(
    '%s: ends when the client disconnects, and the server continues',
    async kind => {
      server.faults.push({ route, kind, count: 1 })
      await send(url, { abortAfterMs: 10 })
      await new Promise(resolve => setTimeout(resolve, 30))
      expect((await send(url)).status).toBe(201)
      expect(handled.length).toBe(kind === 'delay:20' || kind === 'drip:5' ? 2 : 1)
    },
  )

  it.each<FaultKind>(['drip:1', 'cut:3', 'short:3', 'gzip-bomb', 'empty', 'delay:1'])(
    '%s: sends no body to a HEAD',
    async kind => {
      server.faults.push({ route: '*', kind })
      expect((await send(url, { method: 'HEAD' })).body.length).toBe(0)
    },
  )

  it('of an unknown kind gives a bare 500', async () => {
    server.faults.push({ route, kind: 'status:99' })
    expect(await send(url)).toMatchObject({ status: 500, body: Buffer.alloc(0) })
  })
})

describe('the requests of a fault', () => {
  const statuses = async (count: number, path = '/v2/invoices') => {
    const found: (number | undefined)[] = []
    while (found.length < count) found.push((await send(`${server.url}${path}`)).status)
    return found
  }

  it('are limited by count, after skip requests have passed', async () => {
    server.faults.push({ route, kind: 'status:500', count: 3, skip: 1 })
    expect(await statuses(6)).toEqual([201, 500, 500, 500, 201, 201])
  })

  it('are all by default, until the fault is removed', async () => {
    addFault('status:502')
    expect(await statuses(2)).toEqual([502, 502])
    server.faults.length = 0
    expect(await statuses(1)).toEqual([201])
  })

  it('are selected by method and path, not by the query', async () => {
    server.faults.push({ route: 'GET /v2/*', kind: 'status:500', count: 1 })
    expect(await statuses(2, '/v1/invoices?x=/v2/')).toEqual([201, 201])
    expect((await send(url, { method: 'POST' })).status).toBe(201)
    expect(await statuses(2, '/v2/credits?project_id=a')).toEqual([500, 201])
  })

  it('go to the first fault that applies, and the others to the next one', async () => {
    server.faults.push({ route, kind: 'status:500', count: 1 }, { route, kind: 'status:503', count: 2, skip: 1 })
    expect(await statuses(5)).toEqual([500, 201, 503, 503, 201])
  })

  it('are counted anew for another object', async () => {
    server.faults.push({ route, kind: 'status:500', count: 1 })
    expect(await statuses(2)).toEqual([500, 201])
    server.faults.push({ route, kind: 'status:500', count: 1 })
    expect(await statuses(2)).toEqual([500, 201])
  })

  it('exclude those that a test intercepts', async () => {
    server.faults.push({ route, kind: 'status:500', count: 1 })
    server.intercept = () => ({ status: 418 })
    expect(await statuses(1)).toEqual([418])
    server.intercept = () => undefined
    expect(await statuses(2)).toEqual([500, 201])
  })

  it.each([
    ['*', true],
    ['GET *', true],
    ['* /api/*', true],
    ['* /api/accounts/*/invoices.xml', true],
    ['GET /api/accounts/7/invoices.xml', true],
    ['GET /api/accounts/7/invoices', false],
    ['GET /api/accounts/7/invoices?xml', false],
    ['POST *', false],
    ['get *', false],
    ['/api/*', false],
  ])('%s matches one of 3scale’s routes: %s', (pattern, isRoute) => {
    expect(isRouteOf(pattern, { method: 'GET', path: '/api/accounts/7/invoices.xml' })).toBe(isRoute)
  })
})

describe('gzipBomb', () => {
  it('inflates to 256 MB of spaces', async () => {
    let length = 0
    let isBlank = true
    const gunzip = createGunzip()
    gunzip.end(gzipBomb())
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      length += chunk.length
      isBlank &&= chunk[0] === 0x20 && chunk.at(-1) === 0x20
    }
    expect([length, isBlank]).toEqual([BOMB_BYTES, true])
  })
})
