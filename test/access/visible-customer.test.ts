import { describe, expect, it } from 'vitest'
import { ANONYMOUS } from '../../src/access/anonymous.js'
import { FULL_ACCESS } from '../../src/access/full-access.js'
import type { Grants } from '../../src/access/principal.js'
import { visibleCustomer } from '../../src/access/visible-customer.js'
import { parseRegistry } from '../../src/config/customers-file.js'

const [wcc] = parseRegistry(
  `customers:
  - key: wcc
    name: WCC Hosting
    claims: [{ prefix: customer-wcc, projectId: p1 }, { prefix: wcc, match: STARTS_WITH }]
    buyers: [101, 102]`,
  problem => expect.fail(problem),
).customers

/** The visible parts: prefixes, buyers, and whether the cost and the revenue are whole; null for a hidden customer. */
function visibleTo(grants: Partial<Grants>) {
  const principal = { ...ANONYMOUS, grants: { ...ANONYMOUS.grants, ...grants } }
  const visible = wcc ? visibleCustomer(principal, wcc) : null
  return (
    visible && [visible.claims.map(({ prefix }) => prefix), visible.buyers, visible.seesAllCost, visible.seesAllRevenue]
  )
}

const of = (...words: readonly string[]) => new Set(words)

describe('a registered customer', () => {
  it('is visible as a whole with full access', () => {
    expect(visibleTo(FULL_ACCESS.grants)).toEqual([['customer-wcc', 'wcc'], ['101', '102'], true, true])
  })

  it('does not exist for a caller without any of its grants', () => {
    expect(visibleTo({})).toBeNull()
    expect(visibleTo({ prefixes: of('customer-acme'), buyers: of('103') })).toBeNull()
  })

  it('shows a caller with the grant of a buyer that buyer, and no claim', () => {
    expect(visibleTo({ buyers: of('101') })).toEqual([[], ['101'], false, false])
    expect(visibleTo({ buyers: of('101', '102') })).toEqual([[], ['101', '102'], false, true])
  })

  it('shows a caller with the grant of a prefix that claim, and no buyer', () => {
    expect(visibleTo({ prefixes: of('customer-wcc') })).toEqual([['customer-wcc'], [], false, false])
    expect(visibleTo({ prefixes: of('customer') })).toEqual([['customer-wcc'], [], false, false])
  })

  it('has its whole cost in the prefixes granted only if they include every name of its claims', () => {
    expect(visibleTo({ prefixes: of('customer-wcc', 'wcc') })).toEqual([['customer-wcc', 'wcc'], [], false, false])
    expect(visibleTo({ prefixes: '*' })).toEqual([['customer-wcc', 'wcc'], [], true, false])
  })

  it('shows a caller with the grant of a project the claims that apply there', () => {
    expect(visibleTo({ projects: of('p1') })).toEqual([['customer-wcc', 'wcc'], [], false, false])
    expect(visibleTo({ projects: of('p2') })).toEqual([['wcc'], [], false, false])
    expect(visibleTo({ projects: '*' })).toEqual([['customer-wcc', 'wcc'], [], true, false])
  })
})
