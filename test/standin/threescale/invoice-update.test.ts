import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { errorsOf, type Sent, send } from './request.js'

let standIn: ThreescaleStandIn
beforeAll(async () => {
  standIn = await startThreescale({ data: nimbusMaps, clock: () => new Date('2024-07-01T00:00:00Z') })
})
afterAll(() => standIn.close())

const update = (id: number, sent: Sent, method = 'PUT', query = '') =>
  send(standIn, method, `/api/invoices/${id}.xml${query}`, sent)

describe('updating an invoice', () => {
  it.each([
    ['PUT', 1201],
    ['PATCH', 1202],
    ['PUT', 1217],
  ])('is allowed in every state: %s %i', async (method, id) => {
    const response = await update(id, { period: '2024-06' }, method)
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text).toContain('<period><from>2024-06-01</from><to>2024-06-30</to></period>')
    // A new period keeps the friendly id.
    expect(text).not.toContain('<friendly_id>2024-06')
  })

  it('accepts a friendly id in use, and continues the numbers from a manual one', async () => {
    expect((await update(1301, { friendly_id: '2024-02-00000001' })).status).toBe(200)
    expect((await update(1301, { 'invoice[friendly_id]': '2024-02-00000040' })).status).toBe(200)
    const created = await send(standIn, 'POST', '/api/invoices.xml', { account_id: '73', period: '2024-02' })
    expect(await created.text()).toContain('<friendly_id>2024-02-00000041</friendly_id>')
  })

  const format = 'ID format should be YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX'
  it.each<[Sent, string[]]>([
    [{ friendly_id: '' }, ["ID can't be blank", format]],
    [{ friendly_id: '2024-06-1' }, [format]],
    [{ period: '' }, ['Billing Period Billing period format should be YYYY-MM']],
  ])('responds 422 to %j', async (sent, errors) => {
    const response = await update(1217, sent)
    expect(response.status).toBe(422)
    expect(await errorsOf(response)).toEqual(errors)
  })

  it.each<[string, Sent, string]>([
    ['nothing', undefined, ''],
    ['parameters in the query only', undefined, '?period=2024-06'],
    ['a body of other things', { state: 'paid' }, ''],
  ])('responds 400 to %s', async (_, sent, query) => {
    const response = await update(1217, sent, 'PUT', query)
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('Required parameter missing: invoice')
  })

  it('looks up the invoice before it reads the parameters', async () => {
    expect((await update(4711, undefined)).status).toBe(404)
  })
})
