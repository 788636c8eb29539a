import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Credit } from '../../src/standin/catalyst/credits.js'
import type { Usage } from '../../src/standin/catalyst/data.js'
import { bill, type Cloud, startCloud } from '../clouds.js'
import { type GraphqlAnswer, startGateway, type TestGateway } from '../gateway.js'

/** Two clouds of one project each, with Keystones of their own, and a gateway that is configured with both. */
let a: Cloud
let b: Cloud
let gateway: TestGateway

beforeEach(async () => {
  a = await startCloud('a', {
    projectId: 'p1',
    documents: { p1: [bill('2026-10-31', 10), bill('2026-10-15', 1), bill('2026-08-31', 12)] },
    more: { usage: usageOf('p1', 5), prices: PRICES, credits: { p1: [creditOf('A1', 100)] } },
  })
  b = await startCloud('b', {
    projectId: 'p2',
    documents: { p2: [bill('2026-10-31', 20), bill('2026-09-30', 21)] },
    more: { usage: usageOf('p2', 7), prices: PRICES, credits: { p2: [creditOf('B1', 200)] } },
  })
  gateway = await startGateway({ catalyst: [a.nameless, b.nameless], threescale: null })
})
afterEach(async () => {
  await gateway[Symbol.asyncDispose]()
  await Promise.all([a.close(), b.close()])
})

const PRICE = { name: 'c1.c1r1', category: 'compute', unit: 'hour', rate: 1, description: 'one' }
const PRICES = { 'nz-por-1': [PRICE], 'nz-hlz-1': [PRICE] }

function usageOf(projectId: string, volume: number): readonly Usage[] {
  const resource = { resourceId: `r-${projectId}`, resourceName: 'customer-a', resourceType: 'Virtual Machine' }
  const [start, end] = [new Date('2026-11-02T00:00:00Z'), new Date('2026-11-03T00:00:00Z')]
  return [{ region: 'nz-por-1', projectId, ...resource, service: 'c1.c1r1', volume, unit: 'hour', start, end }]
}

function creditOf(code: string, balance: number): Credit {
  return { code, type: 'Grant', startsAt: new Date('2026-01-01T00:00:00Z'), expiryDate: '2027-01-01', balance }
}

