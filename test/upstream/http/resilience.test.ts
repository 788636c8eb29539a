import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutRequestContext, withRequestContext } from '../../../src/request/request-context.js'
import {
  UpstreamAbandonedError,
  UpstreamCircuitOpenError,
  UpstreamError,
  UpstreamOverloadedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import type { HttpRequest, HttpResponse } from '../../../src/upstream/http/exchange.js'
import { RetryBudget, type RetryPolicy, retryDelayMs } from '../../../src/upstream/http/retry.js'
import { errorOfStatus } from '../../../src/upstream/http/status.js'
import { UpstreamHttp } from '../../../src/upstream/http/upstream-http.js'
import { contextOf } from '../../request/request-context.js'
import { failureOf } from './failing.js'
import { type LocalServer, startHttpServer, startRawServer } from './local-server.js'

const AMPLE_MS = 60_000
const SHORT_MS = 150
const GET: HttpRequest = { method: 'GET', template: '/api/invoices.xml', path: '/api/invoices.xml', headers: {} }
const POST: HttpRequest = { ...GET, method: 'POST', body: '' }

/** The response; fails as a client does for every status from 400. */
async function read(http: UpstreamHttp, request: HttpRequest): Promise<HttpResponse> {
  const response = await http.send(request)
  if (response.status >= 400) throw errorOfStatus(response)
  return response
}

/** A clock that moves by what is waited for. */
class Time {
  now = Date.parse('2026-11-22T02:00:00Z')
  readonly waits: number[] = []
  readonly clock = (): Date => new Date(this.now)
  readonly wait = async (ms: number): Promise<void> => {
    this.waits.push(ms)
    this.now += ms
  }
}

function open({ origin }: LocalServer, time = new Time(), deadlineMs = AMPLE_MS): UpstreamHttp {
  const retry: RetryPolicy = {
    maxRetries: 2,
    baseDelayMs: 200,
    budget: new RetryBudget(),
    random: () => 0.5,
    wait: time.wait,
  }
  return new UpstreamHttp({
    upstream: 'threescale',
    origin,
    deadlineMs,
    maxBodyBytes: 1_000_000,
    clock: time.clock,
    retry,
  })
}

/** Responds with these statuses, then with 200. */
function answering(...statuses: readonly (number | [number, Record<string, string>])[]): RequestListener {
  const left = [...statuses]
  return (_request, response) => {
    const next = left.shift() ?? 200
    const [status, headers] = typeof next === 'number' ? [next, {}] : next
    response.writeHead(status, headers).end()
  }
}

describe('a read', () => {
  it.each([429, 502, 503, 504])('is retried after %i, at most twice, after a delay', async status => {
    const time = new Time()
    await using server = await startHttpServer(answering(status, status))
    await using http = open(server, time)
    expect((await read(http, GET)).status).toBe(200)
    expect(time.waits).toEqual([100, 200])

    await using stubborn = await startHttpServer(answering(status, status, status, 200))
    await using other = open(stubborn)
    expect(await failureOf(UpstreamStatusError, read(other, GET))).toMatchObject({ status })
    expect(stubborn.requests).toHaveLength(3)
  })

  it('is retried after a broken connection', async () => {
    let broken = 0
    await using server = await startHttpServer((request, response) => {
      if (broken++ === 0) request.socket.resetAndDestroy()
      else response.end()
    })
    await using http = open(server)
    expect((await read(http, GET)).status).toBe(200)
    expect(server.requests).toHaveLength(2)
  })

  it.each([400, 401, 403, 404, 422, 500, 501])('is not retried after %i', async status => {
    await using server = await startHttpServer(answering(status))
    await using http = open(server)
    await failureOf(UpstreamError, read(http, GET))
    expect(server.requests).toHaveLength(1)
  })

  it('is not retried after its deadline, nor when the delay would exceed it', async () => {
    await using silent = await startHttpServer(() => {})
    await using http = open(silent, new Time(), SHORT_MS)
    await failureOf(UpstreamTimeoutError, read(http, GET))
    expect(silent.requests).toHaveLength(1)

    await using server = await startHttpServer(answering(503))
    await using short = open(server, new Time(), 90)
    await failureOf(UpstreamStatusError, read(short, GET))
    expect(server.requests).toHaveLength(1)
  })

  it('ends at its deadline, even if it was retried before', async () => {
    let asked = 0
    await using server = await startHttpServer((_request, response) => {
      if (asked++ === 0) response.writeHead(503).end()
    })
    await using http = open(server, new Time(), SHORT_MS)
    await failureOf(UpstreamTimeoutError, read(http, GET))
    expect(server.requests).toHaveLength(2)
  })

  it('is not retried once the circuit breaker is open', async () => {
    await using server = await startHttpServer((_request, response) => response.writeHead(503).end())
    await using http = open(server)
    const errors = []
    for (let count = 0; count < 10; count++) {
      errors.push(await failureOf(UpstreamError, read(http, { ...GET, path: `/api/invoices/${count}.xml` })))
    }
    expect(errors.at(-1)).toBeInstanceOf(UpstreamCircuitOpenError)
    // Five distinct requests, and the three retries of a full budget.
    expect(server.requests).toHaveLength(5 + 3)
  })
})

describe('a write', () => {
  it.each([429, 502, 503])('is never retried after %i', async status => {
    await using server = await startHttpServer(answering(status))
    await using http = open(server)
    await failureOf(UpstreamStatusError, read(http, POST))
    expect(server.requests).toHaveLength(1)
  })

  it('is never retried after a broken connection', async () => {
    await using server = await startRawServer(socket => socket.resetAndDestroy())
    await using http = open(server)
    await failureOf(UpstreamUnreachableError, read(http, POST))
    expect(server.requests).toHaveLength(1)
  })

  it('goes on when its caller disconnects', async () => {
    const leaving = new AbortController()
    await using server = await startHttpServer((_request, response) => {
      leaving.abort()
      response.end()
    })
    await using http = open(server)
    expect((await withRequestContext(contextOf({ signal: leaving.signal }), () => read(http, POST))).status).toBe(200)
  })
})

describe('the retry budget', () => {
  it('is one retry for twenty requests, and three to begin with', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), events => {
        const budget = new RetryBudget()
        let [requests, retries] = [0, 0]
        for (const isRequest of events) {
          if (isRequest) budget.earn()
          if (isRequest) requests++
          else if (budget.spend()) retries++
        }
        expect(retries).toBeLessThanOrEqual(3 + requests / 20 + 1e-9)
      }),
    )
  })

  it('holds while an upstream fails every third request for hours', async () => {
    const time = new Time()
    let count = 0
    await using server = await startHttpServer((_request, response) => {
      response.writeHead(count++ % 3 === 0 ? 503 : 200).end()
    })
    await using http = open(server, time)
    const requests = 300
    for (let sent = 0; sent < requests; sent++) await http.send(GET)
    expect(server.requests.length).toBeGreaterThan(requests + 10)
    expect(server.requests.length).toBeLessThanOrEqual(requests * 1.05 + 3)
  })

  it('delays by a random part of a time that doubles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (retry, part) => {
        const policy = { baseDelayMs: 200, random: () => part } as unknown as RetryPolicy
        const delayMs = retryDelayMs(retry, policy)
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(200 * 2 ** retry)
      }),
    )
  })
})

