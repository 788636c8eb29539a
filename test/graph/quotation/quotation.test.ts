import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSetup, type TestSetup } from '../../gateway.js'
import { QuotationDocument } from '../../operations/operations.generated.js'

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup()
})
afterAll(() => setup[Symbol.asyncDispose]())

describe('quotation', () => {
  it('adds up the regions of the running month', async () => {
    const { data, errors } = await setup.gateway.ask(QuotationDocument)
    expect(errors).toBeUndefined()
    expect(data?.quotation).toMatchObject({
      source: 'CATALYST',
      ledger: 'COST',
      period: { month: '2026-11' },
      buyer: { id: `catalyst:buyer:${setup.catalyst.credentials.projectId}` },
      missingRegions: [],
      total: { taxBasis: 'COMPUTED' },
      notices: [{ code: 'TAX_COMPUTED' }],
    })
    expect(data?.quotation?.regions.map(region => region.region)).toEqual(['nz-por-1', 'nz-hlz-1'])
  })

  it('has the same total whatever other fields are selected', async () => {
    const { data } = await setup.gateway.askText(
      `{ bare: quotation { total { net { amount } gross { amount } } regions { total { gross { amount } } } }
         full: quotation { total { net { amount } gross { amount } } regions { total { gross { amount } } } lineItems { total { gross { amount } } } } }`,
    )
    const { bare, full } = data as {
      bare: object
      full: { total: { gross: object }; lineItems: { total: { gross: object } } }
    }
    expect(full).toMatchObject(bare)
    expect(full.lineItems.total.gross).toEqual(full.total.gross)
    const alone = await setup.gateway.askText(
      '{ bare: quotation { total { net { amount } gross { amount } } regions { total { gross { amount } } } } }',
    )
    expect(alone.data).toEqual({ bare })
  })

  it('is of one region when the query names one', async () => {
    const { data } = await setup.gateway.ask(QuotationDocument, { regions: ['nz-hlz-1'] })
    expect(data?.quotation?.regions.map(region => region.region)).toEqual(['nz-hlz-1'])
  })

  it('matches the documentation for the project openstack', async () => {
    const { data } = await setup.gateway.ask(QuotationDocument, { projectId: '94b566de52f9423fab80ceee8c0a4a23' })
    expect(data?.quotation).toMatchObject({ buyer: { name: 'openstack' }, total: { net: { amount: '34.82' } } })
  })

  it('is null for a project that no region knows', async () => {
    const { data, errors } = await setup.gateway.ask(QuotationDocument, { projectId: 'nowhere' })
    expect([data?.quotation, errors]).toEqual([null, undefined])
  })
})
