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
import { pauseBefore, RetryBudget, type RetryPolicy } from '../../../src/upstream/http/retry.js'
import { errorOfStatus } from '../../../src/upstream/http/status.js'
import {
  type HttpRequest,
  type HttpResponse,
  type ReadAnswer,
  UpstreamHttp,
} from '../../../src/upstream/http/upstream-http.js'
import { failureOf } from './failing.js'
import { type LocalServer, startHttpServer, startRawServer } from './local-server.js'

const AMPLE_MS = 60_000
const SHORT_MS = 150
const GET: HttpRequest = { method: 'GET', template: '/api/invoices.xml', path: '/api/invoices.xml', headers: {} }
const POST: HttpRequest = { ...GET, method: 'POST', body: '' }

const useful: ReadAnswer<HttpResponse> = (answer, asked) => {
  if (answer.status >= 400) throw errorOfStatus(answer, asked)
  return answer
}

/** A clock that stands still until somebody waits. */
class Time {
  now = Date.parse('2026-11-22T02:00:00Z')
  readonly waits: number[] = []
  readonly clock = (): Date => new Date(this.now)
  readonly wait = async (ms: number): Promise<void> => {
    this.waits.push(ms)
    this.now += ms
  }
}

function open(
  { origin }: LocalServer,
  time = new Time(),
  deadlineMs = AMPLE_MS,
  changes: Partial<RetryPolicy> = {},
): UpstreamHttp {
  const retry: RetryPolicy = {
    maxRetries: 2,
    pauseMs: 200,
    budget: new RetryBudget(),
    random: () => 0.5,
    wait: time.wait,
    ...changes,
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

/** Answers with these statuses, and then with 200. */
function answering(...statuses: readonly (number | [number, Record<string, string>])[]): RequestListener {
  const left = [...statuses]
  return (_request, response) => {
    const next = left.shift() ?? 200
    const [status, headers] = typeof next === 'number' ? [next, {}] : next
    response.writeHead(status, headers).end()
  }
}

describe('a read', () => {
  it.each([429, 502, 503, 504])('is asked again after %i, twice at the most, after a pause', async status => {
    const time = new Time()
    await using server = await startHttpServer(answering(status, status))
    await using http = open(server, time)
    expect((await http.ask(GET, useful)).status).toBe(200)
    expect(time.waits).toEqual([100, 200])

    await using stubborn = await startHttpServer(answering(status, status, status, 200))
    await using other = open(stubborn)
    expect(await failureOf(UpstreamStatusError, other.ask(GET, useful))).toMatchObject({ status })
    expect(stubborn.requests).toHaveLength(3)
  })

  it('is asked again after a connection that broke', async () => {
    let broken = 0
    await using server = await startHttpServer((request, response) => {
      if (broken++ === 0) request.socket.resetAndDestroy()
      else response.end()
    })
    await using http = open(server)
    expect((await http.ask(GET, useful)).status).toBe(200)
    expect(server.requests).toHaveLength(2)
  })

  it.each([400, 401, 403, 404, 422, 500, 501])('is not asked again after %i', async status => {
    await using server = await startHttpServer(answering(status))
    await using http = open(server)
    await failureOf(UpstreamError, http.ask(GET, useful))
    expect(server.requests).toHaveLength(1)
  })

  it('is not asked again after its deadline, nor when the pause would reach beyond it', async () => {
    await using silent = await startHttpServer(() => {})
    await using http = open(silent, new Time(), SHORT_MS)
    await failureOf(UpstreamTimeoutError, http.ask(GET, useful))
    expect(silent.requests).toHaveLength(1)

    await using server = await startHttpServer(answering(503))
    await using short = open(server, new Time(), 90)
    await failureOf(UpstreamStatusError, short.ask(GET, useful))
    expect(server.requests).toHaveLength(1)
  })

  it('ends at its deadline, though it was tried again within it', async () => {
    let asked = 0
    await using server = await startHttpServer((_request, response) => {
      if (asked++ === 0) response.writeHead(503).end()
    })
    await using http = open(server, new Time(), SHORT_MS)
    await failureOf(UpstreamTimeoutError, http.ask(GET, useful))
    expect(server.requests).toHaveLength(2)
  })

  it('is not asked again once the circuit is open', async () => {
    await using server = await startHttpServer((_request, response) => response.writeHead(503).end())
    await using http = open(server)
    const errors = []
    for (let count = 0; count < 10; count++) errors.push(await failureOf(UpstreamError, http.ask(GET, useful)))
    expect(errors.at(-1)).toBeInstanceOf(UpstreamCircuitOpenError)
    expect(server.requests).toHaveLength(5)
  })
})

describe('a read that takes long', () => {
  const SLOW_MS = 5_000

  /** Waits that are over when a test says so. */
  function patience() {
    const over: (() => void)[] = []
    const wait = (ms: number): Promise<void> => {
      expect(ms).toBe(SLOW_MS)
      return new Promise(resolve => over.push(resolve))
    }
    return { wait, pass: () => over[0]?.(), count: () => over.length }
  }

  /** Answers once it is told to, by the number of the request; tells which were broken off. */
  async function startSlow() {
    const answers: ((status?: number) => void)[] = []
    const broken = new Set<number>()
    const server = await startHttpServer((_request, response) => {
      const index = answers.push((status = 200) => response.writeHead(status).end()) - 1
      response.on('close', () => response.writableFinished || broken.add(index))
    })
    return {
      server,
      answer: (index: number, status?: number) => answers[index]?.(status),
      asked: () => answers.length,
      broken,
    }
  }

  it.each([0, 1])('is asked once more beside; when number %i answers, the other is given up', async number => {
    const [time, slow] = [patience(), await startSlow()]
    await using server = slow.server
    await using http = open(server, new Time(), AMPLE_MS, { hedgeAfterMs: SLOW_MS, wait: time.wait })
    const answer = http.ask(GET, useful)
    await expect.poll(slow.asked).toBe(1)
    time.pass()
    await expect.poll(slow.asked).toBe(2)
    expect(time.count()).toBe(1)
    slow.answer(number)
    expect((await answer).status).toBe(200)
    await expect.poll(() => [...slow.broken]).toEqual([1 - number])
    expect(http.health().circuit).toBe('CLOSED')
  })

  it('is answered by the one that is left when the other fails', async () => {
    const [time, slow] = [patience(), await startSlow()]
    await using server = slow.server
    await using http = open(server, new Time(), AMPLE_MS, { hedgeAfterMs: SLOW_MS, wait: time.wait })
    const answer = http.ask(GET, useful)
    await expect.poll(slow.asked).toBe(1)
    const others = Array.from({ length: 5 }, () => http.ask({ ...GET, path: '/other.xml' }, useful))
    await expect.poll(slow.asked).toBe(6)
    for (const index of [1, 2, 3, 4, 5]) slow.answer(index, 500)
    for (const other of others) await failureOf(UpstreamError, other)
    // The circuit is open now, so the second is not asked.
    time.pass()
    slow.answer(0)
    expect((await answer).status).toBe(200)
  })

  it('is waited for where the budget has no other', async () => {
    const [time, slow, budget] = [patience(), await startSlow(), new RetryBudget()]
    await using server = slow.server
    while (budget.spend());
    await using http = open(server, new Time(), AMPLE_MS, { hedgeAfterMs: SLOW_MS, wait: time.wait, budget })
    const answer = http.ask(GET, useful)
    await expect.poll(slow.asked).toBe(1)
    time.pass()
    slow.answer(0)
    expect((await answer).status).toBe(200)
    expect(slow.asked()).toBe(1)
    expect(slow.broken.size).toBe(0)
  })

  it('is asked no second time where it is a write', async () => {
    const [time, slow] = [patience(), await startSlow()]
    await using server = slow.server
    await using http = open(server, new Time(), AMPLE_MS, { hedgeAfterMs: SLOW_MS, wait: time.wait })
    const answer = http.ask(POST, useful)
    await expect.poll(slow.asked).toBe(1)
    expect(time.count()).toBe(0)
    slow.answer(0)
    expect((await answer).status).toBe(200)
  })
})

describe('a write', () => {
  it.each([429, 502, 503])('is never sent again after %i', async status => {
    await using server = await startHttpServer(answering(status))
    await using http = open(server)
    await failureOf(UpstreamStatusError, http.ask(POST, useful))
    expect(server.requests).toHaveLength(1)
  })

  it('is never sent again after a connection that broke', async () => {
    await using server = await startRawServer(socket => socket.resetAndDestroy())
    await using http = open(server)
    await failureOf(UpstreamUnreachableError, http.ask(POST, useful))
    expect(server.requests).toHaveLength(1)
  })

  it('is not given up when its caller leaves', async () => {
    const leaving = new AbortController()
    await using server = await startHttpServer((_request, response) => {
      leaving.abort()
      response.end()
    })
    await using http = open(server)
    expect((await withRequestContext({ signal: leaving.signal }, () => http.ask(POST, useful))).status).toBe(200)
  })
})

describe('the budget of repetitions', () => {
  it('is one for twenty questions, and three to begin with', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), wishes => {
        const budget = new RetryBudget()
        let [questions, repetitions] = [0, 0]
        for (const isQuestion of wishes) {
          if (isQuestion) budget.earn()
          if (isQuestion) questions++
          else if (budget.spend()) repetitions++
        }
        expect(repetitions).toBeLessThanOrEqual(3 + questions / 20 + 1e-9)
      }),
    )
  })

  it('holds while an upstream fails every other question for hours', async () => {
    const time = new Time()
    let count = 0
    await using server = await startHttpServer((_request, response) => {
      // Never so often in a row that the circuit opens.
      response.writeHead(count++ % 3 === 0 ? 503 : 200).end()
    })
    await using http = open(server, time)
    const questions = 300
    for (let asked = 0; asked < questions; asked++) await http.ask(GET, answer => answer)
    expect(server.requests.length).toBeGreaterThan(questions + 10)
    expect(server.requests.length).toBeLessThanOrEqual(questions * 1.05 + 3)
  })

  it('pauses for a random part of a time that doubles', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (repetition, part) => {
          const policy = { pauseMs: 200, random: () => part } as RetryPolicy
          const pause = pauseBefore(repetition, policy)
          expect(pause).toBeGreaterThanOrEqual(0)
          expect(pause).toBeLessThanOrEqual(200 * 2 ** repetition)
        },
      ),
    )
  })
})

