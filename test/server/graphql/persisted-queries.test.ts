import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PersistedQueryStore } from '../../../src/server/graphql/persisted-query-store.js'
import { startGateway, type TestGateway } from '../../gateway.js'

const QUERY = '{ sources { source } }'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } })

interface Received {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
}

async function post({ url }: TestGateway, body: object): Promise<[number, Received]> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
  return [response.status, (await response.json()) as Received]
}

describe('automatic persisted queries', () => {
  it('are answered by their hash once they are registered, by POST and by GET', async () => {
    await using gateway = await startGateway({ catalyst: null, threescale: null })
    const extensions = persisted(sha256(QUERY))
    const [status, unknown] = await post(gateway, { extensions })
    expect([status, unknown.errors?.[0]?.extensions.code]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND'])

    expect(await post(gateway, { query: QUERY, extensions })).toEqual([200, { data: { sources: [] } }])
    expect(await post(gateway, { extensions })).toEqual([200, { data: { sources: [] } }])

    const url = `${gateway.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`
    const forged = await fetch(url)
    expect([forged.status, await forged.json()]).toMatchObject([400, { errors: [{}] }])
    const preflighted = await fetch(url, { headers: { 'apollo-require-preflight': '1' } })
    expect([preflighted.status, await preflighted.json()]).toEqual([200, { data: { sources: [] } }])
  })

  it.each([
    ['a hash of something else', persisted(sha256('{ __typename }'))],
    ['no hash', persisted(undefined)],
    ['a hash in capitals', persisted(sha256(QUERY).toUpperCase())],
    ['a hash that is an object', persisted({})],
    ['another version', persisted(sha256(QUERY), 2)],
    ['a number', { persistedQuery: 7 }],
  ])('are refused with %s, and not stored', async (_what, extensions) => {
    await using gateway = await startGateway({ catalyst: null, threescale: null })
    const [status, { errors }] = await post(gateway, { query: QUERY, extensions })
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST'])
    expect(gateway.log.filter(line => line.includes('unexpected error'))).toEqual([])
    const [, later] = await post(gateway, { extensions: persisted(sha256(QUERY)) })
    expect(later.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('are not stored when the document is invalid', async () => {
    await using gateway = await startGateway({ catalyst: null, threescale: null })
    const extensions = persisted(sha256('{ nothing }'))
    expect((await post(gateway, { query: '{ nothing }', extensions }))[0]).toBe(400)
    const [, later] = await post(gateway, { extensions })
    expect(later.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('stay within their bounds while a caller registers many, and are still answered', async () => {
    const persistedQueryStore = new PersistedQueryStore({ maxEntries: 50, maxBytes: 20_000, maxDocumentBytes: 600 })
    await using gateway = await startGateway({ catalyst: null, threescale: null }, false, { persistedQueryStore })
    let [entries, bytes] = [0, 0]
    for (let i = 0; i < 300; i++) {
      const query = `query Attack${i} { __typename ${' '.repeat(i % 100)}}`
      const [, received] = await post(gateway, { query, extensions: persisted(sha256(query)) })
      expect(received).toEqual({ data: { __typename: 'Query' } })
      entries = Math.max(entries, persistedQueryStore.entries)
      bytes = Math.max(bytes, persistedQueryStore.bytes)
    }
    expect(entries).toBe(50)
    expect(bytes).toBeLessThanOrEqual(20_000)
  })

  it('are answered but not stored when they are too long', async () => {
    const persistedQueryStore = new PersistedQueryStore()
    await using gateway = await startGateway({ catalyst: null, threescale: null }, false, { persistedQueryStore })
    const query = `{ sources { source } ${' '.repeat(65_536)}}`
    const extensions = persisted(sha256(query))
    expect(await post(gateway, { query, extensions })).toEqual([200, { data: { sources: [] } }])
    expect([persistedQueryStore.entries, persistedQueryStore.bytes]).toEqual([0, 0])
    const [, later] = await post(gateway, { extensions })
    expect(later.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('are refused with a code of their own when they are off', async () => {
    await using gateway = await startGateway({ catalyst: null, threescale: null }, false, {
      hasPersistedQueries: false,
    })
    const [, { errors }] = await post(gateway, { query: QUERY, extensions: persisted(sha256(QUERY)) })
    expect(errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED')
  })
})

describe('PersistedQueryStore', () => {
  const document = (i: number, length = 0): string => `query Attack${i} { __typename ${' '.repeat(length)}}`

  it('stays within its bounds under 50,000 documents of all lengths, and keeps the newest', async () => {
    const bounds = { maxEntries: 2_000, maxBytes: 8_388_608, maxDocumentBytes: 65_536 }
    const store = new PersistedQueryStore()
    for (let i = 0; i < 50_000; i++) {
      const text = document(i, (i * 37) % 9_000)
      await store.set(`apq:${sha256(text)}`, text)
      if (store.entries > bounds.maxEntries || store.bytes > bounds.maxBytes) expect.unreachable(`after ${i} documents`)
    }
    expect(store.bytes).toBeGreaterThan(bounds.maxBytes / 2)
    const newest = document(49_999, (49_999 * 37) % 9_000)
    expect(await store.get(`apq:${sha256(newest)}`)).toBe(newest)
    expect(await store.get(`apq:${sha256(document(0))}`)).toBeUndefined()
  })

  it('has no more than the maximum of entries, however short they are', async () => {
    const store = new PersistedQueryStore({ maxEntries: 3, maxBytes: 10_000, maxDocumentBytes: 1_000 })
    for (let i = 0; i < 50; i++) await store.set(`${i}`, '{a}')
    expect([store.entries, store.bytes]).toEqual([3, 3 * 2 * 5])
  })

  it('does not store a document that is too long, nor evict others for it', async () => {
    const store = new PersistedQueryStore({ maxEntries: 10, maxBytes: 10_000, maxDocumentBytes: 100 })
    await store.set('short', 'x'.repeat(45))
    await store.set('long', 'x'.repeat(47))
    expect([await store.get('short'), await store.get('long')]).toEqual(['x'.repeat(45), undefined])
    expect(await store.delete('short')).toBe(true)
    expect([store.entries, store.bytes]).toEqual([0, 0])
  })
})
