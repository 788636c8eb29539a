import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { limitsOf, type RateLimit } from '../../../src/access/limit.js'
import type { Principal } from '../../../src/access/principal.js'
import { requestSignal, withRequestContext } from '../../../src/request/request-context.js'
import { createLimits } from '../../../src/server/limits/create-limits.js'
import type { CachePolicy } from '../../../src/server/operation-cache/cache-policy.js'
import { OperationCache } from '../../../src/server/operation-cache/operation-cache.js'
import type { BillingSystems } from '../../../src/upstream/billing-systems.js'
import { TODAY } from '../../gateway.js'

const COST = 10
const NO_SYSTEMS: BillingSystems = { catalyst: null, threescale: null }

/** Work that is for others as well, and ends when it is told to or given up. */
class Work {
  made = 0
  private readonly ends: ((text: string) => void)[] = []

  constructor(private readonly isWhole = true) {}

  readonly begin = (sharing: CachePolicy): Promise<HTTPGraphQLResponse> => {
    this.made++
    sharing.allow(COST)
    const { promise, resolve, reject } = Promise.withResolvers<HTTPGraphQLResponse>()
    const signal = requestSignal()
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    this.ends.push(string => {
      sharing.isWhole = this.isWhole
      sharing.freshness.note(TODAY.getTime() + 10_000)
      const headers = new HeaderMap([['content-type', 'application/json; charset=utf-8']])
      resolve({ headers, body: { kind: 'complete', string } })
    })
    return promise
  }

  end(text = '{"data":{}}\n'): void {
    for (const end of this.ends.splice(0)) end(text)
  }
}

/** Callers who ask the same. */
class House {
  readonly systems: { catalyst: BillingSystems['catalyst']; threescale: BillingSystems['threescale'] } = {
    ...NO_SYSTEMS,
  }
  private readonly repeats: OperationCache
  private requests = 0

  constructor({ rate = null, keepsAnswers = true }: { rate?: RateLimit | null; keepsAnswers?: boolean } = {}) {
    const clock = () => TODAY
    const settings = { mode: 'enforce', limits: limitsOf(), rate } as const
    const limiter = createLimits(settings, { logger: pino({ level: 'silent' }), clock }).operations
    this.repeats = new OperationCache({ systems: this.systems, limiter, clock, keepsAnswers })
  }

  /** Where the answer came from, and what it was. */
  async ask({ begin }: Work, name = 'a', signal = new AbortController().signal): Promise<string> {
    const principal: Principal = { ...FULL_ACCESS, id: name }
    const request = { method: 'POST', headers: new HeaderMap(), search: '', body: { query: '{ buyers }' } }
    const asked = { request, requestId: `request ${++this.requests}`, principal }
    const { answer, from } = await withRequestContext({ signal, callerName: name }, () =>
      this.repeats.answer(asked, begin),
    )
    return `${from ?? 'made'} ${answer.body.toString().trim()}`
  }
}

const times = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one)

