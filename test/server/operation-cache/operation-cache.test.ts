import 'reflect-metadata'
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { limitsOf, type RateLimit } from '../../../src/access/limit.js'
import type { Principal } from '../../../src/access/principal.js'
import { EMPTY_REGISTRY } from '../../../src/domain/customer-registry.js'
import { parseDecimal } from '../../../src/domain/decimal.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { requestSignal, withRequestContext } from '../../../src/request/request-context.js'
import { LimitPolicy } from '../../../src/server/limits/limit-policy.js'
import { OperationLimiter } from '../../../src/server/limits/operation-limiter.js'
import type { CachePolicy } from '../../../src/server/operation-cache/cache-policy.js'
import { OperationCache } from '../../../src/server/operation-cache/operation-cache.js'
import type { BillingSystems } from '../../../src/upstream/billing-systems.js'
import { TODAY } from '../../gateway.js'
import { contextOf } from '../../request/request-context.js'

const COST = 10
const RATE = { month: '2026-10', from: 'NZD', to: 'EUR', rate: parseDecimal('0.55') }
const EPOCH = { invoicesEpoch: { value: () => 0, isCurrent: () => true, refresh: async () => {} } }
const NO_SYSTEMS: BillingSystems = { catalyst: null, threescale: null }

/** An operation that can be shared. It ends when the test says so, or when it is aborted. */
class TestOperation {
  runs = 0
  private readonly ends: ((text: string) => void)[] = []

  constructor(private readonly isComplete = true) {}

  readonly execute = (policy: CachePolicy): Promise<HTTPGraphQLResponse> => {
    policy.cost = COST
    return this.run(policy)
  }

  /** The same, for a response that must not be shared. */
  readonly executeUnshared = (policy: CachePolicy): Promise<HTTPGraphQLResponse> => this.run(policy)

  private run(policy: CachePolicy): Promise<HTTPGraphQLResponse> {
    this.runs++
    const { promise, resolve, reject } = Promise.withResolvers<HTTPGraphQLResponse>()
    const signal = requestSignal()
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    this.ends.push(string => {
      policy.isComplete = this.isComplete
      policy.freshness.note(TODAY.getTime() + 10_000)
      const headers = new HeaderMap([['content-type', 'application/json; charset=utf-8']])
      resolve({ headers, body: { kind: 'complete', string } })
    })
    return promise
  }

  end(text = '{"data":{}}\n'): void {
    for (const end of this.ends.splice(0)) end(text)
  }
}

/** An operation cache, and callers that send it the same query. */
class TestCache {
  readonly systems: { catalyst: BillingSystems['catalyst']; threescale: BillingSystems['threescale'] } = {
    ...NO_SYSTEMS,
  }
  readonly registry = new CurrentRegistry()
  private readonly cache: OperationCache
  private requests = 0

  constructor({ rate = null, isEnabled = true }: { rate?: RateLimit | null; isEnabled?: boolean } = {}) {
    const clock = () => TODAY
    const settings = { mode: 'enforce', limits: limitsOf(), rate } as const
    const limiter = new OperationLimiter(new LimitPolicy(settings, pino({ level: 'silent' })), clock)
    this.cache = new OperationCache({ systems: this.systems, registry: this.registry, limiter, clock, isEnabled })
  }

  /** The source of the response and its body. */
  async ask(
    { execute }: Pick<TestOperation, 'execute'>,
    name = 'a',
    signal = new AbortController().signal,
  ): Promise<string> {
    const principal: Principal = { ...FULL_ACCESS, id: name }
    const request = { method: 'POST', headers: new HeaderMap(), search: '', body: { query: '{ buyers }' } }
    const operation = { request, requestId: `request ${++this.requests}`, principal, rawKey: null }
    const { response, from } = await withRequestContext(contextOf({ signal, callerName: name }), () =>
      this.cache.serve(operation, execute),
    )
    return `${from ?? 'executed'} ${response.body.toString().trim()}`
  }
}

const times = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one)

