import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'
import { CreditsDocument, MeasurementsDocument, ProductsDocument } from '../../operations/operations.generated.js'

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup()
})
afterEach(() => setup[Symbol.asyncDispose]())

/** What the rating servers were asked, with the query. */
function logQueries(): string[] {
  const asked: string[] = []
  for (const [name, region] of Object.entries(setup.catalyst.regions)) {
    region.intercept = ({ path, query }) => {
      asked.push(`${name} ${path}?${query}`)
      return undefined
    }
  }
  return asked
}

describe('products', () => {
  it('returns the exact price list of every region, with one call in ten minutes', async () => {
    await setup[Symbol.asyncDispose]()
    setup = await startTestSetup({ cache: { ttls: DEFAULT_TTLS, url: null } })
    const { data, errors } = await setup.gateway.ask(ProductsDocument)
    expect(errors).toBeUndefined()
    expect(new Set(data?.products?.map(product => product.region))).toEqual(new Set(['nz-por-1', 'nz-hlz-1']))
    expect(data?.products).toContainEqual({
      name: 'c1.c2r4',
      region: 'nz-por-1',
      category: 'compute',
      rate: '0.124',
      unit: 'hour',
      description: expect.any(String),
      currencyCode: 'NZD',
    })
    const one = await setup.gateway.ask(ProductsDocument, { regions: ['nz-hlz-1'] })
    expect(one.data?.products).toEqual(data?.products?.filter(product => product.region === 'nz-hlz-1'))
    expect(setup.catalyst.requests).toEqual(['GET /v2/products'])
  })
})

describe('measurements', () => {
  it('returns the usage of each resource over inclusive days, with one call per region', async () => {
    const asked = logQueries()
    const { data, errors } = await setup.gateway.ask(MeasurementsDocument, { from: '2026-10-11', to: '2026-10-12' })
    expect(errors).toBeUndefined()
    expect(asked.toSorted()).toEqual([
      'nz-hlz-1 /v2/measurements?start=2026-10-11&end=2026-10-13',
      'nz-por-1 /v2/measurements?start=2026-10-11&end=2026-10-13',
    ])
    const server = data?.measurements?.find(resource => resource.resourceName === 'customer-wcc-db-01')
    expect(server).toMatchObject({ type: 'Virtual Machine', region: 'nz-por-1' })
    // Two whole days, in the collector's seconds.
    expect(server?.services).toEqual([{ name: expect.any(String), volume: '172800.0', unit: 'second' }])
    expect(JSON.stringify(data)).not.toContain('host')
  })

  it('reads up to now without an end, and sends no request for future days', async () => {
    const asked = logQueries()
    await setup.gateway.ask(MeasurementsDocument, { from: '2026-11-20', regions: ['nz-por-1'] })
    await setup.gateway.ask(MeasurementsDocument, { from: '2026-11-20', to: '2026-11-30', regions: ['nz-por-1'] })
    expect(asked).toEqual(Array(2).fill('nz-por-1 /v2/measurements?start=2026-11-20'))
    const { data } = await setup.gateway.ask(MeasurementsDocument, { from: '2026-11-23' })
    expect([data?.measurements, asked.length]).toEqual([[], 2])
  })

  it('leaves out a region that fails, and reports it', async () => {
    await setup.catalyst.regions['nz-hlz-1']?.close()
    const { data, errors } = await setup.gateway.ask(MeasurementsDocument, { from: '2026-10-11' })
    expect(new Set(data?.measurements?.map(resource => resource.region))).toEqual(new Set(['nz-por-1']))
    expect(errors).toMatchObject([{ path: ['measurements'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }])
  })

  it('is empty for a project that no region knows', async () => {
    const { data, errors } = await setup.gateway.ask(MeasurementsDocument, { from: '2026-10-11', projectId: 'nowhere' })
    expect([data?.measurements, errors]).toEqual([[], undefined])
  })
})

describe('credits', () => {
  it('returns the remaining amount of each grant, with one call for all regions', async () => {
    const { data, errors } = await setup.gateway.ask(CreditsDocument)
    expect(errors).toBeUndefined()
    expect(data?.credits?.length).toBeGreaterThan(1)
    expect(data?.credits?.[0]).toEqual({
      code: expect.stringMatching(/^GRANT/),
      type: 'Cloud Development Grant',
      balance: { amount: '412.5', currencyCode: 'NZD' },
      startedOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      expiresOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      recurring: false,
    })
    expect(data?.credits?.some(credit => credit.code === null)).toBe(true)
    expect(setup.catalyst.requests).toEqual(['GET /v2/credits'])
  })

  it('is empty when the server has none', async () => {
    await using other = await startTestSetup({ catalyst: { driver: 'jsonfile' } })
    expect((await other.gateway.ask(CreditsDocument)).data?.credits).toEqual([])
  })
})
