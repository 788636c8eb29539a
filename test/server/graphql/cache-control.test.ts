import { type ConstDirectiveNode, type GraphQLSchema, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../../src/graph/schema/schema.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { startGateway, startTestSetup, type TestGateway, type TestSetup, TODAY } from '../../gateway.js'

async function ask({ url }: TestGateway, query: string, operationName?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, operationName }) })
}

async function lifetimeOf(gateway: TestGateway, query: string, operationName?: string): Promise<string | null> {
  return (await ask(gateway, query, operationName)).headers.get('cache-control')
}

const PROVIDER = 'provider(id: "threescale:provider:4") { id }'

describe('Cache-Control', () => {
  let setup: TestSetup
  beforeAll(async () => {
    setup = await startTestSetup()
  })
  afterAll(() => setup[Symbol.asyncDispose]())

  it.each([
    ['{ products { name } }', 300],
    [`{ ${PROVIDER} }`, 60],
    [`{ products { name } ${PROVIDER} }`, 60],
    ['{ __typename list: products { name } }', 300],
    ['{ ...Products } fragment Products on Query { ...More } fragment More on Query { products { name } }', 300],
    [`{ products { name } ... on Query { ${PROVIDER} } }`, 60],
  ])('of %s is private, for %i seconds', async (query, seconds) => {
    const response = await ask(setup.gateway, query)
    expect(response.headers.get('cache-control')).toBe(`private, max-age=${seconds}`)
    expect(response.headers.get('vary')).toContain('authorization')
    expect(await response.json()).not.toHaveProperty('errors')
  })

  it.each([
    ['a field without a hint', '{ sources { source } }'],
    ['a field without a hint beside one with a hint', '{ products { name } sources { source } }'],
    ['such a field in a fragment', '{ products { name } ...S } fragment S on Query { sources { source } }'],
    ['such a field that is skipped', '{ products { name } sources @skip(if: true) { source } }'],
    ['__typename alone', '{ __typename }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['an entity', '{ _entities(representations: []) { __typename } }'],
    ['a document that is not valid', '{ products { nothing } }'],
    ['a document that does not parse', '{'],
    ['an error beside data', '{ products { name } wrong: provider(id: "x") { id } }'],
    ['a mutation', 'mutation { products { name } }'],
  ])('is no-store for %s', async (_what, query) => {
    expect(await lifetimeOf(setup.gateway, query)).toBe('no-store')
  })

  it('depends on the operation that runs, not on the document', async () => {
    const query = 'query A { products { name } } query B { sources { source } }'
    expect(await lifetimeOf(setup.gateway, query, 'A')).toBe('private, max-age=300')
    expect(await lifetimeOf(setup.gateway, query, 'B')).toBe('no-store')
  })

  it('is no-store for everything that is not GraphQL', async () => {
    for (const path of ['/healthz', '/readyz', '/nowhere', '/']) {
      expect((await fetch(setup.gateway.url + path)).headers.get('cache-control')).toBe('no-store')
    }
  })
})

it('Cache-Control is no-store while an upstream does not answer', async () => {
  await using setup = await startTestSetup()
  await setup.threescale.close()
  const response = await ask(setup.gateway, `{ products { name } ${PROVIDER} }`)
  expect(await response.json()).toMatchObject({ errors: [{}], data: { products: expect.any(Array), provider: null } })
  expect(response.headers.get('cache-control')).toBe('no-store')
})

it('Cache-Control is no-store for an incomplete list, though no field failed', async () => {
  const schema = await createSchema()
  hint(schema, 'invoices', 30)
  await using setup = await startTestSetup({ server: { schema } })
  const query = '{ invoices { unavailable nodes { id } } }'
  expect(await lifetimeOf(setup.gateway, query)).toBe('private, max-age=30')
  await setup.threescale.close()
  const response = await ask(setup.gateway, query)
  expect(await response.json()).toMatchObject({ data: { invoices: { unavailable: ['THREESCALE'] } } })
  expect(response.headers.get('cache-control')).toBe('no-store')
})

it('Cache-Control adds its Vary to those of CORS and of compression', async () => {
  await using gateway = await startGateway({ catalyst: null, threescale: null }, false, {
    cors: { origins: ['https://bills.example.com'], hasCredentials: false },
  })
  const vary = (await ask(gateway, '{ products { name } }')).headers.get('vary')?.toLowerCase().split(', ')
  expect(vary).toEqual(expect.arrayContaining(['origin', 'authorization', 'accept']))
})

/** Adds a cache hint to a root field of a schema. */
function hint(schema: GraphQLSchema, name: string, maxAge: number): void {
  const field = schema.getQueryType()?.getFields()[name]
  const [carrier] = parse(`scalar Carrier @cacheControl(maxAge: ${maxAge})`).definitions
  if (!field?.astNode || carrier?.kind !== 'ScalarTypeDefinition') throw new Error(`there is no ${name}`)
  field.astNode = { ...field.astNode, directives: carrier.directives as readonly ConstDirectiveNode[] }
}

it('Cache-Control lasts as long as the least fresh part of the response', async () => {
  let now = TODAY
  await using setup = await startTestSetup({ cache: { ttls: DEFAULT_TTLS, url: null }, clock: () => now })
  const secondsOf = async (query: string): Promise<number> => {
    const header = await lifetimeOf(setup.gateway, query)
    return header === 'no-store' ? 0 : Number(/^private, max-age=(\d+)$/.exec(header ?? '')?.[1])
  }
  const ofInvoices = DEFAULT_TTLS['threescale-invoices'].freshMs / 1000
  const ofProducts = DEFAULT_TTLS['catalyst-products'].freshMs / 1000

  expect(await secondsOf('{ products { name } }')).toBe(300)
  expect(await secondsOf(`{ products { name } ${PROVIDER} }`)).toBeLessThanOrEqual(ofInvoices * 1.1)
  now = new Date(now.getTime() + (ofProducts - 100) * 1000)
  expect(await secondsOf('{ products { name } }')).toBeLessThanOrEqual(100 + ofProducts * 0.1)
  await setup.threescale.close()
  await setup.catalyst.close()
  now = new Date(now.getTime() + 3_600_000 * 2)
  expect(await secondsOf('{ products { name } }')).toBe(0)
})
