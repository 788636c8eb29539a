import { describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../src/demo.js'
import { demoData } from '../../src/standin/catalyst/demo-data.js'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import type { Generation } from '../../src/standin/threescale/generation.js'
import type { ThreescaleStandInOptions } from '../../src/standin/threescale/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock, startGateway, TODAY } from '../gateway.js'
import { FIRST_BUYER, FIRST_CONTRACT, wideTenant } from '../wide-tenant.js'

const GENERATIONS: readonly Generation[] = ['released', 'main']

/** 2,400 invoices in 24 pages, of 200 buyers. */
const tenant = wideTenant({ now: TODAY, buyers: 200, invoices: 2_400, idStep: 7 })
const INVOICE_IDS = tenant.invoices.map(({ id }) => id)

const ENTITIES = `query ($keys: [_Any!]!) { _entities(representations: $keys) {
  __typename ... on Invoice { id total { net { amount } } } ... on LineItem { id name } ... on Buyer { id orgName: name } ... on Contract { id }
} }`

type Entity = { readonly __typename: string; readonly id: string }

/** A gateway in front of a stand-in tenant, with a helper that resolves entities. */
async function startEntities(options: ThreescaleStandInOptions = {}) {
  const threescale = await startThreescale({ clock, data: tenant, ...options })
  const { url, accessToken } = threescale
  const gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
  return {
    threescale,
    gateway,
    /** The resolved entities, and the requests that 3scale received meanwhile. */
    async resolve(keys: readonly object[]) {
      threescale.requests.length = 0
      const { data, errors } = await gateway.askText(ENTITIES, { keys })
      return { entities: data?._entities as (Entity | null)[], errors, asked: [...threescale.requests] }
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await threescale.close()
    },
  }
}

const invoiceKey = (id: number) => ({ __typename: 'Invoice', id: `threescale:invoice:${id}` })
const nativeInvoiceKey = (id: number) => ({ __typename: 'Invoice', source: 'THREESCALE', nativeId: String(id) })
const lineKey = (id: number) => ({ __typename: 'LineItem', id: `threescale:line-item:${id}:${id * 10 + 2}` })
const buyerKey = (id: number) => ({ __typename: 'Buyer', id: `threescale:buyer:${id}` })
const nativeBuyerKey = (id: number) => ({ __typename: 'Buyer', source: 'THREESCALE', nativeId: String(id) })
const contractKey = (id: number) => ({ __typename: 'Contract', id: `threescale:contract:${id}` })

function hundredFrom(first: number): readonly number[] {
  return Array.from({ length: 100 }, (_, index) => first + index)
}

describe.each(GENERATIONS)('references to 3scale %s', generation => {
  it.each([0, 50, 1_130, 1_700, 2_250, 2_300])(
    'to 100 invoices of one list page, the first at %i of 2,400, are at most 5 calls',
    async start => {
      await using setup = await startEntities({ generation })
      const ids = INVOICE_IDS.slice(start, start + 100)
      const keys = ids.map((id, index) => (index % 2 === 0 ? invoiceKey(id) : nativeInvoiceKey(id)))
      const { entities, errors, asked } = await setup.resolve(keys)
      expect(errors).toBeUndefined()
      expect(entities.map(entity => entity?.id)).toEqual(ids.map(id => `threescale:invoice:${id}`))
      expect(asked.length).toBeLessThanOrEqual(5)
    },
  )

  it('to 100 lines of one list page are at most 5 calls, and no more with their invoices in the same request', async () => {
    await using setup = await startEntities({ generation })
    const ids = INVOICE_IDS.slice(2_280, 2_380)
    const { entities, errors, asked } = await setup.resolve(ids.map(lineKey))
    expect(errors).toBeUndefined()
    expect(entities).toEqual(
      ids.map(id => ({ __typename: 'LineItem', id: `threescale:line-item:${id}:${id * 10 + 2}`, name: 'line 2' })),
    )
    expect(asked.length).toBeLessThanOrEqual(5)
    const both = await setup.resolve(ids.flatMap(id => [lineKey(id), invoiceKey(id)]))
    expect(both.entities.filter(entity => entity === null)).toEqual([])
    expect(both.asked).toEqual(asked)
  })

  it('to 100 buyers are 1 call', async () => {
    await using setup = await startEntities({ generation })
    const ids = hundredFrom(FIRST_BUYER)
    const keys = ids.map((id, index) => (index % 2 === 0 ? buyerKey(id) : nativeBuyerKey(id)))
    const { entities, errors, asked } = await setup.resolve(keys)
    expect(errors).toBeUndefined()
    expect(entities).toEqual(
      ids.map((id, index) => ({ __typename: 'Buyer', id: `threescale:buyer:${id}`, orgName: `Buyer ${index}` })),
    )
    expect(asked).toEqual(['GET /admin/api/accounts.xml'])
  })

  it('to 100 buyers are resolved from invoices when the token may not read accounts', async () => {
    const tokens = [{ value: 'one', scopes: ['finance'], permission: 'ro' }] as const
    await using setup = await startEntities({ generation, tokens })
    const ids = hundredFrom(FIRST_BUYER)
    const { entities, errors, asked } = await setup.resolve(ids.map(buyerKey))
    expect(errors).toBeUndefined()
    expect(entities.map(entity => entity?.id)).toEqual(ids.map(id => `threescale:buyer:${id}`))
    // One denial. Then the newest month, which has all buyers; a server that does not sort is read whole.
    expect(asked.filter(request => request.includes('/admin/'))).toEqual(['GET /admin/api/accounts.xml'])
    expect(asked.length).toBeLessThanOrEqual(generation === 'released' ? 5 : 27)
  })

  it('to 100 contracts are 1 call', async () => {
    await using setup = await startEntities({ generation })
    const ids = hundredFrom(FIRST_CONTRACT)
    const { entities, errors, asked } = await setup.resolve(ids.map(contractKey))
    expect(errors).toBeUndefined()
    expect(entities.map(entity => entity?.id)).toEqual(ids.map(id => `threescale:contract:${id}`))
    expect(asked).toEqual(['GET /admin/api/applications.xml'])
  })

  it('of all kinds in one request are no more calls than each kind takes', async () => {
    await using setup = await startEntities({ generation })
    const ids = INVOICE_IDS.slice(-50)
    const keys = ids.flatMap((id, index) =>
      index % 2 === 0
        ? [invoiceKey(id), buyerKey(FIRST_BUYER + index)]
        : [lineKey(id), contractKey(FIRST_CONTRACT + index)],
    )
    const { entities, errors, asked } = await setup.resolve(keys)
    expect(errors).toBeUndefined()
    expect(entities.map(entity => entity?.id)).toEqual(keys.map(({ id }) => id))
    expect(asked.filter(request => request === 'GET /admin/api/accounts.xml')).toHaveLength(1)
    expect(asked.filter(request => request === 'GET /admin/api/applications.xml')).toHaveLength(1)
    expect(asked.length).toBeLessThanOrEqual(2 + 5)
  })

  it('that are scattered over the whole list are at most three calls more than references', async () => {
    await using setup = await startEntities({ generation })
    const ids = hundredFrom(0).map(index => INVOICE_IDS[index * 24] ?? 0)
    const { entities, asked } = await setup.resolve(ids.map(invoiceKey))
    expect(entities.map(entity => entity?.id)).toEqual(ids.map(id => `threescale:invoice:${id}`))
    expect(asked.length).toBeLessThanOrEqual(103)
  })

  it('are null for unknown records, and errors at their own index when malformed', async () => {
    await using setup = await startEntities({ generation })
    const ids = INVOICE_IDS.slice(-30)
    const [gap = 0] = ids
    const keys = [
      ...ids.map(invoiceKey),
      invoiceKey(gap + 1),
      lineKey(gap + 2),
      { __typename: 'LineItem', id: `threescale:line-item:${gap}:1` },
      { __typename: 'Invoice', id: 'nonsense' },
      ...ids.map((_, index) => buyerKey(FIRST_BUYER + index)),
      buyerKey(1),
    ]
    const { entities, errors } = await setup.resolve(keys)
    expect(entities.slice(0, 30).map(entity => entity?.id)).toEqual(ids.map(id => `threescale:invoice:${id}`))
    expect(entities.slice(30, 34)).toEqual([null, null, null, null])
    expect(entities.slice(34, 64).filter(entity => entity === null)).toEqual([])
    expect(entities[64]).toBeNull()
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['_entities', 33], 'BAD_USER_INPUT'],
    ])
  })

  it('are read one by one when the lists fail', async () => {
    await using setup = await startEntities({ generation })
    setup.threescale.intercept = ({ path }) =>
      ['/api/invoices.xml', '/admin/api/accounts.xml'].includes(path) ? { status: 500 } : undefined
    const ids = INVOICE_IDS.slice(-20)
    const buyers = ids.map((_, index) => FIRST_BUYER + index)
    const { entities, errors, asked } = await setup.resolve([...ids.map(invoiceKey), ...buyers.map(buyerKey)])
    expect(errors).toBeUndefined()
    expect(entities.filter(entity => entity === null)).toEqual([])
    expect(asked).toHaveLength(2 + 40)
  })
})

