import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { invoice, nimbusMaps, planLine } from './nimbus-maps.js'
import { basic, get } from './request.js'

const data = { ...nimbusMaps, invoices: [...nimbusMaps.invoices, invoice(2024, { buyerId: 71 })] }

let released: ThreescaleStandIn
let main: ThreescaleStandIn
beforeAll(async () => {
  released = await startThreescale({ data })
  main = await startThreescale({ data, generation: 'main' })
})
afterAll(async () => {
  await released.close()
  await main.close()
})

describe('the id of a path', () => {
  it.each([
    ['1201', 1201],
    ['1201abc', 1201],
    ['1201_ID', 1201],
    ['01201', 1201],
    ['2024-01-00000005', 2024],
    ['1201%20', 1201],
    ['%31201', 1201],
  ])('%s is parsed as %i', async (segment, id) => {
    const response = await get(released, `/api/invoices/${segment}.xml`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(`<invoice version="1.0"><id>${id}</id>`)
  })

  it.each([
    '/api/invoices/abc.xml',
    '/api/invoices/-1201.xml',
    '/api/invoices/4711.xml',
    '/api/invoices/99999999999999999999999.xml',
    '/api/invoices/4711/line_items.xml',
    '/api/accounts/abc/invoices.xml',
    '/api/accounts/73/invoices/1201.xml',
    '/api/accounts/4711/invoices/1201.xml',
    '/api/accounts/66/invoices/1204.xml',
    '/admin/api/accounts/66.xml',
    '/admin/api/accounts/abc.xml',
  ])('%s is not found, with an empty body and a content type', async path => {
    const response = await get(released, path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/xml')
    expect(response.headers.get('content-length')).toBe('0')
  })

  it.each(['73', '66', '4711', 'abc'])('of the account (%s) is ignored by the development branch', async account => {
    const response = await get(main, `/api/accounts/${account}/invoices/1201.xml`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<id>1201</id>')
  })
})

describe('an unknown path', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/api'],
    ['GET', '/api/invoices/.xml'],
    ['GET', '/api/invoices/1201.5.xml'],
    ['GET', '/api/invoices/1201/payments.xml'],
    ['GET', '/api/accounts/71.xml'],
    ['GET', '/admin/api/invoices.xml'],
    ['POST', '/api/invoices/1201.xml'],
    ['PUT', '/api/invoices.xml'],
    ['PATCH', '/api/invoices/1201/state.xml'],
    ['GET', '/api/invoices/1201/state.xml'],
    ['GET', '/api/invoices/1201/line_items/9001.xml'],
    ['PUT', '/api/invoices/1217/line_items/9040.xml'],
    ['POST', '/admin/api/accounts.xml'],
    ['DELETE', '/api/invoices/1201.xml'],
  ])('%s %s gets the error document of the framework', async (method, path) => {
    const response = await fetch(released.url + path, { method })
    expect(response.status).toBe(404)
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n  <status>404</status>\n  <to_xml/>\n  <error>Not Found</error>\n</hash>\n',
    )
  })
})

it('responds 400 to a path that cannot be decoded', async () => {
  const response = await get(released, '/api/invoices/%zz.xml')
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('<error>Bad Request</error>')
})