describe('a concurrent request for the same operation', () => {
  it('shares the response, and the operation runs once', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation()]
    const all = times(1_000, () => cache.ask(operation))
    operation.end()
    expect((await Promise.all(all)).toSorted()).toEqual([
      ...times(999, () => 'coalesced {"data":{}}'),
      'executed {"data":{}}',
    ])
    expect(operation.runs).toBe(1)
    expect(await cache.ask(operation)).toBe('cache {"data":{}}')
  })

  it('of another caller runs for itself', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation()]
    const all = times(5, () => cache.ask(operation, 'a')).concat(times(5, () => cache.ask(operation, 'b')))
    operation.end()
    await Promise.all(all)
    expect(operation.runs).toBe(2)
  })

  it('runs for itself while the response may not be shared', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation()]
    const own = new TestOperation()
    const all = times(3, () => cache.ask({ execute: own.execute }))
    expect(own.runs).toBe(1)
    own.end()
    await Promise.all(all)
    const unknown = times(3, () => cache.ask({ execute: operation.executeUnshared }, 'b'))
    expect(operation.runs).toBe(3)
    operation.end()
    expect(await Promise.all(unknown)).toEqual(times(3, () => 'executed {"data":{}}'))
  })

  it('shares an error under its own request id, and errors are not cached', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation(false)]
    const all = times(3, () => cache.ask(operation))
    operation.end(
      '{"errors":[{"message":"no","extensions":{"code":"UPSTREAM_TIMEOUT","requestId":"request 1"}}],"data":null}\n',
    )
    expect(await Promise.all(all)).toEqual(
      ['executed', 'coalesced', 'coalesced'].map(
        (from, index) =>
          `${from} {"errors":[{"message":"no","extensions":{"code":"UPSTREAM_TIMEOUT","requestId":"request ${index + 1}"}}],"data":null}`,
      ),
    )
    const again = cache.ask(operation)
    operation.end()
    expect(await again).toBe('executed {"data":{}}')
  })

  it('that disconnects leaves the others their response; the operation is aborted when the last one disconnects', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation()]
    const clients = times(3, () => new AbortController())
    const all = clients.map(({ signal }) => cache.ask(operation, 'a', signal))
    const reasons = ['first', 'second', 'third'].map(text => new Error(text))
    clients[1]?.abort(reasons[1])
    await expect(all[1]).rejects.toBe(reasons[1])
    clients[0]?.abort(reasons[0])
    // The first request ends with the operation, not before.
    const first = expect(all[0]).rejects.toBe(reasons[0])
    const later = cache.ask(operation, 'a')
    operation.end()
    await first
    expect(await later).toBe('coalesced {"data":{}}')
    expect(await all[2]).toBe('coalesced {"data":{}}')

    const [otherCache, otherOperation] = [new TestCache(), new TestOperation()]
    const both = clients.slice(0, 2).map(() => new AbortController())
    const responses = both.map(({ signal }) => otherCache.ask(otherOperation, 'a', signal))
    for (const one of both) one.abort(new Error('left'))
    for (const one of responses) await expect(one).rejects.toThrow('left')
    const next = otherCache.ask(otherOperation)
    expect(otherOperation.runs).toBe(2)
    otherOperation.end()
    expect(await next).toBe('executed {"data":{}}')
  })
})

describe('a cached response', () => {
  it('is charged each time; for a caller with too little left the operation runs again, and is refused', async () => {
    const [cache, operation] = [new TestCache({ rate: { costPerMinute: 60, burst: 4 * COST } }), new TestOperation()]
    // The first run is charged elsewhere.
    const all = times(4, () => cache.ask(operation))
    operation.end()
    await Promise.all(all)
    expect(await cache.ask(operation)).toMatch(/^cache/)
    const refused = cache.ask(operation)
    await expect.poll(() => operation.runs).toBe(2)
    operation.end()
    expect(await refused).toMatch(/^executed/)
  })

  it('of systems that were replaced is not served, even when it was in flight then', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation()]
    const old = cache.ask(operation)
    cache.systems.threescale = { ...EPOCH } as BillingSystems['threescale']
    const fresh = cache.ask(operation)
    expect(operation.runs).toBe(2)
    operation.end()
    await Promise.all([old, fresh])
    expect(await cache.ask(operation)).toMatch(/^cache/)
    cache.systems.threescale = { ...EPOCH } as BillingSystems['threescale']
    const newest = cache.ask(operation)
    operation.end()
    expect(await newest).toMatch(/^executed/)
  })

  it('with another customer registry is not served', async () => {
    const [cache, operation] = [new TestCache(), new TestOperation()]
    const first = cache.ask(operation)
    operation.end()
    await first
    cache.registry.use({ ...EMPTY_REGISTRY, exchangeRates: [RATE] })
    const newest = cache.ask(operation)
    operation.end()
    expect(await newest).toMatch(/^executed/)
  })

  it('is not served when the cache is off', async () => {
    const [cache, operation] = [new TestCache({ isEnabled: false }), new TestOperation()]
    for (const count of [1, 2]) {
      const response = cache.ask(operation)
      expect(operation.runs).toBe(count)
      operation.end()
      await response
    }
  })
})