describe('Retry-After', () => {
  it('is waited for when it is short', async () => {
    const time = new Time()
    await using server = await startHttpServer(answering([429, { 'retry-after': '2' }]))
    await using http = open(server, time)
    expect((await read(http, GET)).status).toBe(200)
    expect(time.waits.reduce((sum, ms) => sum + ms, 0)).toBe(2_000)
  })

  it('fails the request when it is long, and no request is sent before its end', async () => {
    const time = new Time()
    await using server = await startHttpServer(answering([429, { 'retry-after': '30' }]))
    await using http = open(server, time)
    expect(await failureOf(UpstreamStatusError, read(http, GET))).toMatchObject({ status: 429, retryAfter: 30 })
    time.now += 10_000
    expect(await failureOf(UpstreamStatusError, read(http, GET))).toMatchObject({ status: 429, retryAfter: 20 })
    expect(server.requests).toHaveLength(1)
    time.now += 20_000
    expect((await read(http, GET)).status).toBe(200)
  })

  it('holds for writes as well', async () => {
    await using server = await startHttpServer(answering([503, { 'retry-after': '60' }]))
    await using http = open(server)
    await failureOf(UpstreamStatusError, read(http, GET))
    expect(await failureOf(UpstreamStatusError, read(http, POST))).toMatchObject({ status: 503, retryAfter: 60 })
    expect(server.requests).toHaveLength(1)
  })
})

