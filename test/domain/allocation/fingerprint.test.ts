import { describe, expect, it } from 'vitest'
import { allocate } from '../../../src/domain/allocation/allocate.js'
import type { CustomerRegistry } from '../../../src/domain/customer-registry.js'
import { parseDecimal } from '../../../src/domain/decimal.js'
import type { TaxRounding } from '../../../src/domain/taxed-money.js'
import { bill, customer, line, pool, registry } from './small-bill.js'

const BILL = bill([line('a 10.00'), line('b 5.00'), line('db 3.00')])
const REGISTRY = registry('a b', [pool('WEIGHTS', { prefix: 'db' }, { a: '3', b: '1' })])

function fingerprint(of = BILL, by: CustomerRegistry = REGISTRY, rounding: TaxRounding = 'HALF_EVEN'): string {
  return allocate(of, by, rounding).fingerprint
}

describe('the fingerprint of an allocation', () => {
  it('is a SHA-256 that later versions repeat', () => {
    expect(fingerprint()).toBe('2fa8a8b4a8e5a58ae384d0b2219e34c76edf645365911055c71d967dff3188f9')
  })

  it('stays when nothing changes that the shares depend on', () => {
    const [a, b] = REGISTRY.customers
    const renamed = { ...customer('a'), name: 'Other', buyers: ['101'] }
    const old = customer('old', { until: '2026-09' })
    const rate = { month: '2026-10', from: 'NZD', to: 'EUR', rate: parseDecimal('0.55') }
    const same = [
      fingerprint({ ...BILL, asOf: '2027-01-01T00:00:00.000Z', stale: true }),
      fingerprint(BILL, { ...REGISTRY, customers: [b ?? renamed, a ?? renamed] }),
      fingerprint(BILL, { ...REGISTRY, customers: [renamed, b ?? renamed, old] }),
      fingerprint(BILL, { ...REGISTRY, exchangeRates: [rate] }),
    ]
    expect(new Set(same)).toEqual(new Set([fingerprint()]))
  })

  it('changes with the bill, the claims, the pools and the rounding', () => {
    const all = [
      fingerprint(),
      fingerprint(bill([line('a 10.01'), line('b 5.00'), line('db 3.00')])),
      fingerprint(bill([line('a 10.00'), line('b 5.00'), line('db 3.00')], ['18.01', '20.71'])),
      fingerprint(bill([line('a2 10.00'), line('b 5.00'), line('db 3.00')])),
      fingerprint({ ...BILL, basis: 'QUOTATION' }),
      fingerprint(BILL, registry('a b c', REGISTRY.pools)),
      fingerprint(BILL, registry('a b')),
      fingerprint(BILL, registry('a b', [pool('WEIGHTS', { prefix: 'db' }, { a: '2', b: '1' })])),
      fingerprint(BILL, registry('a b', [pool('EVEN', { prefix: 'db' })])),
      fingerprint(BILL, { ...REGISTRY, customers: [customer('a', { match: 'STARTS_WITH' }), customer('b')] }),
      fingerprint(BILL, REGISTRY, 'HALF_UP'),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})
