import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limitsOf } from '../../../src/access/limit.js'
import { type LimitedGateway, startLimitedGateway } from './limited-gateway.js'

const settingsOf = (mode: 'enforce' | 'shadow', allowed: number) => ({
  mode,
  limits: limitsOf({ LIMIT_PAGE_SIZE: allowed }),
  rate: null,
})

let gateway: LimitedGateway
beforeAll(async () => {
  gateway = await startLimitedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('a page of more than 100 items', () => {
  it.each<[string, string, object]>([
    ['first', '{ invoices(first: 500) { totalCount } }', {}],
    ['last', '{ invoices(last: 500) { totalCount } }', {}],
    ['first', 'query ($n: Int) { invoices(first: $n) { totalCount } }', { n: 500 }],
    ['last', 'query ($n: Int = 500) { buyers(last: $n) { totalCount } }', {}],
    ['first', '{ invoices(first: 2) { nodes { lineItems(first: 500) { totalCount } } } }', {}],
    ['first', '{ buyers { totalCount } invoices(first: 500) { totalCount } }', {}],
  ])('is refused as bad input that names %s before any upstream call: %s', async (argument, query, variables) => {
    const { status, errors, data } = await gateway.ask(query, variables)
    expect([status, data]).toEqual([400, undefined])
    expect(errors).toEqual([
      {
        message: `${argument}: 500 is not a number from 0 to 100`,
        extensions: { code: 'BAD_USER_INPUT', argument, requestId: expect.any(String) },
      },
    ])
    expect(gateway.upstreamCalls()).toEqual([])
  })

  it.each<[string, number, string, object]>([
    ['last', -1, '{ invoices(first: 2) { nodes { lineItems(last: -1) { totalCount } } } }', {}],
    ['first', -5, '{ customerCost(prefix: "a") { lineItems(first: -5) { totalCount } } }', {}],
    ['last', -1, 'query ($n: Int) { invoices { nodes { lineItems(last: $n) { totalCount } } } }', { n: -1 }],
    ['first', -7, 'query ($n: Int = -7) { invoices { nodes { ... { lineItems(first: $n) { totalCount } } } } }', {}],
    ['last', -1, '{ invoices { nodes { lineItems(first: 5, last: -1) { totalCount } } } }', {}],
    ['first', -1, 'query ($n: Int) { buyers(first: $n) { totalCount } }', { n: -1 }],
    ['last', -3, '{ invoices(last: -3) { totalCount } }', {}],
  ])('or of a negative number is refused in the same way: %s of %i in %s', async (argument, size, query, variables) => {
    const { status, errors, data } = await gateway.ask(query, variables)
    expect([status, data]).toEqual([400, undefined])
    expect(errors).toEqual([
      {
        message: `${argument}: ${size} is not a number from 0 to 100`,
        extensions: { code: 'BAD_USER_INPUT', argument, requestId: expect.any(String) },
      },
    ])
    expect(gateway.upstreamCalls()).toEqual([])
  })

  it('is refused in the same words by its field in shadow mode', async () => {
    await using shadow = await startLimitedGateway({ limits: settingsOf('shadow', 100) })
    const { errors } = await shadow.ask('{ invoices(first: 500) { totalCount } }')
    expect(errors.map(({ message, extensions }) => [message, extensions?.code])).toEqual([
      ['first: 500 is not a number from 0 to 100', 'BAD_USER_INPUT'],
    ])
  })
})

describe('a lower limit', () => {
  it('is named in the error, and applies to the default size too', async () => {
    await using lower = await startLimitedGateway({ limits: settingsOf('enforce', 10) })
    const messageOf = async (query: string) => (await lower.ask(query)).errors.map(({ message }) => message)
    expect(await messageOf('{ invoices(first: 11) { totalCount } }')).toEqual([
      'first: 11 is not a number from 0 to 10',
    ])
    expect(await messageOf('{ invoices { totalCount } }')).toEqual([
      'first: 20 (the default) is not a number from 0 to 10',
    ])
    expect(lower.upstreamCalls()).toEqual([])
    expect(await messageOf('{ invoices(first: 10) { totalCount } }')).toEqual([])
  })
})
