import { Keyv } from 'keyv'
import { describe, expect, it, vi } from 'vitest'
import { createStoreKeys, SharedStore } from '../../../src/upstream/cache/shared-store.js'

const OWNER = 'catalyst abc'
const CREDENTIAL = 'canary-kea-4711'
const KIND = 'catalyst-products'
const BODY = Buffer.from('{"rate": 0.0620,\n"name": "Waikirikiri Wh\u0101nui"}')
const TTL_MS = 60_000

const keyOf = createStoreKeys(CREDENTIAL)

function open(keyv: Keyv<string>, owner = OWNER, warn: (message: string) => void = () => {}): SharedStore {
  return new SharedStore({ keyv, owner, credential: CREDENTIAL, warn })
}

/** A store that is down. */
class FailingStore extends Map<string, unknown> {
  override get(): never {
    throw new Error('down')
  }

  override set(): never {
    throw new Error('down')
  }
}

describe('SharedStore', () => {
  it('has nothing at first', async () => {
    expect(await open(new Keyv()).read(KIND, 'a')).toBeUndefined()
  })

  it('reads what another replica wrote, byte for byte, with its time', async () => {
    const keyv = new Keyv<string>()
    await open(keyv).write(KIND, 'a', { body: BODY, at: 1_764_000_000_000 }, TTL_MS)

    expect(await open(keyv).read(KIND, 'a')).toEqual({ body: BODY, at: 1_764_000_000_000 })
  })

  it('keeps kinds and owners apart', async () => {
    const keyv = new Keyv<string>()
    await open(keyv).write(KIND, 'a', { body: BODY, at: 1 }, TTL_MS)

    expect(await open(keyv).read('catalyst-bills', 'a')).toBeUndefined()
    expect(await open(keyv, 'catalyst other').read(KIND, 'a')).toBeUndefined()
  })

  it('refuses an entry that names another key, another owner, or none', async () => {
    const keyv = new Keyv<string>()
    await open(keyv).write(KIND, 'a', { body: BODY, at: 1 }, TTL_MS)
    const written = (await keyv.get(keyOf(KIND, `${OWNER}\na`))) ?? ''
    await keyv.set(keyOf(KIND, `${OWNER}\nb`), written)
    await keyv.set(keyOf(KIND, `${OWNER}\nc`), written.replace(OWNER, 'catalyst other').replace('\na\n', '\nc\n'))
    await keyv.set(keyOf(KIND, `${OWNER}\nd`), written.slice(written.indexOf('\n') + 1))

    for (const key of ['b', 'c', 'd']) expect(await open(keyv).read(KIND, key)).toBeUndefined()
    expect(await open(keyv).read(KIND, 'a')).toBeDefined()
  })

  it.each(['', 'nonsense', `${OWNER}\na`, `${OWNER}\na\nyesterday\n{}`, `${OWNER}\na\n-1\n{}`])(
    'treats an entry that it did not write as a miss: %j',
    async text => {
      const keyv = new Keyv<string>()
      await keyv.set(keyOf(KIND, `${OWNER}\na`), text)

      expect(await open(keyv).read(KIND, 'a')).toBeUndefined()
    },
  )

  it('misses an entry whose time, body or signature was changed, and warns once', async () => {
    const keyv = new Keyv<string>()
    await open(keyv).write(KIND, 'a', { body: BODY, at: 1_764_000_000_000 }, TTL_MS)
    const written = (await keyv.get(keyOf(KIND, `${OWNER}\na`))) ?? ''
    const warn = vi.fn()
    const store = open(keyv, OWNER, warn)

    expect(await store.read(KIND, 'a')).toBeDefined()
    expect(warn).not.toHaveBeenCalled()
    const changes = [
      written.replace('0.0620', '0.0520'),
      written.replace('1764000000000', '1764999999999'),
      `${written.startsWith('A') ? 'B' : 'A'}${written.slice(1)}`,
      `${written} `,
      written.slice(written.indexOf('\n') + 1),
    ]
    for (const changed of changes) {
      expect(changed).not.toBe(written)
      await keyv.set(keyOf(KIND, `${OWNER}\na`), changed)
      expect(await store.read(KIND, 'a')).toBeUndefined()
    }
    expect(warn.mock.calls).toEqual([[expect.stringContaining(`an entry of ${OWNER} was changed`)]])
    expect(warn.mock.calls.join()).not.toContain(CREDENTIAL)
  })

  it('treats an entry that is not text as a miss', async () => {
    const keyv = new Keyv<unknown>()
    await keyv.set(keyOf(KIND, `${OWNER}\na`), { owner: OWNER })

    expect(await open(keyv as Keyv<string>).read(KIND, 'a')).toBeUndefined()
  })

  it.each([0, -1])('writes nothing for a TTL of %i ms, which the store would read as for ever', async ttlMs => {
    const keyv = new Keyv<string>()
    await open(keyv).write(KIND, 'a', { body: BODY, at: 1 }, ttlMs)

    expect(await open(keyv).read(KIND, 'a')).toBeUndefined()
  })

  it('writes no body over 4 MiB', async () => {
    const keyv = new Keyv<string>()
    const body = Buffer.alloc(4 * 1024 * 1024, ' ')
    await open(keyv).write(KIND, 'a', { body, at: 1 }, TTL_MS)
    await open(keyv).write(KIND, 'b', { body: Buffer.concat([body, BODY]), at: 1 }, TTL_MS)

    expect((await open(keyv).read(KIND, 'a'))?.body.byteLength).toBe(body.byteLength)
    expect(await open(keyv).read(KIND, 'b')).toBeUndefined()
  })

  it.each([true, false])('fails open when the store fails (throwing errors: %s)', async throwOnErrors => {
    const keyv = new Keyv<string>({ store: new FailingStore(), throwOnErrors })
    const reported = vi.fn()
    keyv.on('error', reported)

    await expect(open(keyv).write(KIND, 'a', { body: BODY, at: 1 }, TTL_MS)).resolves.toBeUndefined()
    expect(await open(keyv).read(KIND, 'a')).toBeUndefined()
    expect(reported).toHaveBeenCalled()
  })

  it('has keys that reveal nothing, and are the same with the same credential only', () => {
    const key = keyOf('bills', 'wcc.example.nz|2017-07')

    expect(key).toMatch(/^billgraph:bills:[\w-]{43}$/)
    expect(createStoreKeys(CREDENTIAL)('bills', 'wcc.example.nz|2017-07')).toBe(key)
    expect(createStoreKeys('another')('bills', 'wcc.example.nz|2017-07')).not.toBe(key)
  })
})
