import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import type { CacheableRequest } from '../../../src/upstream/cache/cacheable.js'
import { ResponseCache } from '../../../src/upstream/cache/response-cache.js'
import { createStoreKeys, SharedStore } from '../../../src/upstream/cache/shared-store.js'
import { type CacheTtls, DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import {
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'

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
      store: store && new SharedStore({ keyv: store, owner, credential }),
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

describe('an answer', () => {
  it('serves without asking while it is fresh, frozen to the last member', async () => {
    const fixture = new Fixture()
    const first = await fixture.get()
    fixture.now += TTL.freshMs - 1
    const second = await fixture.get()

    expect(fixture.calls).toBe(1)
    expect(second).toEqual({ value: { text: 'one' }, asOf: new Date(START).toISOString(), stale: false })
    expect(second.value).toBe(first.value)
    expect(Object.isFrozen(second.value)).toBe(true)
  })

  it('serves at once and is asked again behind the back, once, when it is no longer fresh', async () => {
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

  it('is waited for when it is older than that', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.now += TTL.staleWhileRevalidateMs
    fixture.text = 'two'

    expect(await fixture.get()).toMatchObject({ value: { text: 'two' }, stale: false })
  })

  it('stands in for an upstream that is down, marked stale with its age, and no longer than it may', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.failure = UNREACHABLE
    fixture.now += TTL.staleIfErrorMs - 1

    expect(await fixture.get()).toEqual({ value: { text: 'one' }, asOf: new Date(START).toISOString(), stale: true })
    fixture.now += 1
    await expect(fixture.get()).rejects.toBe(UNREACHABLE)
  })

  it('stands in for a document that cannot be read, and not for a refusal', async () => {
    const fixture = new Fixture()
    await fixture.get()
    fixture.now += TTL.staleWhileRevalidateMs
    fixture.text = 'broken'
    expect(await fixture.get()).toMatchObject({ stale: true })

    fixture.failure = new UpstreamDeniedError('refused', ASKED)
    await expect(fixture.get()).rejects.toBe(fixture.failure)
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

  it('keeps apart what was asked by another path', async () => {
    const fixture = new Fixture()
    await fixture.get('/api/invoices.xml?page=1')
    fixture.text = 'two'

    expect((await fixture.get('/api/invoices.xml?page=2')).value.text).toBe('two')
  })

  it('is never a failure: the next one asks', async () => {
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
  ])('is fresh for a time that differs by chance: at %f some %f ms', async (random, freshMs) => {
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

describe('a store that replicas share', () => {
  async function readBy(options: Options): Promise<Fixture> {
    const fixture = new Fixture(options)
    await fixture.get()
    await settle()
    return fixture
  }

  it('answers the second replica from what the first has read, decoded like any other body', async () => {
    const store = new Keyv<string>()
    await readBy({ store })

    const second = await readBy({ store })

    expect([second.calls, second.decoded]).toEqual([0, 1])
    expect(await second.get()).toEqual({ value: { text: 'one' }, asOf: new Date(START).toISOString(), stale: false })
  })

  it('lets the second replica stand in for an outage with what the first has read', async () => {
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
  ])('gives nothing to %s', async (_who, options) => {
    const store = new Keyv<string>()
    await readBy({ store })

    expect((await readBy({ store, ...options })).calls).toBe(1)
  })

  const [OWNER, KEY] = ['threescale https://acme', '/api/invoices.xml?page=1']
  it.each([
    ['of another owner', ['threescale https://other', KEY, String(START), 'forged']],
    ['of another question', [OWNER, '/api/invoices.xml?page=2', String(START), 'forged']],
    ['without a time', [OWNER, KEY, 'yesterday', 'forged']],
    ['that cannot be decoded', [OWNER, KEY, String(START), 'broken']],
    ['of no lines', []],
  ])('is not believed when it holds a value %s', async (_what, lines) => {
    const store = new Keyv<string>()
    await store.set(createStoreKeys('secret')('threescale-invoices', `${OWNER}\n${KEY}`), lines.join('\n'))

    const fixture = await readBy({ store })

    expect(fixture.calls).toBe(1)
    expect((await fixture.get()).value.text).toBe('one')
  })

  it('has no answer pass for younger than now, and none lives longer for having come from there', async () => {
    const store = new Keyv<string>()
    const tomorrow = START + 86_400_000
    await store.set(
      createStoreKeys('secret')('threescale-invoices', `${OWNER}\n${KEY}`),
      [OWNER, KEY, String(tomorrow), 'early'].join('\n'),
    )
    const fixture = await readBy({ store })
    expect((await fixture.get()).asOf).toBe(new Date(START).toISOString())
  })
})
