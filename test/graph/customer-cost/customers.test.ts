import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unregisteredCustomer } from '../../../src/domain/customer.js'
import { formatGlobalId, parseGlobalId } from '../../../src/domain/global-id.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup()
})
afterEach(() => setup[Symbol.asyncDispose]())

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Customer { id prefix cost(month: "2017-07") { total { net { amount } } } } }
}`

describe('a customer', () => {
  it('has the cost that customerCost returns for the same arguments', async () => {
    const cost = '{ total { net { amount currencyCode } } lineItems { totalCount } match basis }'
    const { data, errors } = await setup.gateway.askText(`{
      customer(prefix: "customer-wcc") { id prefix cost(month: "2017-07") ${cost} segment: cost(month: "2017-07", match: SEGMENT) ${cost} }
      customerCost(prefix: "customer-wcc", month: "2017-07") ${cost}
      segment: customerCost(prefix: "customer-wcc", month: "2017-07", match: SEGMENT) ${cost}
    }`)
    expect(errors).toBeUndefined()
    expect(data?.customer).toEqual({
      id: 'catalyst:customer:customer-wcc',
      prefix: 'customer-wcc',
      cost: data?.customerCost,
      segment: data?.segment,
    })
    expect(data?.customerCost).toMatchObject({ total: { net: { amount: '81.69', currencyCode: 'NZD' } } })
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices'])
  })

  it('is found by its id', async () => {
    const { data } = await setup.gateway.askText(
      '{ node(id: "catalyst:customer:b%C3%A4r%2F1") { __typename id ... on Customer { prefix } } }',
    )
    expect(data?.node).toEqual({ __typename: 'Customer', id: 'catalyst:customer:b%C3%A4r%2F1', prefix: 'bär/1' })
  })

  it('has one id, whatever its prefix', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), prefix => {
        const id = formatGlobalId(unregisteredCustomer(prefix))
        expect(id).toMatch(/^catalyst:customer:[\w.!~*'()%-]+$/)
        expect(parseGlobalId(id)).toEqual({ type: 'Customer', prefix })
      }),
    )
  })

  it.each([
    ['{ customer(prefix: "") { id } }', 'prefix', '""'],
    [`{ customer(prefix: "${'x'.repeat(256)}") { id } }`, 'prefix', 'xxx'],
    ['{ node(id: "catalyst:customer:") { id } }', 'id', 'catalyst:customer:'],
    ['{ node(id: "catalyst:customer:%zz") { id } }', 'id', '%zz'],
    ['{ node(id: "catalyst:customer:%41") { id } }', 'id', '%41'],
    ['{ node(id: "catalyst:customer:a:b") { id } }', 'id', 'a:b'],
    ['{ customer(prefix: "a") { cost(month: "2017-13") { basis } } }', 'month', '2017-13'],
    ['{ customer(prefix: "a") { cost(projectId: "../x") { basis } } }', 'projectId', '../x'],
  ])('is refused as %s', async (query, argument, value) => {
    const { errors } = await setup.gateway.askText(query)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }])
    expect(errors?.[0]?.message).toContain(value)
    expect(setup.catalyst.requests).toEqual([])
  })
})

describe('customers of another subgraph', () => {
  it('take one call per month for a hundred of them', async () => {
    const prefixes = ['customer-wcc', ...Array.from({ length: 99 }, (_, index) => `customer-${index}`)]
    const representations = prefixes.map(prefix => ({ __typename: 'Customer', prefix }))
    const { data, errors } = await setup.gateway.askText(ENTITIES, { representations })
    expect(errors).toBeUndefined()
    const customers = data?._entities as readonly { prefix: string; cost: { total: { net: { amount: string } } } }[]
    expect(customers.map(customer => customer.prefix)).toEqual(prefixes)
    expect(customers[0]?.cost.total.net.amount).toBe('81.69')
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices'])
  })

  it('are found by their ids as well, and a malformed one is an error at its own index', async () => {
    const representations = [
      { __typename: 'Customer', id: 'catalyst:customer:customer-wcc' },
      { __typename: 'Customer', prefix: 7 },
      { __typename: 'Customer' },
      { __typename: 'Customer', prefix: 'unused-prefix' },
    ]
    const { data, errors } = await setup.gateway.askText(ENTITIES, { representations })
    expect(data?._entities).toMatchObject([{ prefix: 'customer-wcc' }, null, null, { prefix: 'unused-prefix' }])
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['_entities', 1], 'BAD_USER_INPUT'],
      [['_entities', 2], 'BAD_USER_INPUT'],
    ])
  })
})