/** All bills, newest first; within a day by project. */
const ALL = [
  'catalyst:invoice:p2:2026-10-31',
  'catalyst:invoice:p1:2026-10-31',
  'catalyst:invoice:p1:2026-10-15',
  'catalyst:invoice:p2:2026-09-30',
  'catalyst:invoice:p1:2026-08-31',
]

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $buyer: ID, $from: YearMonth) {
  invoices(first: $first, after: $after, last: $last, before: $before, filter: { from: $from, buyerId: $buyer }) {
    totalCount
    unavailable
    nodes { id buyer { id name } total { net { amount } } lineItems { totalCount } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`

interface List {
  readonly totalCount: number | null
  readonly unavailable: readonly string[]
  readonly nodes: readonly { readonly id: string }[]
  readonly pageInfo: Readonly<Record<string, string | boolean>>
}

async function list(variables: object = {}): Promise<{ readonly list: List; readonly answer: GraphqlAnswer<unknown> }> {
  const answer = await gateway.askText(LIST, { from: '2026-01', ...variables })
  return { list: answer.data?.invoices as List, answer }
}

function billCalls({ requests }: Cloud): number {
  return requests.filter(request => request === 'GET /v2/invoices').length
}

describe('bills of several projects', () => {
  it('are in one list, in one order, each with its project', async () => {
    const { list: all, answer } = await list()

    expect(answer.errors).toBeUndefined()
    expect(all.nodes.map(({ id }) => id)).toEqual(ALL)
    expect(all).toMatchObject({ totalCount: 5, unavailable: [] })
    expect(all.nodes[0]).toMatchObject({ buyer: { id: 'catalyst:buyer:p2', name: 'project p2' } })
  })

  it.each(['forward', 'backward'])('are the same list page by page, %s', async direction => {
    const seen: string[] = []
    let cursor: unknown
    for (let goesOn = true; goesOn && seen.length <= ALL.length; ) {
      const page = direction === 'forward' ? { first: 2, after: cursor } : { last: 2, before: cursor }
      const { nodes, pageInfo, totalCount } = (await list(page)).list
      const ids = nodes.map(({ id }) => id)
      expect(totalCount).toBe(5)
      seen.splice(direction === 'forward' ? seen.length : 0, 0, ...ids)
      goesOn = pageInfo[direction === 'forward' ? 'hasNextPage' : 'hasPreviousPage'] === true
      cursor = pageInfo[direction === 'forward' ? 'endCursor' : 'startCursor']
    }
    expect(seen).toEqual(ALL)
  })

  it("are one project's only when the filter names its buyer", async () => {
    for (const projectId of ['p1', 'p2']) {
      const own = ALL.filter(id => id.includes(`:${projectId}:`))
      const { list: some } = await list({ buyer: `catalyst:buyer:${projectId}` })
      expect(some.nodes.map(({ id }) => id)).toEqual(own)
      expect(some.totalCount).toBe(own.length)
    }
  })

  it('are found by their ids in every query', async () => {
    const query = `query ($ids: [ID!]!, $references: [_Any!]!) {
      nodes(ids: $ids) { ... on Invoice { id total { net { amount } } } }
      _entities(representations: $references) { ... on Invoice { id total { net { amount } } } }
    }`
    const references = ALL.map(id => ({ __typename: 'Invoice', id }))
    const { data, errors } = await gateway.askText(query, { ids: ALL, references })

    expect(errors).toBeUndefined()
    expect(data?.nodes).toEqual(ALL.map(id => ({ id, total: { net: { amount: expect.any(String) } } })))
    expect(data?._entities).toEqual(data?.nodes)
  })
})

describe('each project', () => {
  const buyers = '{ buyers { totalCount nodes { id name } } }'

  it('is a buyer', async () => {
    expect((await gateway.askText(buyers)).data?.buyers).toEqual({
      totalCount: 2,
      nodes: [
        { id: 'catalyst:buyer:p1', name: 'project p1' },
        { id: 'catalyst:buyer:p2', name: 'project p2' },
      ],
    })
    const one = await gateway.askText('{ buyer(id: "catalyst:buyer:p2") { name invoices { totalCount } } }')
    expect(one.data?.buyer).toEqual({ name: 'project p2', invoices: { totalCount: 2 } })
  })

  it.each([
    ['the first where none is named', null, '11.00', '5.0', '100'],
    ['the first', 'p1', '11.00', '5.0', '100'],
    ['the second', 'p2', '20.00', '7.0', '200'],
    ['the second by its buyer id', 'catalyst:buyer:p2', '20.00', '7.0', '200'],
  ])('can be queried: %s', async (_which, projectId, cost, quoted, balance) => {
    const { data, errors } = await gateway.askText(
      `query ($id: ID) {
        customerCost(prefix: "customer-a", month: "2026-10", projectId: $id) { total { net { amount } } }
        quotation(projectId: $id, regions: ["nz-por-1"]) { total { net { amount } } }
        credits(projectId: $id) { balance { amount } }
        measurements(projectId: $id, from: "2026-11-01") { services { volume } }
      }`,
      { id: projectId },
    )
    const amounts = [...JSON.stringify(data).matchAll(/"amount":"([^"]+)"/g)].map(match => Number(match[1]))

    expect(errors).toBeUndefined()
    expect(amounts).toEqual([cost, quoted, balance].map(Number))
    expect(data?.measurements).toEqual([{ services: [{ volume: quoted }] }])
  })
})

describe('calls', () => {
  it('are 1 per project for a list with lines, count and buyers', async () => {
    await list()

    expect([a, b].map(billCalls)).toEqual([1, 1])
    expect([a, b].map(({ keystone }) => keystone.requests)).toEqual(Array(2).fill(['POST /v3/auth/tokens']))
  })

  it('are 1 per project for costs of several customers over several months of two projects', async () => {
    const fields = ['p1', 'p2'].flatMap(projectId =>
      ['2026-08', '2026-09', '2026-10'].flatMap(month =>
        ['customer-a', 'customer-b'].map(
          (prefix, index) =>
            `${projectId}_${month.replace('-', '_')}_${index}: customerCost(prefix: "${prefix}", month: "${month}", projectId: "${projectId}") { total { net { amount } } }`,
        ),
      ),
    )
    const { data, errors } = await gateway.askText(`{ ${fields.join('\n')} }`)

    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      p1_2026_10_0: { total: { net: { amount: '11.00' } } },
      p2_2026_09_0: { total: { net: { amount: '21.00' } } },
      p2_2026_08_0: null,
    })
    expect([a, b].map(billCalls)).toEqual([1, 1])
  })

  it('go only to the account of the requested project', async () => {
    await gateway.askText('{ customerCost(prefix: "", month: "2026-10", projectId: "p1") { prefix } }')

    expect(billCalls(b)).toBe(0)
  })
})

describe('one account down', () => {
  beforeEach(() => b.close())

  it('leaves the other projects in the lists, and is reported in errors', async () => {
    const { list: rest, answer } = await list()

    expect(rest.nodes.map(({ id }) => id)).toEqual(ALL.filter(id => id.includes(':p1:')))
    expect(rest).toMatchObject({ totalCount: null, unavailable: ['CATALYST'] })
    expect(answer.errors).toMatchObject([
      {
        message: 'Keystone (cloud b) cannot be reached (POST /v3/auth/tokens)',
        path: ['invoices'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream: 'CATALYST', retryable: true },
      },
    ])
  })

  it('leaves the other projects among the buyers', async () => {
    const { data, errors } = await gateway.askText('{ buyers { totalCount nodes { id } } }')

    expect(data?.buyers).toEqual({ totalCount: null, nodes: [{ id: 'catalyst:buyer:p1' }] })
    expect(errors).toMatchObject([{ path: ['buyers'], extensions: { upstream: 'CATALYST' } }])
  })

  it('makes only its own fields null', async () => {
    const cost = (id: string) =>
      `customerCost(prefix: "", month: "2026-10", projectId: "${id}") { total { net { amount } } }`
    const { data, errors } = await gateway.askText(`{ one: ${cost('p1')} two: ${cost('p2')} }`)

    expect(data).toEqual({ one: { total: { net: { amount: '11.00' } } }, two: null })
    expect(errors).toMatchObject([{ path: ['two'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }])
  })

  it('is named in the row of its system in sources', async () => {
    const query = '{ sources { source reachable message } }'
    const one = await gateway.askText(query)
    expect(one.data?.sources).toEqual([
      {
        source: 'CATALYST',
        reachable: true,
        message: 'Keystone (cloud b) cannot be reached (POST /v3/auth/tokens)',
      },
    ])

    await a.keystone.close()
    // A gateway with a valid token needs no Keystone; one without a token cannot work.
    await using other = await startGateway({ catalyst: [a.nameless, b.nameless], threescale: null })
    expect((await other.askText(query)).data?.sources).toMatchObject([
      {
        reachable: false,
        message: expect.stringMatching(/\(cloud a\) cannot be reached.*; .*\(cloud b\) cannot be reached/),
      },
    ])
  })

  it('discloses no secret and no address', async () => {
    const { answer } = await list()
    const output = JSON.stringify(answer) + gateway.log.join('')

    for (const secret of [a, b].flatMap(({ keystone, credentials }) => [
      keystone.url.split('//')[1] ?? '',
      credentials.password,
      credentials.applicationCredentialSecret,
    ])) {
      expect(output).not.toContain(secret)
    }
  })
})

describe('two accounts with one project', () => {
  it('count nothing twice', async () => {
    await using twice = await startGateway({
      catalyst: [a.settings, { ...a.nameless, cloud: 'again' }, b.settings],
      threescale: null,
    })
    const { data } = await twice.askText(
      '{ invoices(filter: { from: "2026-01" }) { totalCount } buyers { totalCount } }',
    )

    expect(data).toEqual({ invoices: { totalCount: 5 }, buyers: { totalCount: 2 } })
    expect(billCalls(a)).toBe(1)
  })
})

describe('a project of no configured account', () => {
  it('is refused as by a single account', async () => {
    const { data, errors } = await gateway.askText(
      '{ customerCost(prefix: "", month: "2026-10", projectId: "p3") { prefix } buyer(id: "catalyst:buyer:p3") { name } }',
    )

    expect(data).toEqual({ customerCost: null, buyer: null })
    expect(errors).toMatchObject([{ path: ['customerCost'], extensions: { code: 'UPSTREAM_DENIED' } }])
  })
})
