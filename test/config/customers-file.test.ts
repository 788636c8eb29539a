import { describe, expect, it } from 'vitest'
import { parseRegistry } from '../../src/config/customers-file.js'
import { parseDecimal } from '../../src/domain/decimal.js'
import { DEMO_REGISTRY } from '../../src/standin/demo-registry.js'
import { configOf, problemsOf } from './variables.js'

const WHOLE = `
customers:
  - key: wcc
    name: WCC Hosting
    claims:
      - { prefix: customer-wcc, projectId: p1, from: 2017-01, until: 2026-12, except: [customer-wcc-shop] }
    buyers: ["101"]
  - key: shop
    name: WCC Shop
    claims: [{ prefix: customer-wcc-shop, match: STARTS_WITH }]
pools:
  - { name: support, match: { type: SUPPORT }, policy: EVEN }
  - { name: db, match: { prefix: shared-db, projectId: p1, category: Databases }, policy: WEIGHTS, weights: { wcc: 3, shop: 0.5 } }
exchangeRates: { "2026-10": { NZD: { EUR: "0.55" } } }
`

/** Problems of a registry file, a phrase each. */
function problemsIn(text: string): readonly string[] {
  const problems: string[] = []
  parseRegistry(text, problem => problems.push(problem))
  return problems
}

/** Problems of the customers `a` and `b` with these claims. */
function problemsOfClaims(a: string, b: string): readonly string[] {
  return problemsIn(`customers: [{ key: a, name: A, claims: [${a}] }, { key: b, name: B, claims: [${b}] }]`)
}

