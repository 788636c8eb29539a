import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { Principal } from '../../../src/access/principal.js'
import { ONE_TIME_FIELDS } from '../../../src/graph/schema/one-time-fields.js'
import { createSchema } from '../../../src/graph/schema/schema.js'
import type { Authenticate } from '../../../src/server/authentication/authenticator.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { startTestSetup, type TestSetup, TODAY } from '../../gateway.js'

const CACHE = { ttls: DEFAULT_TTLS, url: null }
const INVOICES =
  '{ invoices(first: 3, filter: { source: THREESCALE }) { totalCount nodes { id asOf buyer { name } } } }'

/** A response as a client receives it. */
interface Received {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

let now = TODAY
let rights: Principal['grants'] = FULL_ACCESS.grants
const authenticate: Authenticate = async headers => ({
  ...FULL_ACCESS,
  id: headers['x-api-key']?.[0] ?? 'anonymous',
  grants: rights,
})

async function post(
  { gateway }: TestSetup,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Received> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** The sources of the responses, in the order of the log. */
function sources({ gateway }: TestSetup): readonly (string | undefined)[] {
  const lines = gateway.log.map(line => JSON.parse(line) as { msg: string; cache?: string })
  return lines.filter(({ msg }) => msg === 'answered').map(({ cache }) => cache)
}

function advance(ms: number): void {
  now = new Date(now.getTime() + ms)
}

beforeEach(() => {
  now = TODAY
  rights = FULL_ACCESS.grants
})

describe('a repeated operation', () => {
  let setup: TestSetup
  beforeEach(async () => {
    setup = await startTestSetup({ cache: CACHE, clock: () => now, server: { authenticate } })
  })
  afterEach(() => setup[Symbol.asyncDispose]())

  it('is recognised by its bytes, per caller, and by its meaning when other bytes say the same', async () => {
    const first = await post(setup, { query: INVOICES }, { 'x-api-key': 'a' })
    const same = await post(setup, { query: INVOICES }, { 'x-api-key': 'a' })
    const response = await fetch(`${setup.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'a' },
      body: JSON.stringify({ query: INVOICES }, null, 2),
    })
    expect([same.text, await response.text()]).toEqual([first.text, first.text])
    await post(setup, { query: INVOICES }, { 'x-api-key': 'b' })
    rights = { ...FULL_ACCESS.grants, projects: new Set() }
    await post(setup, { query: INVOICES }, { 'x-api-key': 'a' })
    expect(sources(setup)).toEqual(['miss', 'hit', 'hit', 'miss', 'miss'])
  })

  it('is refused when its body is not JSON, although another body was recognised', async () => {
    await post(setup, { query: INVOICES })
    await post(setup, { query: INVOICES })
    const response = await fetch(`${setup.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `${JSON.stringify({ query: INVOICES })}}`,
    })
    expect(response.status).toBe(400)
  })

  it('is answered with the same bytes while all its data is fresh, and then runs again', async () => {
    const { freshMs } = DEFAULT_TTLS['threescale-invoices']
    const first = await post(setup, { query: INVOICES })
    const second = await post(setup, { query: INVOICES })
    expect(second.text).toBe(first.text)
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
    // TTLs vary at random by a tenth.
    advance(freshMs * 0.8)
    await post(setup, { query: INVOICES })
    advance(freshMs * 0.4)
    await post(setup, { query: INVOICES })
    expect(sources(setup)).toEqual(['miss', 'hit', 'hit', 'miss'])
  })

  it('runs again after a minute, however long its data is fresh', async () => {
    const query = '{ customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount } } } }'
    await post(setup, { query })
    // Other parts are fresh for a minute after they are read; the month is fresh for hours.
    advance(2 * 60_000)
    await post(setup, { query })
    advance(59_999)
    await post(setup, { query })
    advance(1)
    await post(setup, { query })
    expect(sources(setup)).toEqual(['miss', 'miss', 'hit', 'miss'])
  })

  it('runs for another caller, for the same caller with other rights, and for other variables', async () => {
    const query = 'query Invoices($first: Int) { invoices(first: $first) { totalCount } }'
    const count = async (headers: Readonly<Record<string, string>>, first = 1): Promise<unknown> => {
      const { text } = await post(setup, { query, variables: { first } }, headers)
      return (JSON.parse(text) as { data: { invoices: { totalCount: number } } }).data.invoices.totalCount
    }
    const all = await count({ 'x-api-key': 'a' })
    expect(await count({ 'x-api-key': 'b' })).toBe(all)
    await count({ 'x-api-key': 'a' }, 2)
    rights = { projects: new Set(), prefixes: new Set(), buyers: new Set() }
    expect(await count({ 'x-api-key': 'a' })).toBe(0)
    rights = FULL_ACCESS.grants
    expect(await count({ 'x-api-key': 'a' })).toBe(all)
    expect(sources(setup)).toEqual(['miss', 'miss', 'miss', 'miss', 'hit'])
  })

  it('is sent to browsers with the rest of its max-age', async () => {
    const query = '{ provider(id: "threescale:provider:4") { id } }'
    const { freshMs } = DEFAULT_TTLS['threescale-catalog']
    const lifetime = async (): Promise<string | null> => (await post(setup, { query })).headers.get('cache-control')
    const first = Number(/^private, max-age=(\d+)$/.exec((await lifetime()) ?? '')?.[1])
    expect(first).toBeGreaterThan(0)
    advance(Math.min(2_000, freshMs / 4))
    const left = (await post(setup, { query })).headers
    expect(left.get('cache-control')).toBe(`private, max-age=${first - Math.min(2_000, freshMs / 4) / 1000}`)
    expect(left.get('vary')).toContain('authorization')
    expect(sources(setup)).toEqual(['miss', 'hit'])
  })

  it.each([
    ['the status of upstreams', '{ sources { source } }'],
    ['the status of upstreams beside invoices', `{ a: sources { source } ${INVOICES.slice(1)}`],
    ['the rate limit', `{ rateLimit { remaining } ${INVOICES.slice(1)}`],
    ['an error', `{ bad: invoice(id: "threescale:invoice:x") { id } ${INVOICES.slice(1)}`],
    [
      'an object that does not exist',
      `{ missing: invoice(id: "threescale:invoice:999999") { id } ${INVOICES.slice(1)}`,
    ],
    ['an invalid document', '{ nothing }'],
    ['a missing variable', 'query A($first: Int!) { invoices(first: $first) { totalCount } }'],
    ['no upstream data', '{ __typename }'],
  ])('runs again when the response has %s', async (_what, query) => {
    for (let count = 0; count < 2; count++) await post(setup, { query })
    expect(sources(setup)).toEqual(['miss', 'miss'])
  })

  it('is refused each time for an unknown media type', async () => {
    const query = '{ provider(id: "threescale:provider:4") { id } }'
    for (let count = 0; count < 2; count++) {
      const { status, headers } = await post(setup, { query }, { accept: 'text/csv' })
      expect([status, headers.get('cache-control')]).toEqual([406, 'no-store'])
    }
    expect(sources(setup)).toEqual(['miss', 'miss'])
  })

  it('runs again when a part of the response failed or is stale', async () => {
    await post(setup, { query: INVOICES })
    await setup.threescale.close()
    advance(DEFAULT_TTLS['threescale-invoices'].staleWhileRevalidateMs)
    for (let count = 0; count < 2; count++) await post(setup, { query: INVOICES })
    advance(DEFAULT_TTLS['threescale-invoices'].staleIfErrorMs)
    for (let count = 0; count < 2; count++) {
      expect((await post(setup, { query: INVOICES })).text).toContain('UPSTREAM_UNAVAILABLE')
    }
    expect(sources(setup)).toEqual(['miss', 'miss', 'miss', 'miss', 'miss'])
  })

  it('is found by the hash of a registered document', async () => {
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(INVOICES).digest('hex') },
    }
    for (const body of [{ extensions }, { query: INVOICES, extensions }, { query: INVOICES, extensions }])
      await post(setup, body)
    const responses = [await post(setup, { extensions }), await post(setup, { extensions })]
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1)
    expect(sources(setup)).toEqual(['miss', 'miss', 'miss', 'miss', 'hit'])
  })

