import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseRegistry } from '../../src/config/customers-file.js'
import { CurrentRegistry } from '../../src/loaders/customers/current-registry.js'
import { DEMO_REGISTRY } from '../../src/standin/demo-registry.js'
import { startTestSetup, type TestSetup } from '../gateway.js'

const text = readFileSync(new URL('../../docs/economics.md', import.meta.url), 'utf8').replaceAll('−', '-')
const WCC = 'customer(by: { key: "wcc" })'

let setup: TestSetup
beforeAll(async () => {
  const registry = new CurrentRegistry(
    parseRegistry(DEMO_REGISTRY, problem => {
      throw new Error(problem)
    }),
  )
  setup = await startTestSetup({ server: { registry } })
})
afterAll(() => setup[Symbol.asyncDispose]())

async function answer(query: string): Promise<unknown> {
  const { data, errors } = await setup.gateway.askText(query)
  expect(errors).toBeUndefined()
  return data
}

describe('the figures of docs/economics.md', () => {
  it('are those of the margin of July 2017', async () => {
    const fields = 'revenue { amount } collected { amount } cost { amount } amount { amount } rate gaps'
    expect(await answer(`{ ${WCC} { margin(month: "2017-07") { ${fields} } } }`)).toMatchObject({
      customer: {
        margin: {
          revenue: { amount: expect.stringMatching(/^70\.26/) },
          collected: { amount: expect.stringMatching(/^70\.26/) },
          cost: { amount: '81.69' },
          amount: { amount: expect.stringMatching(/^-11\.43/) },
          rate: '-0.162681',
          gaps: [],
        },
      },
    })
    for (const figure of ['70.26', '81.69', '**-11.43**', '**-0.162681**']) expect(text).toContain(figure)
  })

  it('are those of the forecast on 22 November 2026', async () => {
    const fields = 'expected { amount } low { amount } high { amount }'
    expect(await answer(`{ quotation { total { net { amount } } forecast { ${fields} } } }`)).toEqual({
      quotation: {
        total: { net: { amount: '1347.81' } },
        forecast: { expected: { amount: '1917.61' }, low: { amount: '1917.03' }, high: { amount: '1917.83' } },
      },
    })
    for (const figure of ['1347.81', '**1917.61**', '**1917.03**', '**1917.83**']) expect(text).toContain(figure)
  })

  it('are those of the reconciliation of July 2017', async () => {
    const fields =
      'customer { key } cost { amount } onCharged { amount } billed { amount } paid { amount } differences { cause amount { amount } }'
    const data = (await answer(`{ reconciliation(month: "2017-07") { customers { ${fields} } } }`)) as {
      reconciliation: { customers: { customer: { key: string } }[] }
    }
    const paid = { amount: expect.stringMatching(/^70\.26/) }
    expect(data.reconciliation.customers.find(({ customer }) => customer.key === 'wcc')).toMatchObject({
      cost: { amount: '81.69' },
      onCharged: paid,
      billed: paid,
      paid,
      differences: [{ cause: 'CHANGED_SINCE', amount: { amount: expect.stringMatching(/^-11\.43/) } }],
    })
    for (const figure of ['cost **81.69**', 'on-charged **70.26**', '`CHANGED_SINCE` **-11.43**'])
      expect(text).toContain(figure)
  })
})
