import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSetup, type TestSetup } from '../../gateway.js'

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup()
})
afterAll(() => setup[Symbol.asyncDispose]())

/** A cursor of a list by period. */
const periodCursor = Buffer.from('2026-10|1|0000000000000001201').toString('base64url')
const cursor = Buffer.from('2026-10|9|nonsense').toString('base64url')

describe('a malformed argument', () => {
  it.each([
    ['{ customerCost(prefix: "a", month: "2017-13") { prefix } }', 'month', '2017-13'],
    ['{ customerCost(prefix: "a", month: "July") { prefix } }', 'month', 'July'],
    ['{ customerCost(prefix: "a", month: "0000-01") { prefix } }', 'month', '0000-01'],
    ['{ customerCost(prefix: "a", month: 201707) { prefix } }', 'month', '201707'],
    ['{ invoices(filter: { from: 5 }) { totalCount } }', 'from', '5'],
    ['{ invoices(filter: { from: "0001-01" }) { totalCount } }', 'filter.from', '0001-01'],
    ['{ node(id: "catalyst:invoice:abc:0000-01-01") { id } }', 'id', 'catalyst:invoice:abc:0000-01-01'],
    ['{ customerCost(prefix: "a", projectId: "../x") { prefix } }', 'projectId', '../x'],
    [`{ customerCost(prefix: "${'x'.repeat(300)}") { prefix } }`, 'prefix', 'xxx'],
    ['{ invoices(first: -1) { totalCount } }', 'first', '-1'],
    ['{ invoices(first: 1, last: 1) { totalCount } }', 'last', '1'],
    ['{ invoices(after: "%%%") { totalCount } }', 'after', '%%%'],
    [`{ invoices(before: "${cursor}") { totalCount } }`, 'before', cursor],
    ['{ invoices(filter: { from: "2026-00" }) { totalCount } }', 'filter.from', '2026-00'],
    ['{ invoices(filter: { from: "2026-05", to: "2026-04" }) { totalCount } }', 'filter.to', '2026-04'],
    ['{ invoices(filter: { number: "../1" }) { totalCount } }', 'filter.number', '../1'],
    ['{ invoices(filter: { amount: { min: 5 } }) { totalCount } }', 'min', '5'],
    ['{ invoices(filter: { amount: { min: "1e3" } }) { totalCount } }', 'filter.amount.min', '1e3'],
    ['{ invoices(filter: { amount: { min: "2", max: "1.99" } }) { totalCount } }', 'filter.amount.max', '1.99'],
    ['{ invoices(filter: { currency: "nzd" }) { totalCount } }', 'filter.currency', 'nzd'],
    ['{ invoices(filter: { buyerName: "" }) { totalCount } }', 'filter.buyerName', '""'],
    ['{ invoices(filter: { issued: { from: "2026-02-30" } }) { totalCount } }', 'filter.issued.from', '2026-02-30'],
    [
      '{ invoices(filter: { due: { from: "2026-03-02", to: "2026-03-01" } }) { totalCount } }',
      'filter.due.to',
      '2026-03-01',
    ],
    ['{ invoices(filter: { paid: { to: "yesterday" } }) { totalCount } }', 'filter.paid.to', 'yesterday'],
    [`{ invoices(orderBy: AMOUNT_DESC, after: "${periodCursor}") { totalCount } }`, 'after', periodCursor],
    [
      '{ invoices(filter: { buyerId: "threescale:invoice:1" }) { totalCount } }',
      'filter.buyerId',
      'threescale:invoice:1',
    ],
    ['{ invoice(id: "threescale:buyer:71") { id } }', 'id', 'threescale:buyer:71'],
    ['{ invoice(id: "2024-01-00000005") { id } }', 'id', '2024-01-00000005'],
    ['{ invoice(id: "42_ID") { id } }', 'id', '42_ID'],
    ['{ invoice(id: "threescale:invoice:42_ID") { id } }', 'id', 'threescale:invoice:42_ID'],
    ['{ invoice(id: "../accounts/1") { id } }', 'id', '../accounts/1'],
    ['{ invoice(id: "threescale:invoice:../accounts/1") { id } }', 'id', 'threescale:invoice:../accounts/1'],
    ['{ invoice(id: "catalyst:invoice:p:2026-02-30") { id } }', 'id', 'catalyst:invoice:p:2026-02-30'],
    ['{ buyer(id: "71") { id } }', 'id', '71'],
    ['{ provider(id: "threescale:buyer:4") { id } }', 'id', 'threescale:buyer:4'],
    ['{ node(id: "nonsense") { id } }', 'id', 'nonsense'],
    ['{ nodes(ids: ["threescale:invoice:0"]) { id } }', 'ids', 'threescale:invoice:0'],
    [`{ nodes(ids: [${'"threescale:invoice:1" '.repeat(101)}]) { id } }`, 'ids', '101'],
    ['{ quotation(regions: ["nz-por-1/../x"]) { source } }', 'regions', 'nz-por-1/../x'],
    ['{ quotation(regions: []) { source } }', 'regions', '[]'],
    ['{ products(regions: ["a b"]) { name } }', 'regions', 'a b'],
    ['{ measurements(from: "2026-02-30") { type } }', 'from', '2026-02-30'],
    ['{ measurements(from: "2026-10-02", to: "2026-10-01") { type } }', 'to', '2026-10-01'],
    ['{ measurements(from: "2026-10-01", projectId: "a/b") { type } }', 'projectId', 'a/b'],
    ['{ credits(projectId: "") { type } }', 'projectId', '""'],
  ])('%s is BAD_USER_INPUT naming argument and value, without an upstream call', async (query, argument, value) => {
    const { errors } = await setup.gateway.askText(query)
    expect(errors?.length).toBe(1)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
    expect(errors?.[0]?.message).toContain(`${argument}: `)
    expect(errors?.[0]?.message).toContain(value)
    expect(requests()).toEqual([])
  })

  it.each([
    ['{ invoices(first: "x") { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ invoices(orderBy: UP) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ a'.repeat(20_000), 'QUERY_TOO_COMPLEX'],
    ['subscription { invoices }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s is %s', async (query, code) => {
    const { status, errors } = await setup.gateway.askText(query)
    expect(status).toBe(400)
    expect(errors?.[0]?.extensions).toMatchObject({ code, requestId: expect.any(String) })
    expect(requests()).toEqual([])
  })

  it('in a variable is BAD_USER_INPUT naming the variable and its value', async () => {
    const query = 'query ($m: YearMonth) { customerCost(prefix: "a", month: $m) { prefix } }'
    const { errors } = await setup.gateway.askText(query, { m: 5 })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(errors?.[0]?.message).toContain('Variable "$m" got invalid value 5; YearMonth is a month as text')
    expect(requests()).toEqual([])
  })

  it('among regions is reported with the regions that exist, without a call to a rating server', async () => {
    const { errors } = await setup.gateway.askText('{ quotation(regions: ["mars-1"]) { source } }')
    expect(errors?.[0]?.message).toBe('regions: "mars-1" is not one of the regions nz-por-1, nz-hlz-1')
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'regions' })
    expect(setup.catalyst.requests).toEqual([])
    setup.catalyst.keystone.requests.length = 0
  })

  it('is not logged as an internal error', () => {
    expect(setup.gateway.log.filter(line => line.includes('unexpected error'))).toEqual([])
  })

  it('makes only its own entry of nodes null', async () => {
    const { data, errors } = await setup.gateway.askText(
      '{ nodes(ids: ["nonsense", "catalyst:provider:catalyst-cloud"]) { id } }',
    )
    expect(data).toEqual({ nodes: [null, { id: 'catalyst:provider:catalyst-cloud' }] })
    expect(errors?.map(error => error.path)).toEqual([['nodes', 0]])
  })
})

function requests(): readonly string[] {
  return [...setup.catalyst.requests, ...setup.threescale.requests, ...setup.catalyst.keystone.requests]
}
