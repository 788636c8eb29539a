import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { errorsOf, get, type Sent, send } from './request.js'

const clock = () => new Date('2024-07-31T23:30:00Z')
const range = 'Billing Period must be between the provider account creation date and 12 months from now'
const format = 'Billing Period Billing period format should be YYYY-MM'

let standIn: ThreescaleStandIn
beforeAll(async () => {
  standIn = await startThreescale({ data: nimbusMaps, clock, timeZone: 'Europe/Madrid' })
})
afterAll(() => standIn.close())

const create = (sent: Sent, query = '') => send(standIn, 'POST', `/api/invoices.xml${query}`, sent)

describe('creating an invoice', () => {
  it('creates it open, manual and empty, with the buyer’s VAT rate, in the current UTC month', async () => {
    const text = await (await create({ account_id: '71' })).text()
    expect(text).toMatch(/<id>1303<\/id><friendly_id>2024-07-00000001<\/friendly_id><creation_type>manual</)
    expect(text).toContain('<state>open</state><paid_at></paid_at><due_on></due_on><issued_on></issued_on>')
    expect(text).toContain('<currency>EUR</currency><cost>0.0</cost><vat_rate>21.0</vat_rate><vat_amount>0.0<')
    expect(text).toContain('<line-items/>')
  })

  it('creates another one each time, with the next number of the month', async () => {
    const number = async (period: string) =>
      /<friendly_id>(.*?)</.exec(await (await create({ account_id: '73', period })).text())?.[1]
    expect(await number('2023-05')).toBe('2023-05-00000001')
    expect(await number('2023-05')).toBe('2023-05-00000002')
    expect(await number('2024-04')).toBe('2024-04-00000002')
    expect(await number('2023-05')).toBe('2023-05-00000003')
  })

  it('leaks the credentials of the query in its Location', async () => {
    const url = `${standIn.url}/api/invoices.xml?access_token=${standIn.accessToken}`
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ account_id: '73' }) })
    expect(response.status).toBe(201)
    const [, id] = /<id>(\d+)</.exec(await response.text()) ?? []
    expect(response.headers.get('location')).toBe(
      `${standIn.url}/api/invoices?access_token=${standIn.accessToken}&id=${id}`,
    )
  })

  it('accepts the token in the body too', async () => {
    const body = new URLSearchParams({ account_id: '73', access_token: standIn.accessToken })
    expect((await fetch(`${standIn.url}/api/invoices.xml`, { method: 'POST', body })).status).toBe(201)
  })

  it.each<[string, Sent, string]>([
    ['no account_id', {}, ''],
    ['a blank account_id', { account_id: ' ' }, ''],
    ['an account_id inside the wrapper only', { 'invoice[account_id]': '73' }, ''],
  ])('responds 400 in plain text to %s', async (_, sent) => {
    const response = await create(sent)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('Required parameter missing: account_id')
  })

  it('responds 400 if all parameters are in the query, since there is no wrapper then', async () => {
    const response = await create(undefined, '?account_id=73&period=2024-05')
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('Required parameter missing: invoice')
  })

  it('reads the period from the wrapper, or flat from the body', async () => {
    const period = async (sent: Sent, query = '') => /<from>(.*?)</.exec(await (await create(sent, query)).text())?.[1]
    expect(await period({ account_id: '73', period: '2024-05' })).toBe('2024-05-01')
    expect(await period({ account_id: '73', 'invoice[period]': '2024-05' })).toBe('2024-05-01')
    expect(await period({ account_id: '73' }, '?invoice[period]=2024-05')).toBe('2024-05-01')
    expect(await period({ account_id: '73' }, '?period=2024-05')).toBe('2024-07-01')
    expect(await period({ json: { account_id: 73, period: '2024-05' } })).toBe('2024-05-01')
    expect(await period({ json: { account_id: 73, invoice: { period: '2024-05' } } })).toBe('2024-05-01')
  })

  it.each<[Sent, string[]]>([
    [{ account_id: '4711' }, ["Buyer account can't be blank"]],
    [{ account_id: '66' }, ["Buyer account can't be blank"]],
    [{ account_id: 'abc' }, ["Buyer account can't be blank"]],
    [{ account_id: '73', period: '2024-13' }, [format]],
    [{ account_id: '73', period: '2024-1' }, [format]],
    [{ account_id: '73', period: '' }, [format]],
    [{ account_id: '73', period: '2022-12' }, [range]],
    [{ account_id: '73', period: '2025-08' }, [range]],
  ])('responds 422 to %j', async (sent, errors) => {
    const count = standIn.data.invoices.length
    const response = await create(sent)
    expect(response.status).toBe(422)
    expect(await errorsOf(response)).toEqual(errors)
    expect(standIn.data.invoices).toHaveLength(count)
  })

  it.each(['2023-01', '2025-07'])('accepts the period %s', async period => {
    expect((await create({ account_id: '73', period })).status).toBe(201)
  })

  it.each<[string, Sent]>([
    ['a form', { invoice: 'x', account_id: '73' }],
    ['JSON', { json: { invoice: [1], account_id: 73 } }],
  ])('responds with text and an XML content type to a wrapper of %s that is not an object', async (_, sent) => {
    const response = await create(sent)
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(await response.text()).toBe('Wrong type for parameter: invoice')
  })

  it('ignores XML, and fails on invalid JSON', async () => {
    const post = (type: string, body: string) =>
      fetch(`${standIn.url}/api/invoices.xml?access_token=${standIn.accessToken}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      })
    expect(await (await post('application/xml', '<invoice><account_id>73</account_id></invoice>')).text()).toBe(
      'Required parameter missing: account_id',
    )
    const broken = await post('application/json', '{"account_id":')
    expect(broken.status).toBe(400)
    expect(await broken.text()).toContain('<error>Bad Request</error>')
  })

  it('adds the invoice to the list', async () => {
    const [, id] = /<id>(\d+)</.exec(await (await create({ account_id: '74' })).text()) ?? []
    expect(await (await get(standIn, '/api/accounts/74/invoices.xml')).text()).toContain(`<id>${id}</id>`)
  })
})
