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
    expect(pathsOf(server.asked).toSorted()).toEqual([
      '/api/accounts/72/invoices.xml',
      '/api/accounts/73/invoices.xml',
      '/api/invoices.xml',
    ])
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
