import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { type CacheableRequest, ResponseCache } from '../../../src/upstream/cache/response-cache.js'
import { createStoreKeys } from '../../../src/upstream/cache/shared-store.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import {
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'

const ASKED = { upstream: 'threescale', operation: 'GET /api/invoices.xml' } as const
const LIFE = DEFAULT_TTLS['threescale-invoices']
const START = Date.parse('2026-11-22T02:00:00Z')

/** An upstream whose answer is the text that it is given, with a clock of its own. */
class House {
  now = START
  text = 'one'
  failure: Error | null = null
  asked = 0
  decoded = 0
  readonly kept: ResponseCache

  constructor({ store = null, owner = 'threescale https://acme', random = 0.5, credential = 'secret' }: Options = {}) {
    this.kept = new ResponseCache({
      owner,
      storeKey: createStoreKeys(credential),
      lives: DEFAULT_TTLS,
      store,
      clock: () => new Date(this.now),
      random: () => random,
    })
  }

  question(key = '/api/invoices.xml?page=1'): CacheableRequest<{ readonly text: string }> {
    return {
      kind: 'threescale-invoices',
      key,
      fetch: async () => {
        this.asked++
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
    return this.kept.get(this.question(key))
  }
}

interface Options {
  readonly store?: Keyv<string> | null
  readonly owner?: string
  readonly random?: number
  readonly credential?: string
}

/** Lets whatever was begun behind the caller's back come to its end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
}

const UNREACHABLE = new UpstreamUnreachableError(ASKED)

describe('an answer', () => {
  it('serves without asking while it is fresh, frozen to the last member', async () => {
    const house = new House()
    const first = await house.get()
    house.now += LIFE.freshMs - 1
    const second = await house.get()

    expect(house.asked).toBe(1)
    expect(second).toEqual({ answer: { text: 'one' }, asOf: new Date(START).toISOString(), stale: false })
    expect(second.answer).toBe(first.answer)
    expect(Object.isFrozen(second.answer)).toBe(true)
  })

  it('serves at once and is asked again behind the back, once, when it is no longer fresh', async () => {
    const house = new House()
    await house.get()
    house.now += LIFE.freshMs
    house.text = 'two'

    const served = await Promise.all([house.get(), house.get(), house.get()])
    expect(served.map(({ answer, stale }) => [answer.text, stale])).toEqual(Array(3).fill(['one', false]))
    await settle()

    expect(house.asked).toBe(2)
    expect((await house.get()).answer.text).toBe('two')
    expect(house.asked).toBe(2)
  })

  it('is waited for when it is older than that', async () => {
    const house = new House()
    await house.get()
    house.now += LIFE.whileAskingMs
    house.text = 'two'

    expect(await house.get()).toMatchObject({ answer: { text: 'two' }, stale: false })
  })

  it('stands in for an upstream that is down, marked stale with its age, and no longer than it may', async () => {
    const house = new House()
    await house.get()
    house.failure = UNREACHABLE
    house.now += LIFE.onErrorMs - 1

    expect(await house.get()).toEqual({ answer: { text: 'one' }, asOf: new Date(START).toISOString(), stale: true })
    house.now += 1
    await expect(house.get()).rejects.toBe(UNREACHABLE)
  })

  it('stands in for a document that cannot be read, and not for a refusal', async () => {
    const house = new House()
    await house.get()
    house.now += LIFE.whileAskingMs
    house.text = 'broken'
    expect(await house.get()).toMatchObject({ stale: true })

    house.failure = new UpstreamDeniedError('refused', ASKED)
    await expect(house.get()).rejects.toBe(house.failure)
  })

  it('is not decoded again when the same bytes come again', async () => {
    const house = new House()
    const first = await house.get()
    house.now += LIFE.whileAskingMs

    const second = await house.get()

    expect([house.asked, house.decoded]).toEqual([2, 1])
    expect(second.answer).toBe(first.answer)
    expect(second.asOf).not.toBe(first.asOf)
  })

  it('keeps apart what was asked by another path', async () => {
    const house = new House()
    await house.get('/api/invoices.xml?page=1')
    house.text = 'two'

    expect((await house.get('/api/invoices.xml?page=2')).answer.text).toBe('two')
  })

  it('is never a failure: the next one asks', async () => {
    const house = new House()
    house.failure = UNREACHABLE
    await expect(house.get()).rejects.toBe(UNREACHABLE)
    house.failure = null

    expect((await house.get()).answer.text).toBe('one')
  })

  it('is forgotten with all others', async () => {
    const house = new House()
    await house.get()
    house.kept.clear()
    await house.get()

    expect(house.asked).toBe(2)
  })

  it.each([
    [0, LIFE.freshMs * 0.9],
    [0.5, LIFE.freshMs],
    [0.999_999, LIFE.freshMs * 1.1],
  ])('is fresh for a time that differs by chance: at %f some %f ms', async (random, freshMs) => {
    const house = new House({ random })
    await house.get()
    house.now = START + Math.floor(freshMs) - 2
    await house.get()
    await settle()
    expect(house.asked).toBe(1)

    house.now = START + Math.ceil(freshMs) + 2
    await house.get()
    await settle()
    expect(house.asked).toBe(2)
  })
})

describe('a store that replicas share', () => {
  async function readBy(options: Options): Promise<House> {
    const house = new House(options)
    await house.get()
    await settle()
    return house
  }

  it('answers the second replica from what the first has read, decoded like any other body', async () => {
    const store = new Keyv<string>()
    await readBy({ store })

    const second = await readBy({ store })

    expect([second.asked, second.decoded]).toEqual([0, 1])
    expect(await second.get()).toEqual({ answer: { text: 'one' }, asOf: new Date(START).toISOString(), stale: false })
  })

  it('lets the second replica stand in for an outage with what the first has read', async () => {
    const store = new Keyv<string>()
    await readBy({ store })
    const second = new House({ store })
    second.now += LIFE.whileAskingMs
    second.failure = UNREACHABLE

    expect(await second.get()).toMatchObject({ answer: { text: 'one' }, stale: true })
  })

  it.each<[string, Options]>([
    ['another credential', { credential: 'another' }],
    ['another tenant', { owner: 'threescale https://other' }],
  ])('gives nothing to %s', async (_who, options) => {
    const store = new Keyv<string>()
    await readBy({ store })

    expect((await readBy({ store, ...options })).asked).toBe(1)
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

    const house = await readBy({ store })

    expect(house.asked).toBe(1)
    expect((await house.get()).answer.text).toBe('one')
  })

  it('has no answer pass for younger than now, and none lives longer for having come from there', async () => {
    const store = new Keyv<string>()
    const tomorrow = START + 86_400_000
    await store.set(
      createStoreKeys('secret')('threescale-invoices', `${OWNER}\n${KEY}`),
      [OWNER, KEY, String(tomorrow), 'early'].join('\n'),
    )
    const house = await readBy({ store })
    expect((await house.get()).asOf).toBe(new Date(START).toISOString())
  })
})