describe('the customer registry file', () => {
  it('has customers with claims and buyers, pools and exchange rates', () => {
    const { registry } = configOf({ CUSTOMERS_FILE: '/etc/customers.yaml' }, { '/etc/customers.yaml': WHOLE })

    expect(registry).toEqual({
      customers: [
        {
          key: 'wcc',
          name: 'WCC Hosting',
          claims: [
            {
              prefix: 'customer-wcc',
              match: 'SEGMENT',
              projectId: 'p1',
              from: '2017-01',
              until: '2026-12',
              except: ['customer-wcc-shop'],
            },
          ],
          buyers: ['101'],
        },
        {
          key: 'shop',
          name: 'WCC Shop',
          claims: [
            { prefix: 'customer-wcc-shop', match: 'STARTS_WITH', projectId: null, from: null, until: null, except: [] },
          ],
          buyers: [],
        },
      ],
      pools: [
        {
          name: 'support',
          match: { type: 'SUPPORT', category: null, prefix: null, match: 'SEGMENT', projectId: null },
          policy: 'EVEN',
          weights: new Map(),
        },
        {
          name: 'db',
          match: { type: null, category: 'Databases', prefix: 'shared-db', match: 'SEGMENT', projectId: 'p1' },
          policy: 'WEIGHTS',
          weights: new Map([
            ['wcc', parseDecimal('3')],
            ['shop', parseDecimal('0.5')],
          ]),
        },
      ],
      exchangeRates: [{ month: '2026-10', from: 'NZD', to: 'EUR', rate: parseDecimal('0.55') }],
    })
  })

  it('is optional, and may be empty', () => {
    expect(configOf({}).registry).toBeNull()
    expect(problemsIn('')).toEqual([])
  })

  it('of the demo has no problem', () => {
    expect(problemsIn(DEMO_REGISTRY)).toEqual([])
  })

  it('that is not there, or is not YAML, is a problem of CUSTOMERS_FILE', () => {
    expect(problemsOf({ CUSTOMERS_FILE: '/etc/none.yaml' })).toEqual([
      'CUSTOMERS_FILE names "/etc/none.yaml", which cannot be read: no such file (ENOENT)',
    ])
    expect(problemsOf({ CUSTOMERS_FILE: '/c.yaml' }, { '/c.yaml': 'customers: [' })).toEqual([
      expect.stringMatching(/^CUSTOMERS_FILE names "\/c.yaml": the file is not YAML: see line 1/),
    ])
  })

  it('reports all its problems at once, each with its place', () => {
    const problems = problemsIn(`
customers:
  - { key: "no spaces", name: "", claims: [] }
  - { key: a, name: A, claims: [{ prefix: "", from: 2017-13, match: PREFIX }], buyers: [x] }
  - { key: b, name: B, claims: [{ prefix: b, from: 2020-02, until: 2020-01, colour: red }] }
pools:
  - { name: ROUNDING, match: { type: TAX }, policy: ODD }
  - { name: even, match: {}, policy: EVEN, weights: { a: 1 } }
  - { name: none, match: {}, policy: WEIGHTS }
  - { name: unknown, match: {}, policy: WEIGHTS, weights: { c: 1, a: 2 } }
exchangeRates:
  2026-00: { NZD: { EUR: 1 } }
  2026-10: { NZD: { EUR: 0, nzd: 1 } }
invoices: []
`)

    expect(problems).toEqual([
      'the file: unknown key "invoices"; expected customers, pools, exchangeRates',
      'customers[0].key is "no spaces": expected a key of 1 to 63 letters, digits, dots, dashes and underscores',
      'customers[0].name is "": expected a name of 1 to 255 characters',
      'customers[0].claims: expected at least one claim',
      'customers[1].claims.0.prefix is "": expected a prefix of 1 to 255 characters, without control characters',
      'customers[1].claims.0.match is "PREFIX": expected SEGMENT or STARTS_WITH',
      'customers[1].claims.0.from is "2017-13": expected a month as YYYY-MM',
      'customers[1].buyers.0 is "x": expected the id of a 3scale account, such as 101',
      'customers[2].claims.0: Unrecognized key: "colour"',
      'customers[2].claims.0.until is "2020-01": expected the month of from or a later one',
      'pools[0].name is "ROUNDING": expected a name of 1 to 63 characters; ROUNDING is reserved',
      expect.stringMatching(/^pools\[0\]\.match\.type is "TAX": expected one of PLAN_COST, .*, UNKNOWN$/),
      'pools[0].policy is "ODD": expected UNALLOCATED, EVEN, PROPORTIONAL or WEIGHTS',
      'pools[1].weights: expected weights with the policy WEIGHTS, and with no other',
      'pools[2].weights: expected weights with the policy WEIGHTS, and with no other',
      'pool "unknown": weights has "c", which is not the key of a customer',
      expect.stringMatching(/^exchangeRates.2026-00.*: expected a month as YYYY-MM$/),
      'exchangeRates.2026-10.NZD.EUR is "0": expected a rate above 0, such as "0.55"',
      expect.stringMatching(/^exchangeRates.2026-10.NZD.nzd.*: expected a currency code, such as NZD$/),
    ])
  })

  it.each([
    ['equal prefixes', '{ prefix: x }', '{ prefix: x }'],
    ['equal prefixes, one in one project only', '{ prefix: x, projectId: p1 }', '{ prefix: x }'],
    ['nested prefixes', '{ prefix: x }', '{ prefix: x-1 }'],
    ['nested prefixes, the longer first', '{ prefix: x-1 }', '{ prefix: x }'],
    ['STARTS_WITH, which includes longer words', '{ prefix: x, match: STARTS_WITH }', '{ prefix: xy }'],
    ['months that share one', '{ prefix: x, until: 2020-06 }', '{ prefix: x, from: 2020-06 }'],
    ['an exception of another prefix', '{ prefix: x, except: [x-2] }', '{ prefix: x-1 }'],
    ['an exception that is longer than the claim', '{ prefix: x, except: [x-1-a] }', '{ prefix: x-1 }'],
  ])('refuses claims that overlap and names both customers: %s', (_what, a, b) => {
    const problems = problemsOfClaims(a, b)

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^claims overlap: /)
    expect(problems[0]).toContain('of the customer "a"')
    expect(problems[0]).toContain('of the customer "b"')
  })

  it.each([
    ['prefixes of which none is within the other', '{ prefix: x-1 }', '{ prefix: x-2 }'],
    ['whole segments', '{ prefix: customer-1 }', '{ prefix: customer-10 }'],
    ['different projects', '{ prefix: x, projectId: p1 }', '{ prefix: x, projectId: p2 }'],
    ['months one after the other', '{ prefix: x, until: 2020-06 }', '{ prefix: x, from: 2020-07 }'],
    ['an exception', '{ prefix: x, except: [x-1] }', '{ prefix: x-1 }'],
    ['an exception that includes more', '{ prefix: x, except: [x-1] }', '{ prefix: x-1-a }'],
  ])('accepts claims that do not overlap: %s', (_what, a, b) => {
    expect(problemsOfClaims(a, b)).toEqual([])
  })

  it('refuses one prefix twice at one customer, and accepts one within another', () => {
    const ofOne = (claims: string) => problemsIn(`customers: [{ key: a, name: A, claims: [${claims}] }]`)

    expect(ofOne('{ prefix: x }, { prefix: x }')).toEqual([expect.stringMatching(/^claims overlap: /)])
    expect(ofOne('{ prefix: x }, { prefix: x-1 }')).toEqual([])
  })

  it('refuses a buyer of two customers, and a key that is used twice', () => {
    const customer = (key: string, prefix: string) =>
      `{ key: ${key}, name: A, claims: [{ prefix: ${prefix} }], buyers: [101] }`

    expect(problemsIn(`customers: [${customer('a', 'x')}, ${customer('b', 'y')}, ${customer('b', 'z')}]`)).toEqual([
      'customers: the key "b" is used more than once',
      'the buyer 101 belongs to more than one customer, or twice to one: "a" and "b" and "b"',
    ])
  })

  it('refuses an exception that is not within its claim', () => {
    expect(problemsOfClaims('{ prefix: x, except: [x, y] }', '{ prefix: z }')).toEqual([
      'customer "a": except has "x"; expected a longer prefix within "x"',
      'customer "a": except has "y"; expected a longer prefix within "x"',
    ])
  })
})
