import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiKey, makeApiKey } from '../../../src/access/api-key.js'
import type { KeyHolder } from '../../../src/access/key-file.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { PersistedQueryStore } from '../../../src/server/graphql/persisted-query-store.js'
import { TODAY } from '../../gateway.js'
import { type AuthenticatedGateway, NO_METHODS, startAuthenticatedGateway } from './authenticated-gateway.js'

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
const SETTINGS = { ...NO_METHODS, keys: { version: 1 as const, holders } }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } })

const INVOICES = '{ invoices(first: 1, filter: { source: THREESCALE }) { totalCount } }'
const PRODUCTS = '{ products { name } }'
const ALLOWED_ORIGIN = 'https://bills.example.com'

async function post(
  { gateway }: AuthenticatedGateway,
  body: object,
  key: ApiKey | null,
  headers: Record<string, string> = {},
) {
  const json = { 'content-type': 'application/json', ...headers, ...(key && { 'x-api-key': key.text }) }
  const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${gateway.url}/graphql`, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('trusted documents with authentication', () => {
  let server: AuthenticatedGateway
  beforeAll(async () => {
    const documents = new Map([[sha256(INVOICES), INVOICES]])
    server = await startAuthenticatedGateway(SETTINGS, { trustedDocuments: { mode: 'enforce', documents } })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each<[string, object]>([
    ['a trusted document', { documentId: sha256(INVOICES) }],
    ['another document', { query: PRODUCTS }],
    ['an unknown id', { documentId: sha256(PRODUCTS) }],
  ])('are not revealed without a credential: %s, and no upstream is called', async (_what, body) => {
    const [calls, lines] = [server.upstreamCalls(), server.gateway.log.length]
    const { status, text, headers } = await post(server, body, null)
    expect([status, JSON.parse(text)]).toMatchObject([401, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(server.gateway.log.slice(lines).join('')).not.toContain('trusted')
    expect(server.upstreamCalls()).toBe(calls)
  })

  it('are answered to each caller by its own rights', async () => {
    const countOf = async (key: ApiKey) => {
      const { status, text } = await post(server, { documentId: sha256(INVOICES) }, key)
      expect(status).toBe(200)
      return (JSON.parse(text) as { data: { invoices: { totalCount: number } } }).data.invoices.totalCount
    }
    expect(await countOf(all)).toBeGreaterThan(0)
    expect(await countOf(none)).toBe(0)
  })

  it('exclude any other document, even with full access, and no upstream is called', async () => {
    const calls = server.upstreamCalls()
    const { status, text } = await post(server, { query: PRODUCTS, extensions: persisted(PRODUCTS) }, all)
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] },
    ])
    expect(server.upstreamCalls()).toBe(calls)
  })
})

describe('automatic persisted queries with authentication', () => {
  it('are not registered without a credential, and answered to each caller by its own rights', async () => {
    const persistedQueryStore = new PersistedQueryStore()
    await using server = await startAuthenticatedGateway(SETTINGS, { persistedQueryStore })
    const registration = { query: INVOICES, extensions: persisted(INVOICES) }
    expect((await post(server, registration, null)).status).toBe(401)
    expect(persistedQueryStore.entries).toBe(0)

    expect((await post(server, registration, all)).text).toMatch(/"totalCount":[1-9]/)
    expect(persistedQueryStore.entries).toBe(1)
    expect((await post(server, { extensions: registration.extensions }, none)).text).toBe(
      '{"data":{"invoices":{"totalCount":0}}}\n',
    )
  })

  it('need a CSRF prevention header by GET, whatever the credential', async () => {
    await using server = await startAuthenticatedGateway(SETTINGS)
    await post(server, { query: INVOICES, extensions: persisted(INVOICES) }, all)
    const url = `${server.gateway.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(persisted(INVOICES)))}`
    const calls = server.upstreamCalls()
    expect((await fetch(url, { headers: { 'x-api-key': all.text } })).status).toBe(400)
    expect(server.upstreamCalls()).toBe(calls)
    const response = await fetch(url, { headers: { 'x-api-key': all.text, 'apollo-require-preflight': '1' } })
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })
})

describe('responses with authentication', () => {
  let server: AuthenticatedGateway
  beforeAll(async () => {
    server = await startAuthenticatedGateway(SETTINGS, { cors: { origins: [ALLOWED_ORIGIN], hasCredentials: false } })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('may be cached by the client only, and not for another credential', async () => {
    const { headers, text } = await post(server, { query: PRODUCTS }, all)
    expect(text).toContain('"products":[{')
    expect(headers.get('cache-control')).toBe('private, max-age=300')
    const vary = headers.get('vary')?.toLowerCase().split(', ')
    expect(vary).toEqual(expect.arrayContaining(['authorization', 'x-api-key', 'x-auth-token', 'cookie', 'origin']))
    expect((await post(server, { query: INVOICES }, all)).headers.get('cache-control')).toBe('no-store')
  })

  it('allow preflights without a credential, and let a page read why it is refused', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' }
    const url = `${server.gateway.url}/graphql`
    const allowed = await fetch(url, { method: 'OPTIONS', headers: { origin: ALLOWED_ORIGIN, ...preflight } })
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, ALLOWED_ORIGIN])
    const refused = await post(server, { query: INVOICES }, null, { origin: ALLOWED_ORIGIN })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, ALLOWED_ORIGIN])
  })
})
