import { createGunzip } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRouteOf } from '../../src/standin/fault.js'
import { BOMB_BYTES, gzipBomb } from '../../src/standin/fault-bomb.js'
import type { FaultKind } from '../../src/standin/fault-kind.js'
import { type StandInServer, startServer } from '../../src/standin/server.js'
import { ask } from './fault-request.js'

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

const befall = (kind: FaultKind): unknown => server.faults.push({ route, kind })

describe('a fault', () => {
  it('is not there unless pushed', async () => {
    const { status, body, end } = await ask(url)
    expect([status, body, end]).toEqual([201, bytes, 'complete'])
  })

  it('status: answers so with a page, without asking the stand-in', async () => {
    befall('status:503')
    const answer = await ask(url)
    expect([answer.status, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8'])
    expect(answer.headers).not.toHaveProperty('retry-after')
    expect(answer.body.toString()).toContain('503 Service Unavailable')
    expect([handled, server.requests]).toEqual([[], [route]])
  })

  it.each([
    [7, '7'],
    ['Sun, 22 Nov 2026 00:00:07 GMT', 'Sun, 22 Nov 2026 00:00:07 GMT'],
  ])('status: says how long to wait when told to: %s', async (retryAfter, text) => {
    server.faults.push({ route, kind: 'status:429', retryAfter })
    const answer = await ask(url)
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, text])
  })

  it('status: sends no body where HTTP has none', async () => {
    befall('status:204')
    expect(await ask(url)).toMatchObject({ status: 204, body: Buffer.alloc(0), end: 'complete' })
  })

  it('delay: acts at once, and keeps the answer back', async () => {
    befall('delay:40')
    const asking = ask(url)
    await expect.poll(() => handled, { interval: 2 }).toEqual(['/v2/invoices'])
    const answer = await asking
    expect(answer.headMs).toBeGreaterThanOrEqual(38)
    expect([answer.status, answer.body]).toEqual([201, bytes])
  })

  it('slow-start: takes what comes, and does and answers nothing until it is up', async () => {
    befall('slow-start:50')
    const first = ask(url)
    await new Promise(resolve => setTimeout(resolve, 25))
    expect([server.requests.length, handled]).toEqual([1, []])
    const second = await ask(url)
    const { headMs } = await first
    expect(headMs).toBeGreaterThanOrEqual(48)
    expect([second.headMs < headMs - 10, (await ask(url)).headMs < headMs - 10]).toEqual([true, true])
  })

  it('drip: sends the head at once and then byte by byte', async () => {
    befall('drip:2')
    const answer = await ask(url)
    expect([answer.body, answer.end]).toEqual([bytes, 'complete'])
    expect(answer.headers['content-length']).toBe(String(bytes.length))
    expect(answer.ms - answer.headMs).toBeGreaterThanOrEqual(bytes.length)
  })

  it('reset: breaks the connection before an answer, without asking the stand-in', async () => {
    befall('reset')
    const answer = await ask(url)
    expect([answer.status, answer.end, handled]).toEqual([undefined, 'ECONNRESET', []])
  })

  it.each([0, 10])('cut: announces the whole length, and closes after %d bytes', async count => {
    befall(`cut:${count}`)
    const answer = await ask(url)
    expect([answer.status, answer.end, answer.body]).toEqual([201, 'ECONNRESET', bytes.subarray(0, count)])
    expect(answer.headers['content-length']).toBe(String(bytes.length))
    expect(handled).toHaveLength(1)
  })

  it('short: cuts the body and says this is all of it', async () => {
    befall('short:10')
    const answer = await ask(url)
    expect([answer.status, answer.end, answer.body]).toEqual([201, 'complete', bytes.subarray(0, 10)])
    expect(answer.headers['content-length']).toBe('10')
  })

  it('content-type: sends the true body under another type', async () => {
    befall('content-type:text/html; charset=utf-8')
    const answer = await ask(url)
    expect([answer.headers['content-type'], answer.body]).toEqual(['text/html; charset=utf-8', bytes])
  })

  it('html: answers 200 with a login page, without asking the stand-in', async () => {
    befall('html')
    const answer = await ask(url)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.body.toString()).toContain('<title>Sign in</title>')
    expect(handled).toEqual([])
  })

  it('gzip-bomb: sends a quarter of a megabyte that is said to be gzip', async () => {
    befall('gzip-bomb')
    const answer = await ask(url)
    expect([answer.status, answer.headers['content-encoding']]).toEqual([201, 'gzip'])
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.body.length).toBeLessThan(300_000)
  })

  it('empty: sends the true head and nothing after it', async () => {
    befall('empty')
    const answer = await ask(url)
    expect([answer.status, answer.headers['content-type'], answer.body.length]).toEqual([201, 'application/json', 0])
  })

  it('hang: takes the request and never answers', async () => {
    befall('hang')
    const answer = await ask(url, { leaveAfterMs: 40 })
    expect([answer.status, answer.end, server.requests, handled]).toEqual([undefined, 'ECONNRESET', [route], []])
  })

  it('hang: ends with the server', async () => {
    befall('hang')
    const asking = ask(url)
    await expect.poll(() => server.requests.length, { interval: 2 }).toBe(1)
    await server.close()
    expect((await asking).end).toBe('ECONNRESET')
  })

  it.each<FaultKind>(['delay:20', 'slow-start:20', 'drip:5', 'hang'])(
    '%s: is over when the client leaves, and the server goes on',
    async kind => {
      server.faults.push({ route, kind, count: 1 })
      await ask(url, { leaveAfterMs: 10 })
      await new Promise(resolve => setTimeout(resolve, 30))
      expect((await ask(url)).status).toBe(201)
      expect(handled.length).toBe(kind === 'delay:20' || kind === 'drip:5' ? 2 : 1)
    },
  )

  it.each<FaultKind>(['drip:1', 'cut:3', 'short:3', 'gzip-bomb', 'empty', 'delay:1'])(
    '%s: sends no body to a HEAD',
    async kind => {
      server.faults.push({ route: '*', kind })
      expect((await ask(url, { method: 'HEAD' })).body.length).toBe(0)
    },
  )

  it('of a kind that does not exist answers a bare 500', async () => {
    server.faults.push({ route, kind: 'status:99' })
    expect(await ask(url)).toMatchObject({ status: 500, body: Buffer.alloc(0) })
  })
})