describe('Retry-After', () => {
  it('is waited for, where it is short', async () => {
    const time = new Time()
    await using server = await startHttpServer(answering([429, { 'retry-after': '2' }]))
    await using http = open(server, time)
    expect((await http.ask(GET, useful)).status).toBe(200)
    expect(time.waits.reduce((sum, ms) => sum + ms, 0)).toBe(2_000)
  })

  it('is told, where it is long, and nobody asks before its end', async () => {
    const time = new Time()
    await using server = await startHttpServer(answering([429, { 'retry-after': '30' }]))
    await using http = open(server, time)
    expect(await failureOf(UpstreamStatusError, http.ask(GET, useful))).toMatchObject({ status: 429, retryAfter: 30 })
    time.now += 10_000
    expect(await failureOf(UpstreamStatusError, http.ask(GET, useful))).toMatchObject({ status: 429, retryAfter: 20 })
    expect(server.requests).toHaveLength(1)
    time.now += 20_000
    expect((await http.ask(GET, useful)).status).toBe(200)
  })

  it('is obeyed by writes as well', async () => {
    await using server = await startHttpServer(answering([503, { 'retry-after': '60' }]))
    await using http = open(server)
    await failureOf(UpstreamStatusError, http.ask(GET, useful))
    expect(await failureOf(UpstreamStatusError, http.ask(POST, useful))).toMatchObject({ status: 503, retryAfter: 60 })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a caller who leaves', () => {
  it('takes his question with him, from the socket too, and blames nobody', async () => {
    const leaving = new AbortController()
    const closed = Promise.withResolvers<void>()
    await using server = await startHttpServer((_request, response) => {
      response.on('close', () => closed.resolve())
      leaving.abort()
    })
    await using http = open(server)
    for (let count = 0; count < 10; count++) {
      const asked = withRequestContext({ signal: count === 0 ? leaving.signal : AbortSignal.abort() }, () =>
        http.ask(GET, useful),
      )
      await failureOf(UpstreamAbandonedError, asked)
    }
    await closed.promise
    expect(http.health()).toEqual({ circuit: 'CLOSED', lastSuccessAt: null, lastFailureAt: null })
    expect(server.requests).toHaveLength(1)
  })

  it('does not take what others wait for as well', async () => {
    const leaving = new AbortController()
    await using server = await startHttpServer((_request, response) => {
      leaving.abort()
      response.end()
    })
    await using http = open(server)
    const shared = withRequestContext({ signal: leaving.signal }, () =>
      withoutRequestContext(() => http.ask(GET, useful)),
    )
    expect((await shared).status).toBe(200)
  })
})

describe('a crowd', () => {
  it('waits in a queue of sixty-four behind the sixteen that are asked; the rest is refused at once', async () => {
    const held: (() => void)[] = []
    const full = Promise.withResolvers<void>()
    await using server = await startHttpServer((_request, response) => {
      held.push(() => response.end())
      if (held.length === 16) full.resolve()
    })
    await using http = open(server)
    const asked = Array.from({ length: 100 }, (_, index) =>
      withRequestContext({ signal: new AbortController().signal, callerName: `caller ${index % 2}` }, () =>
        http.ask(GET, useful),
      ).catch((error: Error) => error),
    )
    await full.promise
    const refused = await Promise.all(asked.slice(80))
    expect(refused.every(error => error instanceof UpstreamOverloadedError)).toBe(true)
    expect(held).toHaveLength(16)
    // Whoever is let go makes room for one who waits.
    const answering = setInterval(() => held.shift()?.(), 0)
    const answers = await Promise.all(asked.slice(0, 80))
    clearInterval(answering)
    expect(answers.filter(answer => answer instanceof Error)).toEqual([])
    expect(http.health().circuit).toBe('CLOSED')
  })

  it('of one caller, whose questions hang, keeps no other from being answered', async () => {
    const full = Promise.withResolvers<void>()
    let hanging = 0
    await using server = await startHttpServer((request, response) => {
      if (request.url === GET.path) response.end()
      else if (++hanging === 12) full.resolve()
    })
    await using http = open(server)
    const leaving = new AbortController()
    const noisy = Array.from({ length: 200 }, () =>
      withRequestContext({ signal: leaving.signal, callerName: 'noisy' }, () =>
        http.ask({ ...GET, path: '/hangs' }, useful),
      ).catch((error: Error) => error),
    )
    await full.promise
    for (let count = 0; count < 20; count++) {
      const quiet = Array.from({ length: 4 }, () =>
        withRequestContext({ signal: new AbortController().signal, callerName: 'quiet' }, () => http.ask(GET, useful)),
      )
      for (const { status } of await Promise.all(quiet)) expect(status).toBe(200)
    }
    expect(hanging).toBe(12)
    leaving.abort()
    const names = Map.groupBy(await Promise.all(noisy), error => (error as Error).name)
    expect(names.get('UpstreamOverloadedError')?.length).toBeGreaterThanOrEqual(200 - 12 - 64)
    expect(names.get('UpstreamAbandonedError')?.length).toBeGreaterThanOrEqual(12)
  })
})

describe('an upstream that answers now and then', () => {
  it('is left in peace when more than half of twenty questions failed', async () => {
    let count = 0
    await using server = await startHttpServer((_request, response) =>
      response.writeHead(count++ % 3 === 0 ? 200 : 500).end(),
    )
    await using http = open(server)
    const seen: string[] = []
    for (let asked = 0; asked < 40; asked++) {
      seen.push(await http.ask(GET, answer => String(answer.status)).catch((error: Error) => error.name))
    }
    expect(server.requests.length).toBeLessThanOrEqual(21)
    expect(seen.at(-1)).toBe('UpstreamCircuitOpenError')
  })
})