  it('is cached by GET too', async () => {
    const ask = () =>
      fetch(`${setup.gateway.url}/graphql?query=${encodeURIComponent(INVOICES)}`, {
        headers: { 'apollo-require-preflight': '1' },
      })
    const texts = [await (await ask()).text(), await (await ask()).text()]
    expect(new Set(texts).size).toBe(1)
    // Without that header a page of any origin could have sent it.
    const simple = await fetch(`${setup.gateway.url}/graphql?query=${encodeURIComponent(INVOICES)}`)
    expect(simple.status).toBe(400)
    expect(sources(setup)).toEqual(['miss', 'hit', 'miss'])
  })
})

it('every field of Query is either listed as one-time or depends on upstream data', async () => {
  const fields = Object.keys((await createSchema()).getQueryType()?.getFields() ?? {})
  const read = [
    ...[
      '_entities',
      '_service',
      'buyer',
      'buyers',
      'costAllocation',
      'costOverTime',
      'credits',
      'customer',
      'customerCost',
    ],
    ...['customers', 'invoice', 'invoices', 'measurements', 'node', 'nodes', 'products', 'provider', 'quotation'],
    'reconciliation',
  ]
  expect(fields.filter(name => !ONE_TIME_FIELDS.has(name)).toSorted()).toEqual(read)
})
