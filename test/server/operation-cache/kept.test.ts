import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { Principal } from '../../../src/access/principal.js'
import { ONE_TIME_FIELDS } from '../../../src/graph/schema/one-time-fields.js'
import { createSchema } from '../../../src/graph/schema/schema.js'
import type { Authenticate } from '../../../src/server/authentication/authenticator.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { startHouse, type TestHouse, TODAY } from '../../gateway.js'

const CACHE = { ttls: DEFAULT_TTLS, url: null }
const BILLS = '{ invoices(first: 3, filter: { source: THREESCALE }) { totalCount nodes { id asOf buyer { name } } } }'

/** What somebody got. */
interface Got {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

let now = TODAY
let rights: Principal['grants'] = FULL_ACCESS.grants
const authenticate: Authenticate = async headers => ({
  ...FULL_ACCESS,
  id: headers['x-api-key']?.[0] ?? 'somebody',
  grants: rights,
})

async function post(
  { gateway }: TestHouse,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Where the answers came from, in the order in which they were given. */
function sources({ gateway }: TestHouse): readonly (string | undefined)[] {
  const lines = gateway.log.map(line => JSON.parse(line) as { msg: string; from?: string })
  return lines.filter(({ msg }) => msg === 'answered').map(({ from }) => from)
}

function pass(ms: number): void {
  now = new Date(now.getTime() + ms)
}

beforeEach(() => {
  now = TODAY
  rights = FULL_ACCESS.grants
})

describe('an operation that comes again', () => {
  let house: TestHouse
  beforeEach(async () => {
    house = await startHouse({ cache: CACHE, clock: () => now, server: { authenticate } })
  })
  afterEach(() => house[Symbol.asyncDispose]())

  it('is answered by the same bytes while all that it was made of is fresh, and then anew', async () => {
    const { freshMs } = DEFAULT_TTLS['threescale-invoices']
    const first = await post(house, { query: BILLS })
    const second = await post(house, { query: BILLS })
    expect(second.text).toBe(first.text)
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
    // Fresh times differ by a tenth, by chance.
    pass(freshMs * 0.8)
    await post(house, { query: BILLS })
    pass(freshMs * 0.4)
    await post(house, { query: BILLS })
    expect(sources(house)).toEqual([undefined, 'kept', 'kept', undefined])
  })

  it('is so for a minute at the most, however long its bills are fresh', async () => {
    const query = '{ customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount } } } }'
    await post(house, { query })
    // What was read just now is fresh for a minute as well; the month is for hours.
    pass(2 * 60_000)
    await post(house, { query })
    pass(59_999)
    await post(house, { query })
    pass(1)
    await post(house, { query })
    expect(sources(house)).toEqual([undefined, undefined, 'kept', undefined])
  })

  it('is made anew for another caller, for the same one with other rights, and for other variables', async () => {
    const query = 'query Bills($first: Int) { invoices(first: $first) { totalCount } }'
    const count = async (headers: Readonly<Record<string, string>>, first = 1): Promise<unknown> => {
      const { text } = await post(house, { query, variables: { first } }, headers)
      return (JSON.parse(text) as { data: { invoices: { totalCount: number } } }).data.invoices.totalCount
    }
    const all = await count({ 'x-api-key': 'a' })
    expect(await count({ 'x-api-key': 'b' })).toBe(all)
    await count({ 'x-api-key': 'a' }, 2)
    rights = { projects: new Set(), prefixes: new Set(), buyers: new Set() }
    expect(await count({ 'x-api-key': 'a' })).toBe(0)
    rights = FULL_ACCESS.grants
    expect(await count({ 'x-api-key': 'a' })).toBe(all)
    expect(sources(house)).toEqual([undefined, undefined, undefined, undefined, 'kept'])
  })

  it('tells a browser that it may keep it for so much less time', async () => {
    const query = '{ provider(id: "threescale:provider:4") { id } }'
    const { freshMs } = DEFAULT_TTLS['threescale-catalog']
    const lifetime = async (): Promise<string | null> => (await post(house, { query })).headers.get('cache-control')
    const first = Number(/^private, max-age=(\d+)$/.exec((await lifetime()) ?? '')?.[1])
    expect(first).toBeGreaterThan(0)
    pass(Math.min(2_000, freshMs / 4))
    const left = (await post(house, { query })).headers
    expect(left.get('cache-control')).toBe(`private, max-age=${first - Math.min(2_000, freshMs / 4) / 1000}`)
    expect(left.get('vary')).toContain('authorization')
    expect(sources(house)).toEqual([undefined, 'kept'])
  })

  it.each([
    ['the state of upstreams', '{ sources { source } }'],
    ['the state of upstreams beside bills', `{ a: sources { source } ${BILLS.slice(1)}`],
    ['what the caller has left', `{ rateLimit { remaining } ${BILLS.slice(1)}`],
    ['an error', `{ bad: invoice(id: "threescale:invoice:x") { id } ${BILLS.slice(1)}`],
    ['what there is not', `{ missing: invoice(id: "threescale:invoice:999999") { id } ${BILLS.slice(1)}`],
    ['a mistake', '{ nothing }'],
    ['a refused variable', 'query A($first: Int!) { invoices(first: $first) { totalCount } }'],
    ['nothing that was read', '{ __typename }'],
  ])('is made anew where the answer holds %s', async (_what, query) => {
    for (let count = 0; count < 2; count++) await post(house, { query })
    expect(sources(house)).toEqual([undefined, undefined])
  })

  it('is refused anew in a media type that there is not', async () => {
    const query = '{ provider(id: "threescale:provider:4") { id } }'
    for (let count = 0; count < 2; count++) {
      const { status, headers } = await post(house, { query }, { accept: 'text/csv' })
      expect([status, headers.get('cache-control')]).toEqual([406, 'no-store'])
    }
    expect(sources(house)).toEqual([undefined, undefined])
  })

  it('is made anew where a part could not be read, and where it is stale', async () => {
    await post(house, { query: BILLS })
    await house.threescale.close()
    pass(DEFAULT_TTLS['threescale-invoices'].staleWhileRevalidateMs)
    for (let count = 0; count < 2; count++) await post(house, { query: BILLS })
    pass(DEFAULT_TTLS['threescale-invoices'].staleIfErrorMs)
    for (let count = 0; count < 2; count++) {
      expect((await post(house, { query: BILLS })).text).toContain('UPSTREAM_UNAVAILABLE')
    }
    expect(sources(house)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('is found by the hash of its document, which is left here before', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(BILLS).digest('hex') } }
    for (const body of [{ extensions }, { query: BILLS, extensions }, { query: BILLS, extensions }])
      await post(house, body)
    const answers = [await post(house, { extensions }), await post(house, { extensions })]
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(sources(house)).toEqual([undefined, undefined, undefined, undefined, 'kept'])
  })

  it('is the same by GET', async () => {
    const ask = () =>
      fetch(`${house.gateway.url}/graphql?query=${encodeURIComponent(BILLS)}`, {
        headers: { 'apollo-require-preflight': '1' },
      })
    const texts = [await (await ask()).text(), await (await ask()).text()]
    expect(new Set(texts).size).toBe(1)
    // Without that header a page of any origin could have sent it.
    const unasked = await fetch(`${house.gateway.url}/graphql?query=${encodeURIComponent(BILLS)}`)
    expect(unasked.status).toBe(400)
    expect(sources(house)).toEqual([undefined, 'kept', undefined])
  })
})

it('every field of Query is either one of a moment or hangs on what is read', async () => {
  const fields = Object.keys((await createSchema()).getQueryType()?.getFields() ?? {})
  const read = [
    ...['_entities', '_service', 'buyer', 'buyers', 'credits', 'customer', 'customerCost', 'invoice', 'invoices'],
    ...['measurements', 'node', 'nodes', 'products', 'provider', 'quotation'],
  ]
  expect(fields.filter(name => !ONE_TIME_FIELDS.has(name)).toSorted()).toEqual(read)
})