describe('the pause after Retry-After', () => {
  const other: HttpRequest = { ...GET, template: '/api/plans.xml', path: '/api/plans.xml' }

  it('holds requests back for sixty seconds, however long it is', async () => {
    const time = new Time()
    await using server = await startHttpServer(answering([503, { 'retry-after': '86400' }]))
    await using http = open(server, time)
    await failureOf(UpstreamStatusError, read(http, GET))
    expect(http.health()).toMatchObject({ circuit: 'OPEN', pausedUntil: new Date(time.now + 60_000) })
    time.now += 54_000
    expect(await failureOf(UpstreamStatusError, read(http, GET))).toMatchObject({ status: 503, retryAfter: 6 })
    time.now += 6_000
    expect((await read(http, GET)).status).toBe(200)
    expect(http.health()).toMatchObject({ circuit: 'CLOSED', pausedUntil: null })
  })

  it('holds back the whole origin after a 503, and only its own route after a 429', async () => {
    const time = new Time()
    await using server = await startHttpServer(
      answering([429, { 'retry-after': '30' }], 200, [503, { 'retry-after': '30' }]),
    )
    await using http = open(server, time)
    await failureOf(UpstreamStatusError, read(http, GET))
    expect(http.health()).toMatchObject({ circuit: 'CLOSED', pausedUntil: new Date(time.now + 30_000) })
    expect((await read(http, other)).status).toBe(200)
    expect(
      await failureOf(UpstreamStatusError, read(http, { ...GET, path: '/api/invoices.xml?page=2' })),
    ).toMatchObject({ status: 429 })
    await failureOf(UpstreamStatusError, read(http, other))
    expect(await failureOf(UpstreamStatusError, read(http, { ...other, template: '/api/x.xml' }))).toMatchObject({
      status: 503,
    })
    expect(server.requests).toHaveLength(3)
  })

  it('is followed by one probe, and by the other requests once that has been answered', async () => {
    const time = new Time()
    const held: (() => void)[] = []
    let isHolding = false
    await using server = await startHttpServer((_request, response) => {
      if (isHolding) held.push(() => response.end())
      else response.writeHead(429, { 'retry-after': '30' }).end()
    })
    await using http = open(server, time)
    await failureOf(UpstreamStatusError, read(http, GET))
    isHolding = true
    time.now += 30_000
    const reads = Array.from({ length: 5 }, () => read(http, GET))
    await expect.poll(() => held.length).toBe(1)
    held[0]?.()
    await expect.poll(() => held.length).toBe(5)
    for (const answer of held) answer()
    expect((await Promise.all(reads)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })

  it('is extended by its probe when that is refused as well', async () => {
    const time = new Time()
    await using server = await startHttpServer((_request, response) =>
      response.writeHead(429, { 'retry-after': '30' }).end(),
    )
    await using http = open(server, time)
    await failureOf(UpstreamStatusError, read(http, GET))
    time.now += 30_000
    await Promise.all(Array.from({ length: 5 }, () => failureOf(UpstreamStatusError, read(http, GET))))
    expect(server.requests).toHaveLength(2)
  })
})

describe('a caller that disconnects', () => {
  it('cancels its request down to the socket, and counts as no failure', async () => {
    const leaving = new AbortController()
    const closed = Promise.withResolvers<void>()
    await using server = await startHttpServer((_request, response) => {
      response.on('close', () => closed.resolve())
      leaving.abort()
    })
    await using http = open(server)
    for (let count = 0; count < 10; count++) {
      const asked = withRequestContext(contextOf({ signal: count === 0 ? leaving.signal : AbortSignal.abort() }), () =>
        read(http, GET),
      )
      await failureOf(UpstreamAbandonedError, asked)
    }
    await closed.promise
    expect(http.health()).toMatchObject({
      circuit: 'CLOSED',
      lastSuccessAt: null,
      lastFailureAt: null,
      pausedUntil: null,
    })
    expect(server.requests).toHaveLength(1)
  })

  it('does not cancel a request that is shared with other callers', async () => {
    const leaving = new AbortController()
    await using server = await startHttpServer((_request, response) => {
      leaving.abort()
      response.end()
    })
    await using http = open(server)
    const shared = withRequestContext(contextOf({ signal: leaving.signal }), () =>
      withoutRequestContext(() => read(http, GET)),
    )
    expect((await shared).status).toBe(200)
  })
})

describe('many concurrent calls', () => {
  it('wait in a queue of 1,000 behind the 16 that are sent; what exceeds it is refused at once', async () => {
    const held: (() => void)[] = []
    const full = Promise.withResolvers<void>()
    await using server = await startHttpServer((_request, response) => {
      held.push(() => response.end())
      if (held.length === 16) full.resolve()
    })
    await using http = open(server)
    const asked = Array.from({ length: 1_036 }, (_, index) =>
      withRequestContext(contextOf({ signal: new AbortController().signal, callerName: `caller ${index % 2}` }), () =>
        read(http, GET),
      ).catch((error: Error) => error),
    )
    await full.promise
    const refused = await Promise.all(asked.slice(1_016))
    expect(refused.every(error => error instanceof UpstreamOverloadedError)).toBe(true)
    expect(held).toHaveLength(16)
    // Each response frees a connection for a call that waits.
    const answering = setInterval(() => {
      for (const answer of held.splice(0)) answer()
    }, 0)
    const answers = await Promise.all(asked.slice(0, 1_016))
    clearInterval(answering)
    expect(answers.filter(answer => answer instanceof Error)).toEqual([])
    expect(http.health().circuit).toBe('CLOSED')
  })

  it.each([64, 200])('of one caller, %i at once, are all answered', async count => {
    await using server = await startHttpServer((_request, response) => response.end())
    await using http = open(server)
    const { signal } = new AbortController()
    const responses = await withRequestContext(contextOf({ signal, callerName: 'router' }), () =>
      Promise.all(Array.from({ length: count }, (_, index) => read(http, { ...GET, path: `/${index}` }))),
    )
    expect(responses.map(({ status }) => status)).toEqual(Array(count).fill(200))
  })

  it('of one caller that all hang leave connections for the others', async () => {
    const full = Promise.withResolvers<void>()
    let hanging = 0
    await using server = await startHttpServer((request, response) => {
      if (request.url === GET.path) response.end()
      else if (++hanging === 12) full.resolve()
    })
    await using http = open(server)
    const leaving = new AbortController()
    const noisy = Array.from({ length: 200 }, () =>
      withRequestContext(contextOf({ signal: leaving.signal, callerName: 'noisy' }), () =>
        read(http, { ...GET, path: '/hangs' }),
      ).catch((error: Error) => error),
    )
    await full.promise
    for (let count = 0; count < 20; count++) {
      const quiet = Array.from({ length: 4 }, () =>
        withRequestContext(contextOf({ signal: new AbortController().signal, callerName: 'quiet' }), () =>
          read(http, GET),
        ),
      )
      for (const { status } of await Promise.all(quiet)) expect(status).toBe(200)
    }
    expect(hanging).toBe(12)
    leaving.abort()
    const names = (await Promise.all(noisy)).map(error => (error as Error).name)
    expect(new Set(names)).toEqual(new Set(['UpstreamAbandonedError']))
  })
})
