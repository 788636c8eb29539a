import { describe, expect, it } from 'vitest'
import { parseRegistry } from '../../src/config/customers-file.js'
import {
  claimantOf,
  claimantsIn,
  customerByKey,
  customerByPrefix,
  customerOfBuyer,
} from '../../src/domain/customer-claims.js'
import { registryFingerprint } from '../../src/domain/registry-fingerprint.js'

function registryOf(text: string) {
  return parseRegistry(text, problem => expect.fail(problem))
}

const registry = registryOf(`
customers:
  - key: wcc
    name: WCC
    claims: [{ prefix: customer-wcc, except: [customer-wcc-shop] }, { prefix: wcc-old, until: 2020-12 }]
    buyers: [101]
  - { key: shop, name: Shop, claims: [{ prefix: customer-wcc-shop }] }
  - { key: lab, name: Lab, claims: [{ prefix: lab, projectId: p1, match: STARTS_WITH }, { prefix: wcc-old, from: 2021-01 }] }
`)

const claimant = (name: string | null, month = '2020-07', projectId = 'p1') =>
  claimantOf(registry, { projectId, month, name })?.key ?? null

describe('claimantOf', () => {
  it.each([
    ['customer-wcc', 'wcc'],
    ['customer-wcc-web', 'wcc'],
    ['customer-wcc-shop', 'shop'],
    ['customer-wcc-shop-1', 'shop'],
    ['customer-wcc-shopping', 'wcc'],
    ['customer-wcc2', null],
    ['customer', null],
    ['laboratory', 'lab'],
    ['', null],
    [null, null],
  ])('finds the customer that claims %j: %j', (name, key) => {
    expect(claimant(name)).toBe(key)
  })

  it('depends on the project', () => {
    expect(claimant('lab-1', '2020-07', 'p2')).toBeNull()
  })

  it('depends on the month, first and last included', () => {
    expect(['2020-12', '2021-01'].map(month => claimant('wcc-old-1', month))).toEqual(['wcc', 'lab'])
  })

  it('finds the same customers for many names at once', () => {
    const find = claimantsIn(registry, { projectId: 'p1', month: '2020-07' })

    for (const name of ['customer-wcc-shop-1', 'customer-wcc-shopping', 'lab', null]) {
      expect(find(name)?.key ?? null).toBe(claimant(name))
    }
  })
})

describe('customers of a registry', () => {
  it('are found by key, by buyer and by the prefix of a claim', () => {
    expect(customerByKey(registry, 'shop')?.name).toBe('Shop')
    expect(customerOfBuyer(registry, '101')?.key).toBe('wcc')
    expect(customerByPrefix(registry, 'customer-wcc-shop')?.key).toBe('shop')
    expect([customerByKey(registry, 'x'), customerOfBuyer(registry, '1'), customerByPrefix(registry, 'cust')]).toEqual([
      null,
      null,
      null,
    ])
  })
})

describe('registryFingerprint', () => {
  it('ignores comments and layout, and changes with the content', () => {
    const one = registryOf('customers: [{ key: a, name: A, claims: [{ prefix: a }] }]')
    const same = registryOf('customers:\n  # the first\n  - key: a\n    name: A\n    claims:\n      - prefix: a\n')
    const other = registryOf('customers: [{ key: a, name: A, claims: [{ prefix: a, from: 2020-01 }] }]')

    expect(registryFingerprint(one)).toMatch(/^[0-9a-f]{64}$/)
    expect(registryFingerprint(same)).toBe(registryFingerprint(one))
    expect(registryFingerprint(other)).not.toBe(registryFingerprint(one))
  })
})