describe('the format', () => {
  it.each([
    ['/api/invoices.csv', 'csv'],
    ['/api/invoices/1201.txt', 'txt'],
    ['/admin/api/accounts.csv', 'csv'],
  ])('of %s is not supported', async (path, word) => {
    const response = await get(released, path)
    expect(response.status).toBe(406)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe(`The server does not understand "${word}" request.`)
  })

  it.each([
    ['/api/invoices', 'application/xml', 200, 'application/xml; charset=utf-8'],
    ['/api/invoices', '*/*', 200, 'application/xml; charset=utf-8'],
    ['/api/invoices', 'text/css', 406, 'text/plain; charset=utf-8'],
    ['/api/invoices/4711', 'application/xml', 404, 'application/xml'],
    ['/api/invoices/4711', '*/*', 404, 'text/plain; charset=utf-8'],
    ['/api/invoices?access_token=x', '*/*', 403, 'text/plain; charset=utf-8'],
    ['/api/invoices?access_token=x', 'application/xml', 403, 'application/xml; charset=utf-8'],
    ['/admin/api/accounts/71', 'text/css', 200, 'application/xml; charset=utf-8'],
  ])('of %s is chosen by %s: %i, %s', async (path, accept, status, type) => {
    const response = await get(released, path, { accept })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe(type)
  })

  it('is not guessed without extension and Accept header', async () => {
    const headers = { authorization: basic(released.accessToken, '') }
    const status = await new Promise(resolve => {
      request(`${released.url}/api/invoices`, { headers }, response => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(406)
  })
})

describe('the caching headers', () => {
  it('are the same for every resource on released servers, and give a 304 for each', async () => {
    const one = await get(released, '/api/invoices/1201.xml')
    const other = await get(released, '/api/invoices/1302.xml')
    const etag = one.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/)
    expect(other.headers.get('etag')).toBe(etag)
    expect(one.headers.get('last-modified')).toBeNull()
    expect(one.headers.get('cache-control')).toBe('max-age=0, private, must-revalidate')
    const conditional = await get(released, '/api/invoices/1217.xml', { 'if-none-match': etag })
    expect(conditional.status).toBe(304)
    expect(await conditional.text()).toBe('')
  })

  it('differ between invoices on the development branch, where both headers must match', async () => {
    const one = await get(main, '/api/invoices/1201.xml')
    const other = await get(main, '/api/invoices/1302.xml')
    const etag = one.headers.get('etag') ?? ''
    const since = one.headers.get('last-modified') ?? ''
    expect(other.headers.get('etag')).not.toBe(etag)
    const status = async (headers: Record<string, string>) =>
      (await get(main, '/api/invoices/1201.xml', headers)).status
    expect(await status({ 'if-none-match': etag })).toBe(304)
    expect(await status({ 'if-none-match': etag, 'if-modified-since': since })).toBe(304)
    expect(await status({ 'if-modified-since': since })).toBe(304)
    expect(await status({ 'if-none-match': '"x"', 'if-modified-since': since })).toBe(200)
    expect(await status({ 'if-none-match': etag, 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' })).toBe(200)
  })

  it('are the same for two different empty lists', async () => {
    const one = await get(released, '/api/invoices.xml?state=x')
    const other = await get(released, '/api/invoices/1302/line_items.xml')
    expect(one.headers.get('etag')).toBe(other.headers.get('etag'))
  })
})

describe('the pages of accounts', () => {
  it.each([
    ['', '<accounts>'],
    ['?per_page=5', '<accounts>'],
    ['?per_page=501', '<accounts>'],
    ['?per_page=2&page=3', '<accounts per_page="2" total_entries="5" total_pages="3" current_page="3">'],
    ['?per_page=4&page=9', '<accounts per_page="4" total_entries="5" total_pages="2" current_page="9">'],
    ['?state=rejected', '<accounts></accounts>'],
  ])('%j begins with %s', async (query, root) => {
    const text = await (await get(released, `/admin/api/accounts.xml${query}`)).text()
    expect(text.startsWith(`<?xml version="1.0" encoding="UTF-8"?>${root}`)).toBe(true)
  })
})

describe('a printed value', () => {
  const print = async (timeZone: string, rest: Parameters<typeof invoice>[1], name = 'x'): Promise<string> => {
    const line = planLine(1, name, '-0.004')
    const only = invoice(1, { lineItems: [line], ...rest })
    await using standIn = await startThreescale({ data: { ...nimbusMaps, invoices: [only] }, timeZone })
    return await (await get(standIn, '/api/invoices/1.xml')).text()
  }

  it.each([
    ['UTC', '2024-07-01 00:30:00 UTC'],
    ['Europe/London', '2024-07-01 01:30:00 +0100'],
    ['America/New_York', '2024-06-30 20:30:00 -0400'],
    ['Pacific/Auckland', '2024-07-01 12:30:00 +1200'],
  ])('is paid_at in the zone %s: %s', async (timeZone, text) => {
    const paidAt = new Date('2024-07-01T00:30:00.999Z')
    expect(await print(timeZone, { paidAt, state: 'paid' })).toContain(`<paid_at>${text}</paid_at>`)
  })

  it('is a negative zero for a tiny credit', async () => {
    expect(await print('UTC', {})).toContain('<cost>-0.0</cost><cost_without_vat>-0.004</cost_without_vat>')
    expect(await print('UTC', { vatRate: '15' })).toContain(
      '<cost>-0.0</cost><vat_rate>15.0</vat_rate><vat_amount>-0.0006</vat_amount>',
    )
  })

  it('has no VAT for a rate of zero', async () => {
    expect(await print('UTC', { vatRate: '0.00' })).not.toContain('vat_rate')
  })

  it('replaces characters forbidden in XML, and reads C1 codes as Windows-1252', async () => {
    expect(await print('UTC', {}, 'a\u0007b\u0093c\u0094 \ud800 "😀"')).toContain(
      '<name>a\ufffdb“c” \ufffd "😀"</name>',
    )
  })

  it('is the current address before the issue, and the copy afterwards', async () => {
    const copy = { lines: ['Old Road 1'], city: 'Cork', state: null, country: 'Ireland', phone: null, zip: null }
    const frozenAddresses = { provider: copy, buyer: copy }
    expect(await print('UTC', { state: 'pending', issuedOn: '2024-07-01', frozenAddresses })).toContain(
      'Couriers</org_name><address>Old Road 1</address><city>Cork</city><state/>',
    )
    expect(await print('UTC', { state: 'finalized', frozenAddresses })).toContain('<address>Unit 9 &amp; 10\nDock Rd')
  })

  it('is an empty address if there is none', async () => {
    expect(await print('UTC', { buyerId: 74 })).toContain('<address></address><city/><state/><country/><phone/><zip/>')
  })
})

it('responds to HEAD as to GET, without the document', async () => {
  const headers = { authorization: basic(released.accessToken, '') }
  const response = await fetch(`${released.url}/api/invoices/1201.xml`, { method: 'HEAD', headers })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
})

it('lets a test respond in its place', async () => {
  await using standIn = await startThreescale({ data })
  standIn.intercept = () => ({ status: 502, body: 'bad gateway' })
  expect((await get(standIn, '/api/invoices.xml')).status).toBe(502)
  standIn.intercept = undefined
  expect((await get(standIn, '/api/invoices.xml')).status).toBe(200)
  expect(standIn.requests).toEqual(['GET /api/invoices.xml', 'GET /api/invoices.xml'])
})
