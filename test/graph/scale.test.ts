import { describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../src/demo.js'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock, startGateway, TODAY } from '../gateway.js'
import { largeBill, largeTenant } from '../large-upstreams.js'
import { CustomerCostDocument, InvoicesDocument } from '../operations/operations.generated.js'

const INVOICES = 5_000
const LINES = 20_000

describe('a tenant of five thousand invoices', () => {
  it('gives any page in a number of calls that does not grow with the list', async () => {
    await using threescale = await startThreescale({ clock, data: largeTenant(INVOICES, 0, TODAY) })
    const { url, accessToken } = threescale
    await using gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
    const callsFor = async (variables: object): Promise<number> => {
      threescale.requests.length = 0
      const { data, errors } = await gateway.ask(InvoicesDocument, { first: null, ...variables })
      expect(errors).toBeUndefined()
      expect(data?.invoices?.totalCount).toBe(INVOICES)
      expect(data?.invoices?.nodes).toHaveLength(20)
      return threescale.requests.length
    }
    expect(await callsFor({ first: 20 })).toBe(1)
    expect(await callsFor({ last: 20 })).toBeLessThanOrEqual(2)
    const after = Buffer.from('2021-06|1|0000000000000002500').toString('base64url')
    // The first page, then halves of fifty.
    expect(await callsFor({ first: 20, after })).toBeLessThanOrEqual(9)
  })
})

describe('a bill of twenty thousand lines', () => {
  it('tells what a customer costs', async () => {
    const { data, projectId } = largeBill(LINES, TODAY)
    await using catalyst = await startCatalyst({ clock, data })
    await using gateway = await startGateway({ catalyst: settingsForStandIn(catalyst), threescale: null })
    const variables = { prefix: 'customer-7', match: 'SEGMENT', month: '2026-10', projectId } as const
    const { data: answer, errors } = await gateway.ask(CustomerCostDocument, variables)
    expect(errors).toBeUndefined()
    // Two hundred lines of 7.44 each.
    expect(answer?.customerCost).toMatchObject({
      total: { net: { amount: '1488.00' } },
      lineItems: { totalCount: 200 },
    })
  })
})
