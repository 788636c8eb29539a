import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenScope } from '../../../src/standin/threescale/authentication.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { ask } from './ask.js'
import { nimbusMaps } from './nimbus-maps.js'

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
  ])('%s is answered byte by byte', async (name, path) => {
    const response = await ask(standIn, path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await response.text()).toBe(sample(name))
  })

  it.each<[string, { financeEnabled?: boolean; scopes?: readonly TokenScope[]; path?: string; sent?: string }]>([
    ['error-403-access-denied.xml', { sent: 'another' }],
    ['error-403-token-permissions.xml', { scopes: ['finance'], path: '/admin/api/accounts.xml' }],
    ['error-403-finance-off.xml', { financeEnabled: false }],
  ])('%s is answered byte by byte', async (name, refused) => {
    const { financeEnabled = true, scopes = ['finance'], path = '/api/invoices.xml', sent = 'one' } = refused
    const tokens = [{ value: 'one', scopes, permission: 'ro' }] as const
    await using strict = await startThreescale({ data: nimbusMaps, financeEnabled, tokens })
    const response = await fetch(`${strict.url}${path}?access_token=${sent}`)
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await response.text()).toBe(sample(name))
  })

  it('error-500.xml is answered byte by byte to a filter that is a list', async () => {
    const response = await ask(standIn, '/api/invoices.xml?state[]=paid&state[]=open')
    expect(response.status).toBe(500)
    expect(await response.text()).toBe(sample('error-500.xml'))
  })
})
