import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LimitedHouse, type RawAnswer, read, startLimitedHouse } from './limited-gateway.js'

// The checks of graphql-cop (github.com/dolevf/graphql-cop, lib/tests), restated: what it sends, and what it takes for a finding.

let house: LimitedHouse
beforeAll(async () => {
  house = await startLimitedHouse()
})
afterAll(() => house[Symbol.asyncDispose]())

const get = async (query: string): Promise<RawAnswer> =>
  read(await fetch(`${house.url}/graphql?query=${encodeURIComponent(query)}`))

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ')

describe('the production configuration', () => {
  it('makes no suggestions: of a field, an argument, a type, an input field or an enum value, written or by variable', async () => {
    const misspelt: readonly (readonly [string, object?])[] = [
      ['{ invoics { totalCount } }'],
      ['{ invoices(firt: 1) { totalCount } }'],
      ['{ node(id: "x") { ... on Invoic { id } } }'],
      ['{ invoices(filter: { numbr: "x" }) { totalCount } }'],
      ['{ invoices(orderBy: PERIOD_DES) { totalCount } }'],
      ['query ($o: InvoiceOrder!) { invoices(orderBy: $o) { totalCount } }', { o: 'PERIOD_DES' }],
      ['query ($f: InvoiceFilter) { invoices(filter: $f) { totalCount } }', { f: { numbr: 'x' } }],
    ]
    for (const [query, variables] of misspelt) {
      const { status, text } = await house.ask(query, variables)
      expect([query, status]).toEqual([query, 400])
      expect(text).not.toMatch(/did you mean/i)
      expect(text).not.toMatch(/PERIOD_DESC|"number"/)
    }
  })

  it('has no introspection, neither of the schema nor of a type', async () => {
    for (const query of ['{ __schema { types { name fields { name } } } }', '{ __type(name: "Invoice") { name } }']) {
      const { status, errors, data } = await house.ask(query)
      expect([status, data, errors[0]?.extensions?.code]).toEqual([400, undefined, 'GRAPHQL_VALIDATION_FAILED'])
    }
  })

  it.each(['/', '/graphql', '/graphiql', '/playground', '/console', '/altair'])('shows no IDE at %s', async path => {
    const response = await fetch(house.url + path, { headers: { accept: 'text/html' } })
    const text = await response.text()
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(text).not.toMatch(/graphiql|playground|sandbox|<html/i)
  })

  it('answers no query by GET without a preflight', async () => {
    expect((await get('{ __typename }')).data).toBeUndefined()
  })

  it('answers no 101 aliases of __typename', async () => {
    const { status, data } = await house.ask(`{ ${times(101, i => `alias${i}: __typename`)} }`)
    expect([status, data]).toEqual([400, undefined])
  })

  it('answers no array of operations', async () => {
    const { status, data } = await house.post(Array(10).fill({ query: '{ __typename }' }))
    expect([status, data]).toEqual([400, undefined])
  })

  it('traces nothing for callers', async () => {
    const { text, data } = await house.ask('{ __typename }')
    expect(data).toEqual({ __typename: 'Query' })
    expect(text).not.toMatch(/extensions|tracing|ftv1/)
  })

  it('answers 10 unknown directives with one error', async () => {
    const { errors } = await house.ask(`{ __typename ${times(10, () => '@aa')} }`)
    expect(errors).toHaveLength(1)
  })

  it('answers no circular introspection', async () => {
    const { status, data } = await house.ask(
      '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    )
    expect([status, data]).toEqual([400, undefined])
  })

  it('runs no mutation by GET', async () => {
    const { status, data } = await get('mutation { __typename }')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(data).toBeUndefined()
  })

  it('answers no form', async () => {
    const { status, data } = await read(
      await fetch(`${house.url}/graphql`, { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) }),
    )
    expect([status, data]).toEqual([415, undefined])
  })

  it.each([
    '{ nothing }',
    '{',
    'query ($x: Nope) { __typename }',
    '{ invoice(id: "x") { id } }',
    '{ invoice(id: 1.5) { id } }',
  ])('shows neither exception nor stack for %s', async query => {
    expect((await house.ask(query)).text).not.toMatch(/exception|stacktrace|node_modules| at .*\.(js|ts):/i)
  })

  it('answers no 500 duplicate fields', async () => {
    const { status, data } = await house.ask(`query cop { ${'__typename \n'.repeat(500)} }`)
    expect([status, data]).toEqual([400, undefined])
  })
})
