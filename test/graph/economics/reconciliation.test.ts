import { afterEach, describe, expect, it } from 'vitest'
import type { TestSetup } from '../../gateway.js'
import { billRequests, customerOf, startEconomics } from './economics-setup.js'

const FIGURES = `customer { prefix } cost { amount } onCharged { amount } billed { amount } paid { amount } gaps
  differences { cause amount { amount currencyCode } invoice { id } message }`

let setup: TestSetup
afterEach(() => setup[Symbol.asyncDispose]())

async function reconciliation(month = '2026-10'): Promise<readonly unknown[]> {
  const { data } = await setup.gateway.askText(`{ reconciliation(month: "${month}") { customers { ${FIGURES} } } }`)
  const found = data?.reconciliation as { customers: unknown[] } | undefined
  return found?.customers ?? []
}

describe('the reconciliation of a month', () => {
  it('has each customer of the registry, with the cause of each difference', async () => {
    setup = await startEconomics()
    const [first, ...others] = await reconciliation()
    expect(first).toEqual({
      customer: { prefix: 'customer-wcc' },
      cost: { amount: '582.15' },
      onCharged: { amount: '0.00' },
      billed: { amount: '1329.5282' },
      paid: { amount: '1329.5282' },
      gaps: [],
      differences: [
        {
          cause: 'NOT_ON_CHARGED',
          amount: { amount: '-582.15', currencyCode: 'NZD' },
          invoice: null,
          message: 'No line of an invoice on-charges this cost.',
        },
        {
          cause: 'FOREIGN_LINES',
          amount: { amount: '1329.5282', currencyCode: 'NZD' },
          invoice: { id: 'threescale:invoice:1276' },
          message: '3 lines have no on-charge marker.',
        },
      ],
    })
    expect(others).toHaveLength(2)
  })

  it('of fifty customers takes one call for the project and the pages of the month in the list of 3scale', async () => {
    const customers = Array.from({ length: 50 }, (_, index) =>
      customerOf(`c${index}`, `c-${index}`, [String(101 + index)]),
    )
    setup = await startEconomics({ registry: { customers } })
    expect(await reconciliation()).toHaveLength(50)
    expect(billRequests(setup)).toEqual(['GET /v2/invoices'])
    expect(new Set(setup.threescale.requests)).toEqual(new Set(['GET /api/invoices.xml']))
  })

  it('shows each side that is known while the other system is down', async () => {
    setup = await startEconomics()
    await setup.catalyst.close()
    expect((await reconciliation())[0]).toMatchObject({
      cost: null,
      billed: { amount: '1329.5282' },
      gaps: ['UPSTREAM_DOWN'],
    })
    await setup[Symbol.asyncDispose]()
    setup = await startEconomics()
    await setup.threescale.close()
    expect((await reconciliation())[0]).toMatchObject({
      cost: { amount: '582.15' },
      billed: null,
      gaps: ['UPSTREAM_DOWN'],
    })
  })

  it('lists the customers that the caller may see, and nothing of a side without a grant', async () => {
    setup = await startEconomics({ caller: { projects: new Set(), prefixes: new Set(), buyers: new Set(['102']) } })
    expect(await reconciliation()).toMatchObject([
      { customer: { prefix: '' }, cost: null, billed: { amount: '386.0795' }, gaps: ['NOT_ALL_VISIBLE'] },
    ])
    expect(billRequests(setup)).toEqual([])
  })

  it('is empty without a registry', async () => {
    setup = await startEconomics({ registry: { customers: [] } })
    expect(await reconciliation()).toEqual([])
  })
})
