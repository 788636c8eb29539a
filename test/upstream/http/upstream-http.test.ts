import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  UpstreamCircuitOpenError,
  UpstreamError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import type { HttpRequest, HttpResponse } from '../../../src/upstream/http/exchange.js'
import { errorOfStatus } from '../../../src/upstream/http/status.js'
import { UpstreamHttp, type UpstreamHttpOptions } from '../../../src/upstream/http/upstream-http.js'
import { failureOf } from './failing.js'
import { type LocalServer, startHttpServer, startRawServer, unusedOrigin } from './local-server.js'

const TOKEN = 'token-canary'
const BODY = 'body-canary'
const NOW = new Date('2026-11-21T09:14:03.000Z')

const ASK: HttpRequest = {
  method: 'GET',
  template: '/api/invoices/{id}.xml',
  path: '/api/invoices/path-canary.xml?page=1',
  headers: { authorization: `Bearer ${TOKEN}` },
}

/** A request of its own for the circuit breaker. */
function distinct(index: number): HttpRequest {
  return { ...ASK, path: `/api/invoices/path-canary-${index}.xml` }
}

/** For failures that come by themselves: longer than a test may take, so a deadline is never what ends these. */
const AMPLE_MS = 60_000

/** For those that only a deadline ends. */
const SHORT_MS = 150

/** The response; fails as a client does for every status from 400. */
async function read(http: UpstreamHttp, request: HttpRequest): Promise<HttpResponse> {
  const response = await http.send(request)
  if (response.status >= 400) throw errorOfStatus(response)
  return response
}

describe('send', () => {
  it('sends the request without compression, and returns the whole response', async () => {
    let asked: object = {}
    await using server = await startHttpServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', () => {
        const { authorization, 'accept-encoding': encoding, 'content-type': type } = request.headers
        asked = { authorization, encoding, type, body: Buffer.concat(chunks).toString() }
        response.writeHead(201, { 'content-type': 'Application/JSON; charset=utf-8', 'X-Subject-Token': 't1' })
        response.end('{"a":1}')
      })
    })
    await using http = createHttp(server)

    const answer = await http.send({
      method: 'POST',
      template: '/v3/auth/tokens',
      path: '/v3/auth/tokens',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: '{"auth":{}}',
    })

    expect(server.requests).toEqual(['POST /v3/auth/tokens'])
    expect(asked).toEqual({
      authorization: 'Bearer x',
      encoding: 'identity',
      type: 'application/json',
      body: '{"auth":{}}',
    })
    expect(answer).toMatchObject({ status: 201, contentType: 'application/json', headers: { 'x-subject-token': 't1' } })
    expect(Buffer.from(answer.body).toString()).toBe('{"a":1}')
  })

  it('returns any status, an empty body and a missing content type as they are', async () => {
    await using server = await startHttpServer((_request, response) => response.writeHead(404).end())
    await using http = createHttp(server)

    const { status, contentType, body } = await http.send(ASK)

    expect({ status, contentType, size: body.byteLength }).toEqual({ status: 404, contentType: '', size: 0 })
  })

  it('takes the first of repeated headers', async () => {
    await using server = await startHttpServer((_request, response) => {
      response.setHeader('x-many', ['one', 'two'])
      response.end()
    })
    await using http = createHttp(server)

    expect((await http.send(ASK)).headers['x-many']).toBe('one')
  })

  it('puts chunks together that split a character', async () => {
    const bytes = Buffer.from('kererū')
    await using server = await startHttpServer((_request, response) => {
      response.write(bytes.subarray(0, -1), () => response.end(bytes.subarray(-1)))
    })
    await using http = createHttp(server)

    expect(Buffer.from((await http.send(ASK)).body).toString()).toBe('kererū')
  })

  it.each([301, 302, 307, 308])('does not follow a redirect: %i', async status => {
    await using elsewhere = await startHttpServer((_request, response) => response.end('stolen'))
    await using server = await startHttpServer((_request, response) =>
      response.writeHead(status, { location: `${elsewhere.origin}/take` }).end(),
    )
    await using http = createHttp(server)

    expect((await http.send(ASK)).status).toBe(status)
    expect(elsewhere.requests).toEqual([])
    expect(server.requests).toHaveLength(1)
  })

  it('reuses its connections, and opens at most sixteen', async () => {
    await using server = await startHttpServer((_request, response) => response.end('{}'))
    await using http = createHttp(server)

    for (let count = 0; count < 25; count++) await http.send(ASK)
    await Promise.all(Array.from({ length: 25 }, () => http.send(ASK)))

    expect(server.requests).toHaveLength(50)
    expect(server.openConnections()).toBeLessThanOrEqual(16)
  })
})

