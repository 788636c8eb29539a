import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LimitedGateway, type RawResponse, read, startLimitedGateway } from './limited-gateway.js'

// The checks of graphql-cop (github.com/dolevf/graphql-cop, lib/tests), restated: what it sends, and what it reports as a finding.

let gateway: LimitedGateway
beforeAll(async () => {
  gateway = await startLimitedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const get = async (query: string): Promise<RawResponse> =>
  read(await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`))

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ')

describe('the production configuration', () => {
  it('suggests no field, argument, type, input field or enum value, neither for a literal nor for a variable', async () => {
    const misspelled: readonly (readonly [string, object?])[] = [
      ['{ invoics { totalCount } }'],
      ['{ invoices(firt: 1) { totalCount } }'],
      ['{ node(id: "x") { ... on Invoic { id } } }'],
      ['{ invoices(filter: { numbr: "x" }) { totalCount } }'],
      ['{ invoices(orderBy: PERIOD_DES) { totalCount } }'],
      ['query ($o: InvoiceOrder!) { invoices(orderBy: $o) { totalCount } }', { o: 'PERIOD_DES' }],
      ['query ($f: InvoiceFilter) { invoices(filter: $f) { totalCount } }', { f: { numbr: 'x' } }],
    ]
    for (const [query, variables] of misspelled) {
      const { status, text } = await gateway.ask(query, variables)
      expect([query, status]).toEqual([query, 400])
      expect(text).not.toMatch(/did you mean/i)
      expect(text).not.toMatch(/PERIOD_DESC|"number"/)
    }
  })

  it('has no introspection of the schema or a type, and tells only the log how to switch it on', async () => {
    for (const query of ['{ __schema { types { name fields { name } } } }', '{ __type(name: "Invoice") { name } }']) {
      const { status, errors, data } = await gateway.ask(query)
      expect([status, data, errors[0]?.extensions?.code]).toEqual([400, undefined, 'GRAPHQL_VALIDATION_FAILED'])
      expect(errors.map(({ message }) => message)).toEqual(['Introspection is off.'])
      expect(gateway.log.at(-2)).toContain('INTROSPECTION=on')
    }
  })

  it.each(['/', '/graphql', '/graphiql', '/playground', '/console', '/altair'])('serves no IDE at %s', async path => {
    const response = await fetch(gateway.url + path, { headers: { accept: 'text/html' } })
    const text = await response.text()
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(text).not.toMatch(/graphiql|playground|sandbox|<html/i)
  })

  it('refuses a query by GET without a preflight', async () => {
    expect((await get('{ __typename }')).data).toBeUndefined()
  })

  it('refuses 101 aliases of __typename', async () => {
    const { status, data } = await gateway.ask(`{ ${times(101, i => `alias${i}: __typename`)} }`)
    expect([status, data]).toEqual([400, undefined])
  })

  it('refuses an array of operations', async () => {
    const { status, data } = await gateway.post(Array(10).fill({ query: '{ __typename }' }))
    expect([status, data]).toEqual([400, undefined])
  })

  it('returns no traces', async () => {
    const { text, data } = await gateway.ask('{ __typename }')
    expect(data).toEqual({ __typename: 'Query' })
    expect(text).not.toMatch(/extensions|tracing|ftv1/)
  })

  it('answers 10 unknown directives with one error', async () => {
    const { errors } = await gateway.ask(`{ __typename ${times(10, () => '@aa')} }`)
    expect(errors).toHaveLength(1)
  })

  it('refuses a circular introspection query', async () => {
    const { status, data } = await gateway.ask(
      '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    )
    expect([status, data]).toEqual([400, undefined])
  })

  it('refuses a mutation by GET', async () => {
    const { status, data } = await get('mutation { __typename }')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(data).toBeUndefined()
  })

  it('refuses a form', async () => {
    const { status, data } = await read(
      await fetch(`${gateway.url}/graphql`, { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) }),
    )
    expect([status, data]).toEqual([415, undefined])
  })

  it.each([
    '{ nothing }',
    '{',
    'query ($x: Nope) { __typename }',
    '{ invoice(id: "x") { id } }',
    '{ invoice(id: 1.5) { id } }',
  ])('returns neither an exception nor a stack trace for %s', async query => {
    expect((await gateway.ask(query)).text).not.toMatch(/exception|stacktrace|node_modules| at .*\.(js|ts):/i)
  })

  it('refuses 500 duplicate fields', async () => {
    const { status, data } = await gateway.ask(`query cop { ${'__typename \n'.repeat(500)} }`)
    expect([status, data]).toEqual([400, undefined])
  })
})