describe('who asks what he asks already', () => {
  it('waits for that answer, which is made once', async () => {
    const [house, work] = [new House(), new Work()]
    const all = times(1_000, () => house.ask(work))
    work.end()
    expect((await Promise.all(all)).toSorted()).toEqual([...times(999, () => 'joined {"data":{}}'), 'made {"data":{}}'])
    expect(work.made).toBe(1)
    expect(await house.ask(work)).toBe('kept {"data":{}}')
  })

  it('gets none that is made for another', async () => {
    const [house, work] = [new House(), new Work()]
    const all = times(5, () => house.ask(work, 'a')).concat(times(5, () => house.ask(work, 'b')))
    work.end()
    await Promise.all(all)
    expect(work.made).toBe(2)
  })

  it('does not wait for what is for nobody else, nor before that is known', async () => {
    const [house, work] = [new House(), new Work()]
    const own = new Work()
    const all = times(3, () => house.ask({ begin: own.begin } as Work))
    expect(own.made).toBe(1)
    own.end()
    await Promise.all(all)
    const unknown = times(3, () =>
      house.ask(
        { begin: (sharing: CachePolicy) => work.begin(Object.assign(sharing, { allow: () => {} })) } as Work,
        'b',
      ),
    )
    expect(work.made).toBe(3)
    work.end()
    expect(await Promise.all(unknown)).toEqual(times(3, () => 'made {"data":{}}'))
  })

  it('is told what failed with the id of his own request, and it is not kept', async () => {
    const [house, work] = [new House(), new Work(false)]
    const all = times(3, () => house.ask(work))
    work.end(
      '{"errors":[{"message":"no","extensions":{"code":"UPSTREAM_TIMEOUT","requestId":"request 1"}}],"data":null}\n',
    )
    expect(await Promise.all(all)).toEqual(
      ['made', 'joined', 'joined'].map(
        (from, index) =>
          `${from} {"errors":[{"message":"no","extensions":{"code":"UPSTREAM_TIMEOUT","requestId":"request ${index + 1}"}}],"data":null}`,
      ),
    )
    const again = house.ask(work)
    work.end()
    expect(await again).toBe('made {"data":{}}')
  })

  it('takes the answer from nobody when he leaves, and the last one takes the work with him', async () => {
    const [house, work] = [new House(), new Work()]
    const leaving = times(3, () => new AbortController())
    const all = leaving.map(({ signal }) => house.ask(work, 'a', signal))
    const reasons = ['first', 'second', 'third'].map(text => new Error(text))
    leaving[1]?.abort(reasons[1])
    await expect(all[1]).rejects.toBe(reasons[1])
    leaving[0]?.abort(reasons[0])
    // He who began it is not done before it is.
    const first = expect(all[0]).rejects.toBe(reasons[0])
    const later = house.ask(work, 'a')
    work.end()
    await first
    expect(await later).toBe('joined {"data":{}}')
    expect(await all[2]).toBe('joined {"data":{}}')

    const [other, given] = [new House(), new Work()]
    const both = leaving.slice(0, 2).map(() => new AbortController())
    const asked = both.map(({ signal }) => other.ask(given, 'a', signal))
    for (const one of both) one.abort(new Error('left'))
    for (const one of asked) await expect(one).rejects.toThrow('left')
    const next = other.ask(given)
    expect(given.made).toBe(2)
    given.end()
    expect(await next).toBe('made {"data":{}}')
  })
})

describe('an answer that is given again', () => {
  it('is charged each time, and made anew, which is refused, for who cannot pay', async () => {
    const [house, work] = [new House({ rate: { costPerMinute: 60, burst: 4 * COST } }), new Work()]
    // What makes an answer charges for it besides.
    const all = times(4, () => house.ask(work))
    work.end()
    await Promise.all(all)
    expect(await house.ask(work)).toMatch(/^kept/)
    const refused = house.ask(work)
    expect(work.made).toBe(2)
    work.end()
    expect(await refused).toMatch(/^made/)
  })

  it('is none that other systems gave, whatever was under way when they were replaced', async () => {
    const [house, work] = [new House(), new Work()]
    const old = house.ask(work)
    house.systems.threescale = {} as BillingSystems['threescale']
    const fresh = house.ask(work)
    expect(work.made).toBe(2)
    work.end()
    await Promise.all([old, fresh])
    expect(await house.ask(work)).toMatch(/^kept/)
    house.systems.threescale = {} as BillingSystems['threescale']
    const newest = house.ask(work)
    work.end()
    expect(await newest).toMatch(/^made/)
  })

  it('is none where nothing is kept', async () => {
    const [house, work] = [new House({ keepsAnswers: false }), new Work()]
    for (const count of [1, 2]) {
      const asked = house.ask(work)
      expect(work.made).toBe(count)
      work.end()
      await asked
    }
  })
})