describe('references to Catalyst', () => {
  /** The demo with a bill of two lines on the last day of each of 104 months. */
  function manyBills() {
    const data = demoData({ seed: 1, now: TODAY })
    const [projectId = ''] = Object.keys(data.documents)
    const line = { category: 'Network', product: 'NZ-POR-1.n1.router', quantity: 10, rate: 0.5, unit: 'Hour(s)' }
    const documents = Array.from({ length: 104 }, (_, back) => ({
      billDate: new Date(Date.UTC(TODAY.getUTCFullYear(), TODAY.getUTCMonth() - back, 0)).toISOString().slice(0, 10),
      status: back % 3 === 0 ? 'not_paid' : 'paid',
      lines: [1, 2].map(place => ({ ...line, resourceName: `line ${place}` })),
    }))
    return { projectId, data: { ...data, documents: { ...data.documents, [projectId]: documents } }, documents }
  }

  it.each(['Invoice', 'LineItem', 'both'])('over a hundred months of one project are 1 call: %s', async kind => {
    const { projectId, data, documents } = manyBills()
    await using catalyst = await startCatalyst({ clock, data })
    await using gateway = await startGateway({ catalyst: settingsForStandIn(catalyst), threescale: null })
    const dates = documents.slice(0, 100).map(({ billDate }) => billDate)
    const keys = dates.map((date, index): object => {
      const invoice =
        index % 2 === 0
          ? { __typename: 'Invoice', id: `catalyst:invoice:${projectId}:${date}` }
          : { __typename: 'Invoice', source: 'CATALYST', nativeId: `${projectId}/${date}` }
      const line = { __typename: 'LineItem', id: `catalyst:line-item:${projectId}:${date}:1` }
      return kind === 'Invoice' || (kind === 'both' && index % 4 < 2) ? invoice : line
    })
    const { data: answer, errors } = await gateway.askText(ENTITIES, { keys })
    expect(errors).toBeUndefined()
    const entities = answer?._entities as (Entity | null)[]
    expect(entities.map(entity => entity?.id)).toEqual(
      dates.map((date, index) =>
        kind === 'Invoice' || (kind === 'both' && index % 4 < 2)
          ? `catalyst:invoice:${projectId}:${date}`
          : `catalyst:line-item:${projectId}:${date}:1`,
      ),
    )
    expect(catalyst.requests).toEqual(['GET /v2/invoices'])
  })

  it('to one project a hundred times are no call at all', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using gateway = await startGateway({ catalyst: settingsForStandIn(catalyst), threescale: null })
    const { projectId } = catalyst.credentials
    const keys = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0
        ? { __typename: 'Buyer', id: `catalyst:buyer:${projectId}` }
        : { __typename: 'Buyer', source: 'CATALYST', nativeId: projectId },
    )
    const { data, errors } = await gateway.askText(ENTITIES, { keys })
    expect(errors).toBeUndefined()
    expect(data?._entities).toMatchObject(keys.map(() => ({ id: `catalyst:buyer:${projectId}` })))
    expect(catalyst.requests).toEqual([])
  })
})