describe('the deadline', () => {
  it('covers headers that never come', async () => {
    await using server = await startHttpServer(() => {})
    await using http = createHttp(server, { deadlineMs: SHORT_MS })

    const error = await failureOf(UpstreamTimeoutError, http.send(ASK))

    expect(error.message).toBe('3scale did not answer within 150 ms (GET /api/invoices/{id}.xml)')
    expect(error.retryable).toBe(true)
    await server.idle()
  })

  it('covers a slow body, even if no single byte is late', async () => {
    await using server = await startHttpServer((_request, response) => {
      const dripping = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(dripping))
    })
    await using http = createHttp(server, { deadlineMs: SHORT_MS })

    await failureOf(UpstreamTimeoutError, http.send(ASK))
    await server.idle()
  })

  it('covers the wait for a free connection', async () => {
    await using server = await startHttpServer(() => {})
    await using http = createHttp(server, { deadlineMs: SHORT_MS })

    const errors = await Promise.all(Array.from({ length: 40 }, () => failureOf(UpstreamError, http.send(ASK))))

    // Those that were not sent within half of it are refused: they say when to retry, and are no failure of the upstream.
    const names = Map.groupBy(errors, error => error.name)
    expect(names.get('UpstreamTimeoutError')).toHaveLength(12)
    expect(names.get('UpstreamOverloadedError')).toHaveLength(28)
    expect(names.get('UpstreamOverloadedError')?.[0]).toMatchObject({ retryable: true, retryAfter: 1 })
  })
})

