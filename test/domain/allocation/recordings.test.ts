import { expect, it } from 'vitest'
import { allocate } from '../../../src/domain/allocation/allocate.js'
import { billOnInvoices, type MonthBill } from '../../../src/domain/allocation/month-bill.js'
import type { CostPool } from '../../../src/domain/customer-registry.js'
import { resourceName } from '../../../src/domain/line-item.js'
import { readInvoices, readQuoted } from '../../upstream/catalyst/documents.js'
import { describeWithUpstream, readRecording } from '../../upstream/catalyst/upstream-folder.js'
import { exactParts, faultOf } from './check-allocation.js'
import { bill, customer, pool } from './small-bill.js'

const POLICIES: readonly CostPool['policy'][] = ['UNALLOCATED', 'EVEN', 'PROPORTIONAL', 'WEIGHTS']

/** A registry with a customer for every second name of the bill, and all the rest in one pool. */
function registryFor({ lineItems }: MonthBill, policy: CostPool['policy']) {
  const names = [...new Set(lineItems.flatMap(line => resourceName(line)?.split(/[-_./:]/)[0] ?? []))].sort()
  const customers = names.filter((_, index) => index % 2 === 0).map(name => customer(name, { match: 'SEGMENT' }))
  const weights = Object.fromEntries(customers.map(({ key }, index) => [key, String(index)]))
  return { customers, pools: [pool(policy, {}, policy === 'WEIGHTS' ? weights : {})], exchangeRates: [] }
}

function billIn(number: string): MonthBill {
  const { body, name } = readRecording(number)
  if (name.includes('quotations')) {
    const { total, lineItems } = readQuoted(body)
    return { ...bill(lineItems), basis: 'QUOTATION', total }
  }
  const [first, ...rest] = readInvoices(body)
  if (!first) throw new Error(`${name}: no invoice`)
  return billOnInvoices([first, ...rest])
}

describeWithUpstream('bills as recorded (read from the folder beside the project)', () => {
  it.each(
    ['030', '031', '091', '075', '076', '081'].flatMap(number => POLICIES.map(policy => [number, policy] as const)),
  )('%s is shared exactly by the policy %s', (number, policy) => {
    const recorded = billIn(number)
    const registry = registryFor(recorded, policy)
    expect(recorded.lineItems.length).toBeGreaterThan(0)
    expect(registry.customers.length).toBeGreaterThan(0)
    const allocation = allocate(recorded, registry, 'HALF_EVEN')
    expect(faultOf(allocation, exactParts({ bill: recorded, registry }))).toBeNull()
  })
})
