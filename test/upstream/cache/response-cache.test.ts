import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { Freshness, requestSignal, watchFreshness, withRequestContext } from '../../../src/request/request-context.js'
import type { CacheableBatch, CacheableRequest } from '../../../src/upstream/cache/cacheable.js'
import { ResponseCache } from '../../../src/upstream/cache/response-cache.js'
import { createStoreKeys, SharedStore } from '../../../src/upstream/cache/shared-store.js'
import { type CacheTtls, DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import {
  UpstreamAbandonedError,
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import { contextOf } from '../../request/request-context.js'

const ASKED = { upstream: 'threescale', operation: 'GET /api/invoices.xml' } as const
const TTL = DEFAULT_TTLS['threescale-invoices']
const START = Date.parse('2026-11-22T02:00:00Z')

/** A cache in front of an upstream that sends `text`, with a clock of its own. */
class Fixture {
  now = START
  text = 'one'
  failure: Error | null = null
  calls = 0
  decoded = 0
  readonly cache: ResponseCache

  constructor({
    store = null,
    owner = 'threescale https://acme',
    random = 0.5,
    credential = 'secret',
    ttls = DEFAULT_TTLS,
  }: Options = {}) {
    this.cache = new ResponseCache({
      ttls,
      store: store && new SharedStore({ keyv: store, owner, credential, warn: () => {} }),
      clock: () => new Date(this.now),
      random: () => random,
    })
  }

  request(key = '/api/invoices.xml?page=1'): CacheableRequest<{ readonly text: string }> {
    return {
      kind: 'threescale-invoices',
      key,
      fetch: async () => {
        this.calls++
        if (this.failure) throw this.failure
        return Buffer.from(this.text)
      },
      decode: body => {
        this.decoded++
        const text = Buffer.from(body).toString()
        if (text === 'broken') throw new UpstreamFormatError('sent what is broken', ASKED)
        return { text }
      },
    }
  }

  get(key?: string) {
    return this.cache.get(this.request(key))
  }
}

interface Options {
  readonly store?: Keyv<string> | null
  readonly owner?: string
  readonly random?: number
  readonly credential?: string
  readonly ttls?: CacheTtls | null
}

/** Lets refreshes in the background finish. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
}

const UNREACHABLE = new UpstreamUnreachableError(ASKED)

describe('a cached value', () => {
  it('is used without a call while it is fresh, and is deeply frozen', async () => {
    const fixture = new Fixture()
    const first = await fixture.get()
    fixture.now += TTL.freshMs - 1
    const second = await fixture.get()

    expect(fixture.calls).toBe(1)
    expect(second).toEqual({ value: { text: 'one' }, asOf: new Date(START).toISOString(), stale: false })
    expect(second.value).toBe(first.value)
    expect(Object.isFrozen(second.value)).toBe(true)
  })

  it('is used at once, and refreshed once in the background, when it is no longer fresh', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.now += TTL.freshMs
    fixture.text = 'two'

    const served = await Promise.all([fixture.get(), fixture.get(), fixture.get()])
    expect(served.map(({ value, stale }) => [value.text, stale])).toEqual(Array(3).fill(['one', false]))
    await settle()

    expect(fixture.calls).toBe(2)
    expect((await fixture.get()).value.text).toBe('two')
    expect(fixture.calls).toBe(2)
  })

  it('is fetched in the foreground after the stale-while-revalidate time', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.now += TTL.staleWhileRevalidateMs
    fixture.text = 'two'

    expect(await fixture.get()).toMatchObject({ value: { text: 'two' }, stale: false })
  })

  it('is served, marked stale with its age, when the upstream is down, until the stale-if-error time has passed', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.failure = UNREACHABLE
    fixture.now += TTL.staleIfErrorMs - 1

    expect(await fixture.get()).toEqual({ value: { text: 'one' }, asOf: new Date(START).toISOString(), stale: true })
    fixture.now += 1
    await expect(fixture.get()).rejects.toBe(UNREACHABLE)
  })

  it('is served stale when the new body cannot be decoded, but not when the upstream refuses', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.now += TTL.staleWhileRevalidateMs
    fixture.text = 'broken'
    expect(await fixture.get()).toMatchObject({ stale: true })

    fixture.failure = new UpstreamDeniedError('refused', ASKED)
    await expect(fixture.get()).rejects.toBe(fixture.failure)
  })

  it('is stale from the first failed refresh on, until a refresh succeeds', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.now += TTL.freshMs
    fixture.failure = UNREACHABLE
    const staleOf = async () => {
      const { stale } = await fixture.get()
      await settle()
      return stale
    }

    expect([await staleOf(), await staleOf(), await staleOf()]).toEqual([false, true, true])
    expect(fixture.calls).toBe(4)

    fixture.failure = null
    expect([await staleOf(), await staleOf()]).toEqual([true, false])
    expect(fixture.calls).toBe(5)
  })

  it('is not stale when its refresh was abandoned because the caller disconnected', async () => {
    const fixture = new Fixture()
    const [one, two] = ['/one', '/two']
    await fixture.get(one)
    fixture.now += TTL.freshMs
    const caller = new AbortController()
    const request = fixture.request(two)
    const batch = {
      ...request,
      keys: [one, two],
      kindOf: () => request.kind,
      fetch: async () => {
        const aborted = new Promise(resolve => requestSignal()?.addEventListener('abort', resolve, { once: true }))
        await aborted
        throw new UpstreamAbandonedError(ASKED)
      },
    }
    const reading = withRequestContext(contextOf({ signal: caller.signal }), () => fixture.cache.getAll(batch))
    await settle()
    caller.abort(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
    await settle()

    expect((await fixture.get(one)).stale).toBe(false)
  })

  it('notes until when a response that is made of it is fresh: not at all once it is stale', async () => {
    const fixture = new Fixture()
    const freshness = async () => {
      const noted = new Freshness()
      await watchFreshness(noted, () => fixture.get())
      await settle()
      return noted.until
    }
    expect(await freshness()).toBe(START + TTL.freshMs)

    fixture.failure = UNREACHABLE
    fixture.now += TTL.staleWhileRevalidateMs
    expect(await freshness()).toBe(0)
  })

  it('is not decoded again when the same bytes come again', async () => {
    const fixture = new Fixture()
    const first = await fixture.get()
    fixture.now += TTL.staleWhileRevalidateMs

    const second = await fixture.get()

    expect([fixture.calls, fixture.decoded]).toEqual([2, 1])
    expect(second.value).toBe(first.value)
    expect(second.asOf).not.toBe(first.asOf)
  })

  it('belongs to its key', async () => {
    const fixture = new Fixture()
    await fixture.get('/api/invoices.xml?page=1')
    fixture.text = 'two'

    expect((await fixture.get('/api/invoices.xml?page=2')).value.text).toBe('two')
  })

  it('is never an error: the next request calls again', async () => {
    const fixture = new Fixture()
    fixture.failure = UNREACHABLE
    await expect(fixture.get()).rejects.toBe(UNREACHABLE)
    fixture.failure = null

    expect((await fixture.get()).value.text).toBe('one')
  })

  it.each([
    [0, TTL.freshMs * 0.9],
    [0.5, TTL.freshMs],
    [0.999_999, TTL.freshMs * 1.1],
  ])('is fresh for a time with jitter: with the random number %f for about %f ms', async (random, freshMs) => {
    const fixture = new Fixture({ random })
    await fixture.get()
    fixture.now = START + Math.floor(freshMs) - 2
    await fixture.get()
    await settle()
    expect(fixture.calls).toBe(1)

    fixture.now = START + Math.ceil(freshMs) + 2
    await fixture.get()
    await settle()
    expect(fixture.calls).toBe(2)
  })
})

describe('without TTLs', () => {
  it('nothing is cached, and concurrent requests still share one call', async () => {
    const fixture = new Fixture({ ttls: null })
    await Promise.all([fixture.get(), fixture.get(), fixture.get()])
    expect(fixture.calls).toBe(1)

    await fixture.get()
    fixture.failure = UNREACHABLE
    await expect(fixture.get()).rejects.toBe(UNREACHABLE)
    expect(fixture.calls).toBe(3)
  })

  it('nothing limits how long a response is fresh', async () => {
    const noted = new Freshness()
    await watchFreshness(noted, () => new Fixture({ ttls: null }).get())
    expect(noted.until).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a batch', () => {
  /** Fetches all keys in one call; each value is its key and the number of the call. */
  class Batches {
    readonly fixture = new Fixture()
    readonly calls: (readonly string[])[] = []

    get(keys: readonly string[], more: Partial<CacheableBatch<string>> = {}) {
      return this.fixture.cache.getAll<string>({
        kind: 'catalyst-bills',
        keys,
        fetch: async due => {
          this.calls.push(due)
          if (this.fixture.failure) throw this.fixture.failure
          return new Map(
            due.map(key => [key, { value: `${key}${this.calls.length}`, bytes: 1, encode: () => Buffer.of() }]),
          )
        },
        decode: body => body.toString(),
        kindOf: value => (value.startsWith('paid') ? 'catalyst-closed-bills' : 'catalyst-bills'),
        ...more,
      })
    }

    async values(keys: readonly string[]): Promise<readonly string[]> {
      return [...(await this.get(keys)).values()].map(({ value, stale }) => (stale ? `${value} stale` : value))
    }
  }

  it('fetches only what is not fresh, in one call, and returns all in the order of the keys', async () => {
    const batches = new Batches()
    await batches.get(['b'])

    expect(await batches.values(['a', 'b', 'c'])).toEqual(['a2', 'b1', 'c2'])
    expect(batches.calls).toEqual([['b'], ['a', 'c']])
  })

  it('has the TTL of each value', async () => {
    const batches = new Batches()
    await batches.get(['open', 'paid'])
    batches.fixture.now += DEFAULT_TTLS['catalyst-bills'].staleWhileRevalidateMs

    expect(await batches.values(['open', 'paid'])).toEqual(['open2', 'paid1'])
  })

  it('does not cache an incomplete value', async () => {
    const batches = new Batches()
    await batches.get(['a'], { kindOf: () => null })

    expect(await batches.values(['a'])).toEqual(['a2'])
  })

  it('is served stale only when all that is due can be', async () => {
    const batches = new Batches()
    await batches.get(['a', 'paid'])
    batches.fixture.now += DEFAULT_TTLS['catalyst-bills'].staleWhileRevalidateMs
    batches.fixture.failure = UNREACHABLE

    expect(await batches.values(['a', 'paid'])).toEqual(['a1 stale', 'paid1'])
    await expect(batches.get(['a', 'other'])).rejects.toBe(UNREACHABLE)
  })
})