describe('a refused response', () => {
  it('has a body beyond the limit, which is read no further', async () => {
    let written = 0
    await using server = await startHttpServer((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, BODY)
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.byteLength
      }
      response.on('drain', more)
      more()
    })
    await using http = createHttp(server, { maxBodyBytes: 100_000 })

    const error = await failureOf(UpstreamFormatError, http.send(ASK))
    await server.idle()

    expect(error.message).toMatch(/it is longer than 100000 bytes/)
    expect(written).toBeLessThan(64 * 1024 * 1024)
  })

  it('is not one with a body of exactly the limit', async () => {
    await using server = await startHttpServer((_request, response) => response.end(Buffer.alloc(1000)))
    await using http = createHttp(server, { maxBodyBytes: 1000 })

    expect((await http.send(ASK)).body.byteLength).toBe(1000)
  })

  it.each(['gzip', 'br', 'GZIP', 'identity, gzip'])(
    'has a compressed body (%s), and its connection is released',
    async encoding => {
      await using server = await startHttpServer((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding })
        // Never ended: only the client can end this exchange.
        response.write(gzipSync(Buffer.alloc(10_000_000)))
      })
      await using http = createHttp(server)

      const error = await failureOf(UpstreamFormatError, http.send(ASK))
      await server.idle()

      expect(error.message).toMatch(/it is compressed/)
    },
  )

  it('is not one that states identity as its encoding', async () => {
    await using server = await startHttpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'Identity' }).end('{}'),
    )
    await using http = createHttp(server)

    expect((await http.send(ASK)).status).toBe(200)
  })

  it.each([
    ['is shorter than announced', `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${BODY}`],
    ['ends within its chunks', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n${BODY}\r\n`],
    ['ends within its headers', `HTTP/1.1 200 OK\r\nContent-Ty`],
    ['is empty', ''],
    ['is not HTTP', `SSH-2.0-${BODY}\r\n`],
    ['has two lengths', `HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12`],
    ['has headers without end', `HTTP/1.1 200 OK\r\nX: ${BODY.repeat(10_000)}\r\n\r\n`],
  ])('%s', async (_what, bytes) => {
    await using server = await startRawServer(socket => socket.end(bytes))
    await using http = createHttp(server)

    const error = await failureOf(UpstreamUnreachableError, http.send(ASK))

    expect(error.message).toBe('3scale cannot be reached (GET /api/invoices/{id}.xml)')
    expect(error.cause).toBeInstanceOf(Error)
  })

  it('is one whose connection breaks', async () => {
    await using server = await startRawServer(socket => socket.resetAndDestroy())
    await using http = createHttp(server)

    await failureOf(UpstreamUnreachableError, http.send(ASK))
  })
})

describe('an upstream that cannot be reached', () => {
  it('refuses the connection', async () => {
    await using http = createHttp({ origin: await unusedOrigin() })

    await failureOf(UpstreamUnreachableError, http.send(ASK))
  })

  it('speaks no TLS', async () => {
    await using server = await startHttpServer((_request, response) => response.end())
    await using http = createHttp({ origin: server.origin.replace('http:', 'https:') })

    await failureOf(UpstreamUnreachableError, http.send(ASK))
    expect(server.requests).toEqual([])
  })

  it('is one whose client was closed', async () => {
    await using server = await startHttpServer(() => {})
    const http = createHttp(server)
    const waiting = http.send(ASK)

    await http[Symbol.asyncDispose]()

    await failureOf(UpstreamUnreachableError, waiting)
    await failureOf(UpstreamUnreachableError, http.send(ASK))
  })
})

describe('the circuit breaker', () => {
  it('opens after five distinct requests failed with 5xx, and then sends no more', async () => {
    await using server = await startHttpServer(always(503))
    await using http = createHttp(server)

    for (let count = 0; count < 5; count++) expect((await http.send(distinct(count))).status).toBe(503)
    const errors = [
      await failureOf(UpstreamCircuitOpenError, http.send(ASK)),
      await failureOf(UpstreamCircuitOpenError, http.send(ASK)),
    ]

    expect(server.requests).toHaveLength(5)
    expect(errors[0]?.message).toBe(
      '3scale failed repeatedly, so its circuit breaker is open: retry in a few seconds (GET /api/invoices/{id}.xml)',
    )
    expect(errors[0]?.retryable).toBe(true)
  })

  it('opens after five distinct requests lost their connection', async () => {
    await using server = await startRawServer(socket => socket.destroy())
    await using http = createHttp(server)

    for (let count = 0; count < 5; count++) await failureOf(UpstreamUnreachableError, http.send(distinct(count)))
    await failureOf(UpstreamCircuitOpenError, http.send(ASK))

    expect(server.requests).toHaveLength(5)
  })

  it('stays closed for refusals, and while requests succeed in between', async () => {
    const statuses = [500, 500, 500, 500, 200, 500, 500, 500, 500, 404, 401, 403, 422, 429, 400, 404]
    const left = [...statuses]
    await using server = await startHttpServer((_request, response) => response.writeHead(left.shift() ?? 200).end())
    await using http = createHttp(server)

    const answered: number[] = []
    for (const index of statuses.keys()) answered.push((await http.send(distinct(index))).status)

    expect(answered).toEqual(statuses)
    expect(http.health().circuit).toBe('CLOSED')
  })

  it('sends one probe after five seconds, and closes when that succeeds', async () => {
    let status = 500
    await using server = await startHttpServer((_request, response) => response.writeHead(status).end())
    let now = NOW.getTime()
    await using http = createHttp(server, { clock: () => new Date(now) })
    for (let count = 0; count < 5; count++) await http.send(distinct(count))

    now = NOW.getTime() + 4_999
    await failureOf(UpstreamCircuitOpenError, http.send(ASK))
    now = NOW.getTime() + 5_000
    expect((await http.send(ASK)).status).toBe(500)
    await failureOf(UpstreamCircuitOpenError, http.send(ASK))
    status = 200
    now = NOW.getTime() + 10_000
    expect((await http.send(ASK)).status).toBe(200)

    expect((await http.send(ASK)).status).toBe(200)
    expect(http.health().circuit).toBe('CLOSED')
    expect(server.requests).toHaveLength(8)
  })
})

describe('health', () => {
  it('has no times before the first request', async () => {
    await using http = createHttp({ origin: await unusedOrigin() })

    expect(http.health()).toMatchObject({
      circuit: 'CLOSED',
      lastSuccessAt: null,
      lastFailureAt: null,
      pausedUntil: null,
    })
  })

  it('has the times of the last success and failure, by the injected clock', async () => {
    let now = NOW
    const clock = (): Date => now
    const pass = (): Date => {
      now = new Date(now.getTime() + 1000)
      return now
    }
    let status = 200
    await using server = await startHttpServer((_request, response) => response.writeHead(status).end())
    await using http = createHttp(server, { clock })

    await read(http, ASK)
    expect(http.health()).toMatchObject({
      circuit: 'CLOSED',
      lastSuccessAt: NOW,
      lastFailureAt: null,
      pausedUntil: null,
    })
    const lastSuccessAt = pass()
    status = 404
    await failureOf(UpstreamNotFoundError, read(http, ASK))
    expect(http.health()).toMatchObject({ lastSuccessAt, lastFailureAt: null })
    status = 500
    let lastFailureAt = NOW
    for (let count = 0; count < 5; count++) {
      lastFailureAt = pass()
      await failureOf(UpstreamStatusError, read(http, distinct(count)))
    }
    expect(http.health()).toMatchObject({ circuit: 'OPEN', lastSuccessAt, lastFailureAt, pausedUntil: null })
    pass()
    await failureOf(UpstreamCircuitOpenError, http.send(ASK))

    // A request that was not sent is no failure.
    expect(http.health().lastFailureAt).toEqual(lastFailureAt)
  })
})

describe('a refusal', () => {
  it.each([401, 403, 429, 502])('with status %i counts as a failure', async status => {
    await using server = await startHttpServer((_request, response) => response.writeHead(status).end())
    await using http = createHttp(server)
    await failureOf(UpstreamError, read(http, ASK))
    expect(http.health()).toMatchObject({ lastSuccessAt: null, lastFailureAt: NOW })
  })

  it.each([
    ['the request', { deadlineMs: SHORT_MS }, AMPLE_MS],
    ['the origin', { deadlineMs: AMPLE_MS }, SHORT_MS],
  ])('comes within the shorter of the deadlines of the request and the origin: %s', async (_name, more, deadlineMs) => {
    await using server = await startHttpServer(() => {})
    await using http = createHttp(server, { deadlineMs })
    await failureOf(UpstreamTimeoutError, http.send({ ...ASK, ...more }))
  })
})

describe('the message of every failure', () => {
  it.each<[string, RequestListener, opensBreaker?: boolean]>([
    ['no answer', () => {}],
    ['a broken connection', (_request, response) => response.destroy()],
    ['a body that is too long', (_request, response) => response.end(BODY.repeat(100)), false],
    ['compression', (_request, response) => response.writeHead(200, { 'content-encoding': BODY }).end(BODY), false],
    [
      'a body cut short',
      (_request, response) => response.writeHead(200, { 'content-length': 90 }).write(BODY, () => response.destroy()),
    ],
  ])('%s: has no URL, no token and nothing of the body', async (_what, answer, opensBreaker = true) => {
    await using server = await startHttpServer(answer)
    await using http = createHttp(server, { deadlineMs: SHORT_MS, maxBodyBytes: 100 })

    const messages: string[] = []
    for (let count = 0; count < 6; count++) {
      messages.push((await failureOf(UpstreamError, http.send(distinct(count)))).message)
    }

    for (const message of messages) {
      expect(message).toMatch(/^3scale .* \(GET \/api\/invoices\/\{id\}\.xml\)$/)
      expect(message).not.toMatch(/canary|127\.0\.0\.1|http:/)
      expect(message).not.toContain(String(server.port))
    }
    // A body that the gateway refuses says nothing of the upstream's health.
    expect(/failed repeatedly/.test(messages.at(-1) ?? '')).toBe(opensBreaker)
  })
})

function createHttp({ origin }: Pick<LocalServer, 'origin'>, options: Partial<UpstreamHttpOptions> = {}): UpstreamHttp {
  return new UpstreamHttp({
    upstream: 'threescale',
    origin,
    deadlineMs: AMPLE_MS,
    maxBodyBytes: 1_000_000,
    clock: () => NOW,
    ...options,
  })
}

function always(status: number): RequestListener {
  return (_request, response) => response.writeHead(status).end()
}
