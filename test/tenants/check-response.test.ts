import type { GraphQLSchema } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../src/graph/schema/schema.js'
import { cloudCode, dollars, ownersOfAmount } from './amount-tags.js'
import { checkResponse } from './check-response.js'
import { ExpectedRights } from './expected-rights.js'

/** Rights to one buyer, one project and one customer. */
const HOLDINGS = new ExpectedRights({
  scopes: ['billing:read', 'costs:read'],
  buyers: [104],
  projects: [2],
  customers: [1],
})

let schema: GraphQLSchema

beforeAll(async () => {
  schema = await createSchema()
})

function findingsIn(data: object, inputs: readonly string[] = []): readonly string[] {
  return checkResponse(schema, { body: { data }, inputs }, HOLDINGS).findings
}

const money = (code: number, currencyCode = 'NZD') => ({
  total: { __typename: 'TaxedMoney', a1_net: { __typename: 'Money', a2_amount: String(dollars(code)), currencyCode } },
  __typename: 'RegionCost',
})
const cursor = (key: string) => ({ a1_cursor: Buffer.from(key).toString('base64url'), __typename: 'BuyerEdge' })

describe('the check of a response', () => {
  it.each<[string, object]>([
    ['a text', { a1_name: 'by104 & Sons', __typename: 'Buyer' }],
    ['an id', { id: 'threescale:invoice:13104', __typename: 'Invoice' }],
    ['a line of a project', { name: 'cu-3.pj2-web', __typename: 'LineItem' }],
    ['a line of a customer', { name: 'cu-1-pj1-web', __typename: 'LineItem' }],
    ['an amount', money(cloudCode(1, 1) + cloudCode(2, 3))],
    ['an instant', { paidAt: '2026-10-28T10:01:44.000Z', __typename: 'Invoice' }],
    ['a cursor', cursor('threescale:buyer:5104')],
    ['a count', { totalCount: 2, __typename: 'BuyerConnection' }],
  ])('accepts data that the caller may see: %s', (_, data) => {
    expect(findingsIn({ a1_node: data })).toEqual([])
  })

  it.each<[string, object]>([
    ['a text', { a1_name: 'by105 & Sons', __typename: 'Buyer' }],
    ['an id', { id: 'threescale:invoice:13105', __typename: 'Invoice' }],
    ['the name of a project', { name: 'pn1 hosting', __typename: 'Buyer' }],
    ['a line of a longer prefix', { name: 'cu-10-pj1-web', __typename: 'LineItem' }],
    ['a position among the lines of others', { id: 'catalyst:line-item:pj1:2026-10-31:2', __typename: 'LineItem' }],
    ['part of an amount', money(cloudCode(1, 1) + cloudCode(1, 3))],
    ['an amount that no lines explain', money(3)],
    ['an instant', { paidAt: '2026-10-28T10:01:45.000Z', __typename: 'Invoice' }],
    ['a cursor', cursor('threescale:buyer:5105')],
    ['a count', { totalCount: 3, __typename: 'BuyerConnection' }],
    ['a prefix that was not requested', { prefix: 'cu-2', __typename: 'Customer' }],
    ['a figure without a rule', { position: 1, __typename: 'LineItem' }],
  ])('reports data that the caller may not see: %s', (_, data) => {
    expect(findingsIn({ a1_nodes: [null, data] })).toHaveLength(1)
  })

  it("reports an id in an error message, unless the caller's request contained it", () => {
    const errors = [{ message: 'id: "threescale:buyer:5105" is not an id', extensions: { requestId: '9105' } }]
    expect(checkResponse(schema, { body: { errors }, inputs: [] }, HOLDINGS).findings).toHaveLength(1)
    expect(checkResponse(schema, { body: { errors }, inputs: ['threescale:buyer:5105'] }, HOLDINGS).findings).toEqual(
      [],
    )
  })

  it('reports data shown without the required scope', () => {
    const rights = new ExpectedRights({ ...HOLDINGS.granted, scopes: ['costs:read'] })
    const body = { data: { invoice: { __typename: 'Invoice', id: 'threescale:invoice:13104' } } }
    expect(checkResponse(schema, { body, inputs: [] }, rights).findings).toEqual([
      'Invoice: shown without the scope billing:read',
    ])
  })
})

describe('an amount', () => {
  it('identifies all owners of its lines, with and without tax', () => {
    const code = 2 * cloudCode(3, 10) + cloudCode(1, 0)
    const owners = [
      { kind: 'cloud', project: 1, customer: 0 },
      { kind: 'cloud', project: 3, customer: 10 },
    ]
    expect(ownersOfAmount(String((code * 20) / 100), 'NZD', 20n)).toEqual(owners)
    expect(ownersOfAmount(String((code * 23) / 100), 'NZD', 23n)).toEqual(owners)
    expect(ownersOfAmount('0.01', 'NZD', 20n)).toBeNull()
  })
})