describe('which requests a fault befalls', () => {
  const statuses = async (count: number, path = '/v2/invoices') => {
    const answers: (number | undefined)[] = []
    while (answers.length < count) answers.push((await ask(`${server.url}${path}`)).status)
    return answers
  }

  it('is so many, after so many have passed', async () => {
    server.faults.push({ route, kind: 'status:500', count: 3, skip: 1 })
    expect(await statuses(6)).toEqual([201, 500, 500, 500, 201, 201])
  })

  it('is all by default, until the faults are taken away', async () => {
    befall('status:502')
    expect(await statuses(2)).toEqual([502, 502])
    server.faults.length = 0
    expect(await statuses(1)).toEqual([201])
  })

  it('goes by method and path, never by the query', async () => {
    server.faults.push({ route: 'GET /v2/*', kind: 'status:500', count: 1 })
    expect(await statuses(2, '/v1/invoices?x=/v2/')).toEqual([201, 201])
    expect((await ask(url, { method: 'POST' })).status).toBe(201)
    expect(await statuses(2, '/v2/credits?project_id=a')).toEqual([500, 201])
  })

  it('lets the first of several have its turn, and the next those that it leaves', async () => {
    server.faults.push({ route, kind: 'status:500', count: 1 }, { route, kind: 'status:503', count: 2, skip: 1 })
    expect(await statuses(5)).toEqual([500, 201, 503, 503, 201])
  })

  it('begins anew with another object', async () => {
    server.faults.push({ route, kind: 'status:500', count: 1 })
    expect(await statuses(2)).toEqual([500, 201])
    server.faults.push({ route, kind: 'status:500', count: 1 })
    expect(await statuses(2)).toEqual([500, 201])
  })

  it('is none that a test intercepts', async () => {
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
  ])('%s stands for one of 3scale’s routes: %s', (pattern, isRoute) => {
    expect(isRouteOf(pattern, { method: 'GET', path: '/api/accounts/7/invoices.xml' })).toBe(isRoute)
  })
})

describe('gzipBomb', () => {
  it('inflates to 256 MB of what parsers take for blanks', async () => {
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
