import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiKey, makeApiKey } from '../../../src/access/api-key.js'
import type { KeyHolder } from '../../../src/access/key-file.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { PersistedQueryStore } from '../../../src/server/graphql/persisted-query-store.js'
import { TODAY } from '../../gateway.js'
import { type Guarded, NO_WAY, startGuarded } from './authenticated-gateway.js'

const holder = (name: string, key: ApiKey, rights: Partial<KeyHolder>): KeyHolder => ({
  ...{ name, scopes: [], projects: [], prefixes: [], buyers: [] },
  ...{ keys: [{ id: key.id, sha256: hashOf(key), createdAt: TODAY.toISOString(), validUntil: null }] },
  ...rights,
})

const [all, none] = [makeApiKey(), makeApiKey()]
const holders = [
  holder('all', all, { scopes: ['billing:read', 'costs:read'], projects: '*', prefixes: '*', buyers: '*' }),
  holder('none', none, { scopes: ['billing:read', 'costs:read'] }),
]
const SETTINGS = { ...NO_WAY, keys: { version: 1 as const, holders } }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } })

const BILLS = '{ invoices(first: 1, filter: { source: THREESCALE }) { totalCount } }'
const PRICES = '{ products { name } }'
const OURS = 'https://bills.example.com'

async function post({ gateway }: Guarded, body: object, key: ApiKey | null, headers: Record<string, string> = {}) {
  const json = { 'content-type': 'application/json', ...headers, ...(key && { 'x-api-key': key.text }) }
  const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${gateway.url}/graphql`, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('trusted documents behind AUTH', () => {
  let guarded: Guarded
  beforeAll(async () => {
    const documents = new Map([[sha256(BILLS), BILLS]])
    guarded = await startGuarded(SETTINGS, { trustedDocuments: { mode: 'enforce', documents } })
  })
  afterAll(() => guarded[Symbol.asyncDispose]())

  it.each<[string, object]>([
    ['a trusted document', { documentId: sha256(BILLS) }],
    ['another document', { query: PRICES }],
    ['an unknown id', { documentId: sha256(PRICES) }],
  ])('tell nobody who is not known whether there is %s, and ask nothing', async (_what, body) => {
    const [calls, lines] = [guarded.upstreamCalls(), guarded.gateway.log.length]
    const { status, text, headers } = await post(guarded, body, null)
    expect([status, JSON.parse(text)]).toMatchObject([401, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(guarded.gateway.log.slice(lines).join('')).not.toContain('trusted')
    expect(guarded.upstreamCalls()).toBe(calls)
  })

  it('are answered to each caller by his own rights', async () => {
    const countOf = async (key: ApiKey) => {
      const { status, text } = await post(guarded, { documentId: sha256(BILLS) }, key)
      expect(status).toBe(200)
      return (JSON.parse(text) as { data: { invoices: { totalCount: number } } }).data.invoices.totalCount
    }
    expect(await countOf(all)).toBeGreaterThan(0)
    expect(await countOf(none)).toBe(0)
  })

  it('refuse any other from whoever may see everything, and ask nothing', async () => {
    const calls = guarded.upstreamCalls()
    const { status, text } = await post(guarded, { query: PRICES, extensions: persisted(PRICES) }, all)
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] },
    ])
    expect(guarded.upstreamCalls()).toBe(calls)
  })
})

describe('automatic persisted queries behind AUTH', () => {
  it('are left by nobody who is not known, and answered to each caller by his own rights', async () => {
    const persistedQueryStore = new PersistedQueryStore()
    await using guarded = await startGuarded(SETTINGS, { persistedQueryStore })
    const whole = { query: BILLS, extensions: persisted(BILLS) }
    expect((await post(guarded, whole, null)).status).toBe(401)
    expect(persistedQueryStore.entries).toBe(0)

    expect((await post(guarded, whole, all)).text).toMatch(/"totalCount":[1-9]/)
    expect(persistedQueryStore.entries).toBe(1)
    expect((await post(guarded, { extensions: whole.extensions }, none)).text).toBe(
      '{"data":{"invoices":{"totalCount":0}}}\n',
    )
  })

  it('keep GET to callers who cannot be forged, whatever credential comes along', async () => {
    await using guarded = await startGuarded(SETTINGS)
    await post(guarded, { query: BILLS, extensions: persisted(BILLS) }, all)
    const url = `${guarded.gateway.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(persisted(BILLS)))}`
    const calls = guarded.upstreamCalls()
    expect((await fetch(url, { headers: { 'x-api-key': all.text } })).status).toBe(400)
    expect(guarded.upstreamCalls()).toBe(calls)
    const answer = await fetch(url, { headers: { 'x-api-key': all.text, 'apollo-require-preflight': '1' } })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })
})

describe('answers behind AUTH', () => {
  let guarded: Guarded
  beforeAll(async () => {
    guarded = await startGuarded(SETTINGS, { cors: { origins: [OURS], hasCredentials: false } })
  })
  afterAll(() => guarded[Symbol.asyncDispose]())

  it('are kept by the caller alone, and by nobody for another credential', async () => {
    const { headers, text } = await post(guarded, { query: PRICES }, all)
    expect(text).toContain('"products":[{')
    expect(headers.get('cache-control')).toBe('private, max-age=300')
    const vary = headers.get('vary')?.toLowerCase().split(', ')
    expect(vary).toEqual(expect.arrayContaining(['authorization', 'x-api-key', 'x-auth-token', 'cookie', 'origin']))
    expect((await post(guarded, { query: BILLS }, all)).headers.get('cache-control')).toBe('no-store')
  })

  it('let a browser ask beforehand without a credential, and read why it is refused', async () => {
    const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' }
    const url = `${guarded.gateway.url}/graphql`
    const before = await fetch(url, { method: 'OPTIONS', headers: { origin: OURS, ...asks } })
    expect([before.status, before.headers.get('access-control-allow-origin')]).toEqual([204, OURS])
    const refused = await post(guarded, { query: BILLS }, null, { origin: OURS })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, OURS])
  })
})
