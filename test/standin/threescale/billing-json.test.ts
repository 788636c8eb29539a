import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { get, send } from './request.js'

let standIn: ThreescaleStandIn
beforeAll(async () => {
  standIn = await startThreescale({ data: nimbusMaps, timeZone: 'Europe/Madrid' })
})
afterAll(() => standIn.close())

const read = async (path: string) => await (await get(standIn, `/api${path}`)).text()

describe('the JSON of the billing API', () => {
  it('has an invoice with times and floats, but without lines and parties', async () => {
    const { url } = standIn
    expect(await read('/invoices/1201.json')).toBe(
      '{"invoice":{"id":1201,"friendly_id":"2023-11-00000001","created_at":"2024-06-01T02:20:01+02:00",' +
        '"updated_at":"2024-06-01T02:20:01+02:00","state":"paid","paid_at":"2023-12-07T10:15:42+01:00",' +
        '"due_on":"2023-12-05","issued_on":"2023-12-03","currency":"EUR","cost":437.69,"vat_rate":21.0,' +
        '"vat_amount":75.96225,"cost_without_vat":361.725,"period":{"begin":"2023-11-01","end":"2023-11-30"},' +
        `"creation_type":"background","links":[{"rel":"account","href":"${url}/admin/api/accounts/71"},` +
        `{"rel":"self","href":"${url}/api/invoices/1201"},` +
        `{"rel":"payment_transactions","href":"${url}/api/invoices/1201/payment_transactions"},` +
        `{"rel":"line_items","href":"${url}/api/invoices/1201/line_items"}]}}`,
    )
  })

  it('omits nil values, except the VAT', async () => {
    const { invoice } = JSON.parse(await read('/invoices/1202.json'))
    expect(invoice).toMatchObject({ vat_rate: null, vat_amount: null })
    for (const name of ['paid_at', 'due_on', 'issued_on', 'currency']) expect(invoice).not.toHaveProperty(name)
  })

  it('has the totals only if there is more than one page', async () => {
    expect(JSON.parse(await read('/invoices.json?per_page=8&page=3'))).toMatchObject({
      invoices: [{ invoice: {} }, { invoice: {} }, { invoice: {} }],
      metadata: { per_page: 8, total_entries: 19, total_pages: 3, current_page: 3 },
    })
    expect(JSON.parse(await read('/invoices.json?state=paid'))).not.toHaveProperty('metadata')
  })

  it('names a line by its class', async () => {
    const keys = async (id: number) =>
      JSON.parse(await read(`/invoices/${id}/line_items.json`)).line_items.flatMap(Object.keys)
    expect(await keys(1201)).toEqual(['plan_cost', 'variable_cost'])
    expect(await keys(1217)).toEqual(['line_item', 'line_item', 'plan_cost'])
  })

  it('omits the gateway’s response', async () => {
    const text = await read('/invoices/1201/payment_transactions.json')
    expect(JSON.parse(text).payment_transactions).toHaveLength(3)
    expect(text).not.toContain('gateway_response')
    expect(text).not.toContain('4242')
  })

  it.each([
    ['PUT', '/invoices/1217/state.json', { state: 'x' }, 422, '{"errors":{"base":["Cannot transition to x"]}}'],
    [
      'PUT',
      '/invoices/1217.json',
      { friendly_id: '' },
      422,
      '{"errors":{"friendly_id":["can\'t be blank","format should be YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX"]}}',
    ],
    ['GET', '/invoices/4711.json', undefined, 404, '{"status":"Not found"}'],
    ['GET', '/invoices.json?access_token=x', undefined, 403, '{"error":"Access denied"}'],
    ['DELETE', '/invoices/1201/line_items/9001.json', undefined, 403, '{"errors":{"base":["Invalid invoice state"]}}'],
  ])('has the error: %s %s', async (method, path, sent, status, body) => {
    const response = await send(standIn, method, `/api${path}`, sent)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(body)
  })

  it('is the response to writes too', async () => {
    const response = await send(standIn, 'POST', '/api/invoices/1217/line_items.json', { json: { cost: 5, type: '' } })
    expect(response.status).toBe(201)
    expect(JSON.parse(await response.text())).toMatchObject({ line_item: { cost: 5, type: '' } })
  })
})
