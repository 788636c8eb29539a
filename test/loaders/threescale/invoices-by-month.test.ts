import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, monthsFrom } from '../../../src/domain/period.js'
import { startBilling } from '../../upstream/threescale/billing-stand-in.js'
import { tenantOf } from '../../upstream/threescale/random-tenants.js'
import { freshRequest, loadMany } from './tenant-loaders.js'

/** 450 invoices of nine buyers over three years. */
const data = tenantOf(
  Array.from({ length: 450 }, (_, index) => ({
    id: 1001 + index,
    period: addMonths('2023-01', index % 36),
    buyerId: 71 + (index % 9),
  })),
)

/** 6,000 invoices: a hundred buyers in sixty months, up to December 2025. */
const longHistory = tenantOf(
  Array.from({ length: 6_000 }, (_, index) => ({
    id: 1001 + index,
    period: addMonths('2021-01', Math.floor(index / 100)),
    buyerId: 71 + (index % 100),
  })),
)

function expectedOf(buyerId: string, from: string, to: string): readonly string[] {
  const found = data.invoices.filter(one => String(one.buyerId) === buyerId && one.period >= from && one.period <= to)
  return found.map(({ id }) => String(id)).toSorted()
}

function pathsOf(asked: readonly string[]): readonly string[] {
  return asked.map(path => path.replace(/\?.*/, ''))
}

describe.each(['released', 'main'] as const)('the invoices of buyers in a range of months, on %s', generation => {
  it('of one month and many buyers are the pages of that month, read once', async () => {
    await using server = await startBilling({ data, generation })
    const keys = ['71', '72', '73', '79'].map(buyerId => ({ buyerId, from: '2024-03', to: '2024-03' }))
    const lists = await loadMany(freshRequest(server.billing).threescale.byMonth, keys)
    expect(lists.map(list => !(list instanceof Error) && list.map(one => one.nativeId).toSorted())).toEqual(
      keys.map(({ buyerId }) => expectedOf(buyerId, '2024-03', '2024-03')),
    )
    expect(pathsOf(server.asked)).toEqual(['/api/invoices.xml'])
  })

  it('of one buyer are its own list', async () => {
    await using server = await startBilling({ data, generation })
    const key = { buyerId: '72', from: '2023-06', to: '2025-05' }
    const list = await freshRequest(server.billing).threescale.byMonth.load(key)
    expect(list.map(one => one.nativeId).toSorted()).toEqual(expectedOf('72', '2023-06', '2025-05'))
    expect(pathsOf(server.asked)).toEqual(['/api/accounts/72/invoices.xml'])
  })

  it('of fewer buyers than pages are their own lists', async () => {
    await using server = await startBilling({ data, generation })
    const keys = ['72', '73'].map(buyerId => ({ buyerId, from: '2023-01', to: '2025-12' }))
    await loadMany(freshRequest(server.billing).threescale.byMonth, keys)
    const calls = Map.groupBy(pathsOf(server.asked), path => path)
    expect(calls.get('/api/accounts/72/invoices.xml')).toHaveLength(1)
    expect(calls.get('/api/accounts/73/invoices.xml')).toHaveLength(1)
    // Given up once it takes more pages than there are buyers.
    expect(calls.get('/api/invoices.xml')?.length).toBeLessThanOrEqual(2)
  })

  it('are those whose period begins in the range, whatever range and buyers', async () => {
    await using server = await startBilling({ data, generation })
    const month = fc.constantFrom(...monthsFrom('2022-11', '2026-02'))
    const buyers = fc.uniqueArray(fc.constantFrom('71', '72', '75', '79', '999'), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(month, month, buyers, async (one, other, ids) => {
        const [from = '', to = ''] = [one, other].toSorted()
        const keys = ids.map(buyerId => ({ buyerId, from, to }))
        const lists = await loadMany(freshRequest(server.billing).threescale.byMonth, keys)
        expect(lists.map(list => !(list instanceof Error) && list.map(found => found.nativeId).toSorted())).toEqual(
          ids.map(id => expectedOf(id, from, to)),
        )
      }),
      { numRuns: 25 },
    )
  })
})

describe('the invoices of buyers in a range of months', () => {
  it('of the last months and many buyers are the first pages of a long list', async () => {
    await using server = await startBilling({ data: longHistory, generation: 'released' })
    const keys = Array.from({ length: 50 }, (_, index) => ({
      buyerId: String(71 + index),
      from: '2025-11',
      to: '2026-12',
    }))
    const lists = await loadMany(freshRequest(server.billing).threescale.byMonth, keys)
    expect(lists.map(list => !(list instanceof Error) && list.length)).toEqual(keys.map(() => 2))
    // A hundred invoices a page and month: two months, an older one, and a call that shows whether the server sorts.
    expect(server.asked).toHaveLength(4)
    expect(new Set(pathsOf(server.asked))).toEqual(new Set(['/api/invoices.xml']))
  })
})
