import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErpDocument } from '../../src/standin/catalyst/data.js'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { smallData } from '../standin/catalyst/upstream.js'

const PROJECT = 'p1'
const LINE = { category: 'Compute', product: 'NZ-POR-1.c1.c1r1', resourceName: 'a', quantity: 1, unit: 'hour' }

/** A bill of 100.00 with a reseller's margin of 20.00 that customers are not shown: the summary says 80.00. */
const BILL: ErpDocument = {
  billDate: '2026-10-31',
  status: 'not_paid',
  lines: [
    { ...LINE, rate: 100 },
    { ...LINE, product: 'reseller-margin-discount', resourceName: false, rate: -20 },
  ],
}

const NET = 'total { net { amount } }'
const ID = `catalyst:invoice:${PROJECT}:2026-10-31`

/** Every way to the bill, some without its lines. */
const WAYS: readonly (readonly [string, string])[] = [
  ['the whole list', `{ invoices(filter: { source: CATALYST }) { nodes { ${NET} } } }`],
  ['the list of a year', `{ invoices(filter: { source: CATALYST, from: "2026-01" }) { nodes { ${NET} } } }`],
  ['the last of a list', `{ invoices(filter: { source: CATALYST }, last: 1) { nodes { ${NET} } } }`],
  ['its lines', `{ invoices(filter: { source: CATALYST }) { nodes { ${NET} lineItems { totalCount } } } }`],
  ['its id', `{ invoice(id: "${ID}") { ${NET} } }`],
  ['a node', `{ node(id: "${ID}") { ... on Invoice { ${NET} } } }`],
  ['nodes', `{ nodes(ids: ["${ID}"]) { ... on Invoice { ${NET} } } }`],
  [
    'a reference',
    `{ _entities(representations: [{ __typename: "Invoice", id: "${ID}" }]) { ... on Invoice { ${NET} } } }`,
  ],
  ['its buyer', `{ buyer(id: "catalyst:buyer:${PROJECT}") { invoices { nodes { ${NET} } } } }`],
  ['a cost', `{ customerCost(prefix: "", month: "2026-10") { invoices { ${NET} } } }`],
]

let setup: TestSetup
beforeEach(async () => {
  // The kind of server is told, since this one has no price list to tell it by.
  const data = smallData({ documents: { [PROJECT]: [BILL] } })
  setup = await startTestSetup({ catalyst: { data }, settings: { driver: 'odoo' } })
})
afterEach(() => setup[Symbol.asyncDispose]())

async function netBy(query: string): Promise<readonly string[]> {
  const { data, errors } = await setup.gateway.askText(query)
  expect(errors).toBeUndefined()
  return [...JSON.stringify(data).matchAll(/"net":\{"amount":"([^"]+)"/g)].map(match => match[1] ?? '')
}

describe('a bill with a hidden line', () => {
  it.each(WAYS)('has the total that its customer sees, through %s', async (_, query) => {
    expect(await netBy(query)).toEqual(['100.0'])
  })

  it('has one total, whatever was read before', async () => {
    const seen: string[] = []
    for (const [, query] of [...WAYS, ...WAYS.toReversed()]) seen.push(...(await netBy(query)))
    expect(new Set(seen)).toEqual(new Set(['100.0']))
  })
})

describe('a list whose lines are unavailable', () => {
  it('has the figures of the index, a notice at each bill, and one error', async () => {
    for (const region of Object.values(setup.catalyst.regions)) {
      region.intercept = ({ path, query }) =>
        path === '/v2/invoices' && query.get('detailed') === 'True' ? 'reset' : undefined
    }
    const { data, errors } = await setup.gateway.askText(
      `{ invoices(filter: { source: CATALYST }) { unavailable totalCount nodes { ${NET} notices { code message } } } }`,
    )
    expect(data).toMatchObject({
      invoices: {
        unavailable: [],
        totalCount: 1,
        nodes: [{ total: { net: { amount: '80.0' } }, notices: [{ code: 'LINES_UNAVAILABLE' }] }],
      },
    })
    expect(errors).toMatchObject([{ path: ['invoices'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }])
  })
})
