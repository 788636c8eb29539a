import { Keyv } from 'keyv'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Cache, type Codec } from '../../../src/upstream/cache/cache.js'
import { createStoreKeys } from '../../../src/upstream/cache/shared-store.js'

interface Bill {
  readonly total: string
  readonly lines: readonly { readonly name: string }[]
}

const BILL: Bill = { total: '12.50', lines: [{ name: 'web' }] }

const LIFE_MS = 60_000

const storeKey = createStoreKeys('canary-kea-4711')

/** Refuses what it has not written, as the codecs of the gateway do. */
const billCodec: Codec<Bill> = {
  encode: bill => `bill ${JSON.stringify(bill)}`,
  decode: text => {
    if (!text.startsWith('bill ')) throw new Error('not a bill')
    return JSON.parse(text.slice('bill '.length)) as Bill
  },
}

describe('Cache', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
    // The first level counts by it, and has taken hold of it before any test begins.
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
  })

  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('has nothing at first', async () => {
    expect(await createCache(new Keyv()).get('a')).toBeUndefined()
  })

  it('gives the very object back, frozen to the last member', async () => {
    const cache = createCache(new Keyv())
    const bill = structuredClone(BILL)

    await cache.set('a', bill, LIFE_MS)

    const [first, second] = [await cache.get('a'), await cache.get('a')]
    expect(first).toBe(bill)
    expect(second).toBe(bill)
    expect([bill, bill.lines, bill.lines[0]].every(Object.isFrozen)).toBe(true)
  })

  it('reads what another replica has stored, decodes it once and freezes it', async () => {
    const store = new Keyv<string>()
    await createCache(store).set('a', structuredClone(BILL), LIFE_MS)
    const decode = vi.fn(billCodec.decode)
    const cache = new Cache({ name: 'bills', codec: { ...billCodec, decode }, store, storeKey, maxEntries: 10 })

    const first = await cache.get('a')

    expect(first).toEqual(BILL)
    expect(first && Object.isFrozen(first.lines[0])).toBe(true)
    expect(await cache.get('a')).toBe(first)
    expect(decode).toHaveBeenCalledTimes(1)
  })

  it('keeps its keys apart from those of other caches in the same store', async () => {
    const store = new Keyv<string>()
    await createCache(store, { name: 'bills' }).set('a', BILL, LIFE_MS)

    expect(await createCache(store, { name: 'quotations' }).get('a')).toBeUndefined()
    expect(await store.has(storeKey('bills', 'a'))).toBe(true)
  })

  it('takes nothing for its own that names another key, or none', async () => {
    const store = new Keyv<string>()
    await createCache(store).set('a', BILL, LIFE_MS)
    const written = (await store.get(storeKey('bills', 'a'))) ?? ''
    await store.set(storeKey('bills', 'b'), written)
    await store.set(storeKey('bills', 'c'), written.slice(written.indexOf('\n') + 1))

    expect(await createCache(store).get('b')).toBeUndefined()
    expect(await createCache(store).get('c')).toBeUndefined()
  })

  it('has keys that tell nothing, and are the same for whoever has the same credential only', () => {
    const key = storeKey('bills', 'wcc.example.nz|2017-07')

    expect(key).toMatch(/^billgraph:bills:[\w-]{43}$/)
    expect(createStoreKeys('canary-kea-4711')('bills', 'wcc.example.nz|2017-07')).toBe(key)
    expect(createStoreKeys('another')('bills', 'wcc.example.nz|2017-07')).not.toBe(key)
  })

  it('reads the store again for what no longer has a place in memory', async () => {
    const cache = createCache(new Keyv(), { maxEntries: 1 })
    const bill = structuredClone(BILL)
    await cache.set('a', bill, LIFE_MS)
    await cache.set('b', structuredClone(BILL), LIFE_MS)

    const again = await cache.get('a')

    expect(again).toEqual(bill)
    expect(again).not.toBe(bill)
  })

  it('forgets in both levels when the time has passed', async () => {
    const cache = createCache(new Keyv())
    await cache.set('a', BILL, LIFE_MS)

    vi.advanceTimersByTime(LIFE_MS - 10)
    expect(await cache.get('a')).toBe(BILL)
    vi.advanceTimersByTime(20)
    expect(await cache.get('a')).toBeUndefined()
  })

  it('keeps a copy no longer than the store keeps the original', async () => {
    const store = new Keyv<string>()
    await createCache(store).set('a', BILL, LIFE_MS)
    const cache = createCache(store)
    vi.advanceTimersByTime(LIFE_MS - 10)
    expect(await cache.get('a')).toEqual(BILL)

    vi.advanceTimersByTime(20)

    expect(await cache.get('a')).toBeUndefined()
  })

  it.each([0, -1])('keeps nothing for %i ms', async lifeMs => {
    const cache = createCache(new Keyv())

    await cache.set('a', structuredClone(BILL), lifeMs)

    expect(await cache.get('a')).toBeUndefined()
  })

  it.each(['', 'nonsense', '{"total":"12.50"}', 'bill {"total":'])(
    'counts an entry as absent that cannot be decoded: %j',
    async text => {
      const store = new Keyv<string>()
      await store.set(storeKey('bills', 'a'), `a\n${text}`)
      const cache = createCache(store)

      expect(await cache.get('a')).toBeUndefined()
      await cache.set('a', BILL, LIFE_MS)
      expect(await createCache(store).get('a')).toEqual(BILL)
    },
  )

  it('goes on with its own memory when the store fails', async () => {
    const cache = createCache(new Keyv({ store: new FailingStore(), throwOnErrors: true }))

    expect(await cache.get('a')).toBeUndefined()
    await cache.set('a', BILL, LIFE_MS)

    expect(await cache.get('a')).toBe(BILL)
  })

  it('goes on when the store swallows its own failures, which is how Keyv comes', async () => {
    const store = new Keyv<string>({ store: new FailingStore() })
    const reported = vi.fn()
    store.on('error', reported)
    const cache = createCache(store)

    expect(await cache.get('a')).toBeUndefined()
    await cache.set('a', BILL, LIFE_MS)

    expect(await cache.get('a')).toBe(BILL)
    expect(reported).toHaveBeenCalled()
  })

  it('keeps in memory what the codec cannot write', async () => {
    const encode = (): string => {
      throw new Error('cannot be written')
    }
    const store = new Keyv<string>()
    const cache = new Cache({ name: 'bills', codec: { ...billCodec, encode }, store, storeKey, maxEntries: 10 })

    await cache.set('a', BILL, LIFE_MS)

    expect(await cache.get('a')).toBe(BILL)
    expect(await store.has(storeKey('bills', 'a'))).toBe(false)
  })
})

/** A store that is down. */
class FailingStore extends Map<string, unknown> {
  override get(): never {
    throw new Error('down')
  }

  override set(): never {
    throw new Error('down')
  }
}

function createCache(store: Keyv<string>, { name = 'bills', maxEntries = 10 } = {}): Cache<Bill> {
  return new Cache({ name, codec: billCodec, store, storeKey, maxEntries })
}
