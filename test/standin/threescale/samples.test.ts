import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenScope } from '../../../src/standin/threescale/authentication.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { invoice, nimbusMaps, planLine } from './nimbus-maps.js'
import { get, type Sent, send } from './request.js'

const samples = new URL('../../../../shared/upstream/samples/threescale/', import.meta.url)

function sample(name: string): string {
  return readFileSync(new URL(name, samples), 'utf8')
}

describe.skipIf(!existsSync(samples))('the recorded samples', () => {
  let standIn: ThreescaleStandIn
  beforeAll(async () => {
    standIn = await startThreescale({ data: nimbusMaps, timeZone: 'Europe/Madrid', generation: 'main' })
  })
  afterAll(() => standIn.close())

  it.each([
    ['invoices-page.xml', '/api/invoices.xml?per_page=8'],
    ['invoices-page-past-end.xml', '/api/invoices.xml?per_page=8&page=9'],
    ['invoices-empty.xml', '/api/accounts/74/invoices.xml'],
    ['invoice-paid.xml', '/api/invoices/1201.xml'],
    ['invoice-just-created.xml', '/api/invoices/1302.xml'],
    ['invoice-deleted-buyer.xml', '/api/invoices/1204.xml'],
    ['invoice-tiny-vat-exponent.xml', '/api/accounts/73/invoices/1301.xml'],
    ['line-items.xml', '/api/invoices/1217/line_items.xml'],
    ['line-items-empty.xml', '/api/invoices/1302/line_items.xml'],
    ['account.xml', '/admin/api/accounts/71.xml'],
    ['accounts-page.xml', '/admin/api/accounts.xml?per_page=2'],
    ['accounts-single-page.xml', '/admin/api/accounts.xml?state=pending'],
    ['payment-transactions.xml', '/api/invoices/1201/payment_transactions.xml'],
    ['payment-transactions-empty.xml', '/api/invoices/1302/payment_transactions.xml'],
    ['application.xml', '/admin/api/accounts/71/applications/501.xml'],
    ['application.xml', '/admin/api/applications/find.xml?application_id=501'],
    ['applications-page.xml', '/admin/api/applications.xml?per_page=2'],
    ['metrics.xml', '/admin/api/services/11/metrics.xml'],
    ['services-with-metrics.xml', '/admin/api/services.xml'],
    ['account.xml', '/admin/api/accounts/find.xml?username=greta'],
  ])('%s is printed byte for byte', async (name, path) => {
    const response = await get(standIn, path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await response.text()).toBe(sample(name))
  })

  it.each<[string, { financeEnabled?: boolean; scopes?: readonly TokenScope[]; path?: string; sent?: string }]>([
    ['error-403-access-denied.xml', { sent: 'another' }],
    ['error-403-token-permissions.xml', { scopes: ['finance'], path: '/admin/api/accounts.xml' }],
    ['error-403-finance-off.xml', { financeEnabled: false }],
  ])('%s is printed byte for byte', async (name, refused) => {
    const { financeEnabled = true, scopes = ['finance'], path = '/api/invoices.xml', sent = 'one' } = refused
    const tokens = [{ value: 'one', scopes, permission: 'ro' }] as const
    await using strict = await startThreescale({ data: nimbusMaps, financeEnabled, tokens })
    const response = await fetch(`${strict.url}${path}?access_token=${sent}`)
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await response.text()).toBe(sample(name))
  })

  it('error-500.xml is printed byte for byte for a filter that is a list', async () => {
    const response = await get(standIn, '/api/invoices.xml?state[]=paid&state[]=open')
    expect(response.status).toBe(500)
    expect(await response.text()).toBe(sample('error-500.xml'))
  })

  it.each<[string, number, string, string, Sent]>([
    ['error-422-invoice-create-unknown-account.xml', 422, 'POST', '/api/invoices.xml', { account_id: '4711' }],
    ['error-422-invoice-update.xml', 422, 'PUT', '/api/invoices/1217.xml', { period: '2024-1', friendly_id: 'x' }],
    ['error-422-state.xml', 422, 'PUT', '/api/invoices/1217/state.xml', { state: 'paid' }],
    ['error-422-charge-state.xml', 422, 'POST', '/api/invoices/1217/charge.xml', undefined],
    ['error-422-charge-failed.xml', 422, 'POST', '/api/invoices/1215/charge.xml', undefined],
    ['error-422-line-item-state.xml', 422, 'POST', '/api/invoices/1201/line_items.xml', { name: 'x', type: '' }],
    ['error-422-line-item-state.xml', 403, 'DELETE', '/api/invoices/1201/line_items/9001.xml', undefined],
    ['error-422-line-item-type.xml', 422, 'POST', '/api/invoices/1217/line_items.xml', { type: 'LineItem::Gift' }],
  ])('%s is printed byte for byte, with %i, for %s %s', async (name, status, method, path, sent) => {
    const response = await send(standIn, method, path, sent)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await response.text()).toBe(sample(name))
  })

  describe('of a new record', () => {
    // The state before the samples were recorded: nothing of June, and a line 9199 that was deleted later.
    const before = nimbusMaps.invoices.filter(({ period }) => period !== '2024-06')
    const options = {
      data: {
        ...nimbusMaps,
        invoices: [...before, invoice(1300, { friendlyId: 'fix', lineItems: [planLine(9199, 'x', '1')] })],
      },
      clock: () => new Date('2024-06-12T10:00:00Z'),
      timeZone: 'Europe/Madrid',
    }

    it('invoice-just-created.xml is printed byte for byte', async () => {
      await using fresh = await startThreescale(options)
      const response = await send(fresh, 'POST', '/api/invoices.xml', { account_id: '73' })
      expect(response.status).toBe(201)
      expect(await response.text()).toBe(sample('invoice-just-created.xml'))
      expect(await (await get(fresh, '/api/invoices/1302.xml')).text()).toBe(sample('invoice-just-created.xml'))
    })

    it('line-item-created.xml is printed byte for byte', async () => {
      await using fresh = await startThreescale(options)
      const path = '/api/invoices/1300/line_items'
      expect((await send(fresh, 'DELETE', `${path}/9199.xml`)).status).toBe(200)
      const sent = { name: 'Onboarding workshop', description: '2 days, remote', quantity: '2', cost: '32.5', type: '' }
      const response = await send(fresh, 'POST', `${path}.xml`, sent)
      expect(response.status).toBe(201)
      expect(await response.text()).toBe(sample('line-item-created.xml'))
    })
  })
})
