import { describe, expect, it } from 'vitest'
import { formatDecimal } from '../../../src/domain/decimal.js'
import { listInvoices } from '../../../src/loaders/invoices.js'
import { freshRequest, threescaleFilter } from '../../loaders/threescale/tenant-loaders.js'
import { startAnswering } from '../threescale/billing-stand-in.js'
import { invoiceElement, lineElement, pageDocument, totals } from '../threescale/documents.js'

const FIRST_PAGE = { size: 10, direction: 'forward', beyond: null, until: null } as const

const question = { page: 1, perPage: 100, direction: 'desc' } as const

function page(...invoices: readonly string[]) {
  const body = pageDocument(invoices, totals(invoices.length))
  return { status: 200, headers: { 'Content-Type': 'application/xml; charset=utf-8' }, body }
}

describe('a page of invoices', () => {
  it('may have a refund: negative lines and a negative total, without notices', async () => {
    const refund = invoiceElement({
      cost: '-36.3',
      vat_amount: '-6.3',
      cost_without_vat: '-30.0',
      'line-items': lineElement({ cost: '-50.0' }) + lineElement({ id: '9002', cost: '20.0' }),
    })
    await using server = await startAnswering(page(refund))

    const { invoices } = await server.billing.invoicePage(question)

    const [{ total, lineItems, notices } = fail()] = invoices
    expect([total.net, total.tax, total.gross].map(amount => amount && formatDecimal(amount))).toEqual([
      '-30.0',
      '-6.3',
      '-36.3',
    ])
    expect(lineItems?.map(({ cost }) => formatDecimal(cost.net))).toEqual(['-50.0', '20.0'])
    expect(notices).toEqual([])
  })

  it('may have a line with only a name and a cost, and an invoice without VAT and currency', async () => {
    const empty = { description: '', quantity: '', type: '', metric_id: '', plan_id: '', contract_id: '' }
    const bare = invoiceElement({
      currency: '',
      cost: '100.0',
      vat_rate: null,
      vat_amount: null,
      'line-items': lineElement(empty),
    })
    await using server = await startAnswering(page(bare))

    const { invoices } = await server.billing.invoicePage(question)

    const [{ total, lineItems, notices } = fail()] = invoices
    expect(total.net.currency).toBe('XXX')
    expect([total.tax, total.gross].map(amount => amount && formatDecimal(amount))).toEqual(['0.0', '100.0'])
    expect(lineItems).toMatchObject([{ quantity: null, type: 'MANUAL', metricId: null, contractId: null }])
    expect(notices).toEqual([])
  })

  it('keeps unknown states and types, and the invoices beside them', async () => {
    const strange = invoiceElement({
      id: '1202',
      state: 'void',
      creation_type: 'imported',
      'line-items': lineElement({ type: 'LineItem::Tip', contract_type: 'Treaty' }),
    })
    await using server = await startAnswering(page(strange, invoiceElement({ state: 'cancelled' })))

    const { invoices } = await server.billing.invoicePage(question)

    expect(invoices.map(({ nativeId, state, rawState }) => [nativeId, state, rawState])).toEqual([
      ['1202', 'UNKNOWN', 'void'],
      ['1201', 'CANCELLED', 'cancelled'],
    ])
    expect(invoices[0]?.lineItems?.[0]).toMatchObject({ type: 'UNKNOWN', rawType: 'LineItem::Tip' })
  })
})

describe('a list of invoices in the graph', () => {
  it('states sums that leave out cancelled ones', async () => {
    const body = page(invoiceElement({}), invoiceElement({ id: '1202', state: 'cancelled' }))
    await using server = await startAnswering(body)
    const question = { filter: threescaleFilter(), order: 'PERIOD_DESC', request: FIRST_PAGE } as const
    const list = await listInvoices(freshRequest(server.billing), question)

    expect(await list.count()).toBe(2)
    expect(await list.totals()).toMatchObject([{ ledger: 'REVENUE', currencyCode: 'EUR', count: 1 }])
  })
})

function fail(): never {
  throw new Error('no invoice')
}