describe('a store that replicas share', () => {
  async function readBy(options: Options): Promise<Fixture> {
    const fixture = new Fixture(options)
    await fixture.get()
    await settle()
    return fixture
  }

  it('serves the second replica with what the first fetched, decoded like a response', async () => {
    const store = new Keyv<string>()
    await readBy({ store })

    const second = await readBy({ store })

    expect([second.calls, second.decoded]).toEqual([0, 1])
    expect(await second.get()).toEqual({ value: { text: 'one' }, asOf: new Date(START).toISOString(), stale: false })
  })

  it('lets the second replica serve stale what the first fetched', async () => {
    const store = new Keyv<string>()
    await readBy({ store })
    const second = new Fixture({ store })
    second.now += TTL.staleWhileRevalidateMs
    second.failure = UNREACHABLE

    expect(await second.get()).toMatchObject({ value: { text: 'one' }, stale: true })
  })

  it.each<[string, Options]>([
    ['another credential', { credential: 'another' }],
    ['another tenant', { owner: 'threescale https://other' }],
  ])('is not shared with %s', async (_who, options) => {
    const store = new Keyv<string>()
    await readBy({ store })

    expect((await readBy({ store, ...options })).calls).toBe(1)
  })

  const [OWNER, KEY] = ['threescale https://acme', '/api/invoices.xml?page=1']
  it.each([
    ['of another owner', ['threescale https://other', KEY, String(START), 'forged']],
    ['of another key', [OWNER, '/api/invoices.xml?page=2', String(START), 'forged']],
    ['without a time', [OWNER, KEY, 'yesterday', 'forged']],
    ['without any line', []],
  ])('is not trusted with an entry %s', async (_what, lines) => {
    const store = new Keyv<string>()
    await store.set(createStoreKeys('secret')('threescale-invoices', `${OWNER}\n${KEY}`), lines.join('\n'))

    const fixture = await readBy({ store })

    expect(fixture.calls).toBe(1)
    expect((await fixture.get()).value.text).toBe('one')
  })

  it('is not trusted with an entry that cannot be decoded', async () => {
    const store = new Keyv<string>()
    const written = new SharedStore({ keyv: store, owner: OWNER, credential: 'secret', warn: () => {} })
    await written.write('threescale-invoices', KEY, { body: Buffer.from('broken'), at: START }, TTL.freshMs)

    expect((await readBy({ store })).calls).toBe(1)
  })

  it('fails open when reading or writing throws', async () => {
    class FailingStore extends Map<string, unknown> {
      override get(): never {
        throw new Error('down')
      }

      override set(): never {
        throw new Error('down')
      }
    }
    const store = new Keyv<string>({ store: new FailingStore(), throwOnErrors: true })
    const fixture = await readBy({ store })

    expect((await fixture.get()).value.text).toBe('one')
    expect(fixture.calls).toBe(1)
  })

  it('does not make an entry newer than now', async () => {
    const store = new Keyv<string>()
    const tomorrow = START + 86_400_000
    const written = new SharedStore({ keyv: store, owner: OWNER, credential: 'secret', warn: () => {} })
    await written.write('threescale-invoices', KEY, { body: Buffer.from('early'), at: tomorrow }, TTL.freshMs)
    const fixture = await readBy({ store })
    expect((await fixture.get()).value.text).toBe('early')
    expect((await fixture.get()).asOf).toBe(new Date(START).toISOString())
  })
})
