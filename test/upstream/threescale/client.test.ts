import { describe, expect, it } from 'vitest'
import type { StandInResponse } from '../../../src/standin/handler.js'
import {
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  UpstreamStatusError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import type { InvoicePageQuestion } from '../../../src/upstream/threescale/reads.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { connect, NOW, startAnswering, startBilling } from './billing-stand-in.js'
import { invoiceDocument, invoiceElement, pageDocument } from './documents.js'
import { CANARY, expectSilence, rejectionOf } from './silence.js'

const firstPage: InvoicePageQuestion = { page: 1, perPage: 100, direction: 'desc' }
const xml = { 'Content-Type': 'application/xml; charset=utf-8' }

function ok(body: string): StandInResponse {
  return { status: 200, headers: xml, body }
}

describe('a request to 3scale', () => {
  it('has the token in its Authorization header only, and accepts XML', async () => {
    await using server = await startAnswering(ok(pageDocument([])), CANARY)
    await server.billing.invoicePage(firstPage)
    const [request] = server.requests
    expect(request?.headers).toMatchObject({
      accept: 'application/xml',
      'accept-encoding': 'identity',
      authorization: `Basic ${Buffer.from(`${CANARY}:`).toString('base64')}`,
    })
    expect(`${request?.path}?${request?.query}${request?.body}`).not.toContain(CANARY)
    expect(request?.method).toBe('GET')
    // Its validators lie: a conditional request would be answered 304 for ever.
    expect(Object.keys(request?.headers ?? {}).filter(name => name.startsWith('if-'))).toEqual([])
  })

  it('lists one page of the tenant, sorted by period', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const page = await server.billing.invoicePage({ page: 2, perPage: 8, direction: 'asc' })
    expect(server.asked).toEqual(['/api/invoices.xml?page=2&per_page=8&sort=period&direction=asc'])
    expect(page.pagination).toEqual({ totalPages: 3, currentPage: 2, perPage: 8, totalEntries: 19 })
    expect(page.invoices).toHaveLength(8)
    expect(page.invoices[0]?.asOf).toBe(NOW.toISOString())
  })

  it('filters by buyer, month, state and number with a wildcard', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const filters = { buyerId: '71', month: '2023-11', state: 'paid', number: '2023-*' }
    const page = await server.billing.invoicePage({ ...firstPage, ...filters })
    expect(page.invoices.map(({ nativeId }) => nativeId)).toEqual(['1201'])
    expect(server.asked).toEqual([
      '/api/accounts/71/invoices.xml?page=1&per_page=100&sort=period&direction=desc&month=2023-11&state=paid&number=2023-*',
    ])
  })

  it('stays below the path of the configured URL', async () => {
    await using server = await startAnswering(ok(invoiceDocument()))
    const { billing, close } = connect(`${server.url}/behind/a/proxy/`, 'token')
    await billing.invoice('1201')
    await close()
    expect(server.requests.map(({ path }) => path)).toEqual(['/behind/a/proxy/api/invoices/1201.xml'])
  })

  it.each([
    '',
    '0',
    '-1',
    '01',
    '42_ID',
    '42abc',
    '2024-01-00000005',
    '../accounts/1',
    '..%2Faccounts%2F1',
    '1/state',
    '1.xml',
    '1?x=1',
    '1#',
    ' 1',
    '1\n',
    '1e3',
    '١',
    '12345678901234567890',
    '__proto__',
  ])('is never sent for the id %j', async id => {
    await using server = await startAnswering(ok(invoiceDocument()))
    const { billing } = server
    for (const asking of [
      billing.invoice(id),
      billing.account(id),
      billing.invoicePage({ ...firstPage, buyerId: id }),
    ]) {
      expect(await rejectionOf(asking)).toEqual(new RangeError('not a 3scale id'))
    }
    expect(server.requests).toEqual([])
  })
})

describe('a response of 3scale', () => {
  it('is the requested invoice, with lines, buyer and provider', async () => {
    await using server = await startBilling({ data: nimbusMaps, timeZone: 'Europe/Madrid' })
    const invoice = await server.billing.invoice('1201')
    expect(invoice).toMatchObject({
      nativeId: '1201',
      paidAt: '2023-12-07T09:15:42.000Z',
      buyer: { name: 'Größe & Söhne <GmbH>' },
      provider: { name: 'Nimbus Maps Ltd' },
      lineItems: [{ nativeId: '9001' }, { nativeId: '9002' }],
    })
    expect(server.asked).toEqual(['/api/invoices/1201.xml'])
  })

  it('is the requested account', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await server.billing.account('72')).toMatchObject({ buyer: { name: '株式会社サンプル' }, state: 'pending' })
    expect(server.asked).toEqual(['/admin/api/accounts/72.xml'])
  })

  it('is null for an invoice or account that does not exist', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await server.billing.invoice('4711')).toBeNull()
    expect(await server.billing.account('4711')).toBeNull()
    expect(await server.billing.account('66')).toBeNull()
  })

  it('is NOT_FOUND for the list of an unknown buyer', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const error = await rejectionOf(server.billing.invoicePage({ ...firstPage, buyerId: '4711' }))
    expect(error).toBeInstanceOf(UpstreamNotFoundError)
    expect((error as Error).message).toBe('3scale has no such record (GET /api/accounts/{id}/invoices.xml)')
  })

  it.each<[string, string]>([
    ['another invoice', invoiceDocument({ id: '1202' })],
    ['another account', '<account><id>1202</id><state>approved</state><org_name>A</org_name></account>'],
  ])('is refused when it is %s', async (problem, body) => {
    await using server = await startAnswering(ok(body))
    const { billing } = server
    const error = await rejectionOf(problem === 'another invoice' ? billing.invoice('1201') : billing.account('1201'))
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expect((error as Error).message).toContain(`it is ${problem}`)
  })

  it("is refused when one buyer's list has another buyer's invoice", async () => {
    const other = invoiceElement({ id: '1202', buyer: '<id>72</id><status>deleted</status>' })
    await using server = await startAnswering(ok(pageDocument([invoiceElement(), other])))
    const error = await rejectionOf(server.billing.invoicePage({ ...firstPage, buyerId: '71' }))
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expect((error as Error).message).toContain("another buyer's invoice")
    expect((await server.billing.invoicePage(firstPage)).invoices).toHaveLength(2)
  })

  it('is refused when it is another page', async () => {
    await using server = await startAnswering(ok(pageDocument([])))
    const error = await rejectionOf(server.billing.invoicePage({ ...firstPage, page: 2 }))
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expect((error as Error).message).toContain('another page')
  })
})

describe('a refusal of 3scale', () => {
  const tokens = (...scopes: readonly ('finance' | 'account_management')[]) =>
    [{ value: CANARY, scopes, permission: 'ro' }] as const

  it('names an unknown token', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const stranger = connect(server.standIn.url, CANARY)
    const error = await rejectionOf(stranger.billing.invoice('1201'))
    await stranger.close()
    expect(error).toBeInstanceOf(UpstreamDeniedError)
    expect((error as Error).message).toBe(
      "3scale refused the gateway's access token: it is wrong, has expired, or is of another tenant (GET /api/invoices/{id}.xml)",
    )
    expectSilence(error)
  })

  it('names a missing scope', async () => {
    await using server = await startBilling({ data: nimbusMaps, tokens: tokens('finance') })
    const error = await rejectionOf(server.billing.account('71'))
    expect(error).toBeInstanceOf(UpstreamDeniedError)
    expect((error as Error).message).toBe(
      "3scale refused the gateway's access token: it lacks the scope that this request requires, or its owner the permission (GET /admin/api/accounts/{id}.xml)",
    )
    expectSilence(error)
    expect(await server.billing.invoice('1201')).toMatchObject({ nativeId: '1201' })
  })

  it('names a tenant without billing', async () => {
    await using server = await startBilling({ data: nimbusMaps, financeEnabled: false, tokens: tokens('finance') })
    const error = await rejectionOf(server.billing.invoicePage(firstPage))
    expect(error).toBeInstanceOf(UpstreamDeniedError)
    expect((error as Error).message).toBe(
      '3scale has its finance module switched off for this tenant (GET /api/invoices.xml)',
    )
    expectSilence(error)
  })

  it.each<[string, StandInResponse, string]>([
    [
      'for an owner without the right, in silence',
      { status: 403, headers: xml },
      'does not let the owner of the access token',
    ],
    ['with words of its own', { status: 403, headers: xml, body: `<error>${CANARY}</error>` }, 'refused the gateway ('],
    ['with HTML of a firewall', { status: 403, body: `<html>${CANARY}</html>` }, 'refused the gateway ('],
    ['with text', { status: 403, body: CANARY }, 'refused the gateway ('],
    ['with a name of a property', { status: 403, body: '<error>constructor</error>' }, 'refused the gateway ('],
    ['with 401, as something before it may', { status: 401, body: CANARY }, 'refused the gateway ('],
  ])('%s', async (_, answer, words) => {
    await using server = await startAnswering(answer, CANARY)
    const error = await rejectionOf(server.billing.invoice('1201'))
    expect(error).toBeInstanceOf(UpstreamDeniedError)
    expect((error as Error).message).toContain(words)
    expectSilence(error)
  })
})

describe('a failure', () => {
  const html = { 'Content-Type': 'text/html' }

  it.each<[string, StandInResponse, number]>([
    [
      '500 with a hash',
      { status: 500, headers: xml, body: `<hash><status>500</status><to_xml/><error>${CANARY}</error></hash>` },
      500,
    ],
    ['502 with HTML', { status: 502, headers: html, body: `<html>${CANARY}</html>` }, 502],
    ['429 with text', { status: 429, headers: { 'Retry-After': '7' }, body: CANARY }, 429],
    ['503 without anything', { status: 503 }, 503],
    ['406', { status: 406, body: CANARY }, 406],
    ['304', { status: 304 }, 304],
    ['204', { status: 204 }, 204],
    ['201', { status: 201, headers: xml, body: invoiceDocument() }, 201],
    [
      '404 of a path that it does not know',
      { status: 404, headers: xml, body: `<hash><error>${CANARY}</error></hash>` },
      404,
    ],
  ])('%s is an error of that status', async (_, answer, status) => {
    await using server = await startAnswering(answer, CANARY)
    const errors = await Promise.all(
      [server.billing.invoice('1201'), server.billing.account('71'), server.billing.invoicePage(firstPage)].map(
        rejectionOf,
      ),
    )
    for (const error of errors) {
      expect(error).toBeInstanceOf(UpstreamStatusError)
      expect(error).toMatchObject({ status, upstream: 'threescale', ...(status === 429 && { retryAfter: 7 }) })
      expectSilence(error)
    }
  })

  it.each([301, 302, 307, 308])('a redirect by %i is not followed', async status => {
    await using target = await startAnswering(ok(invoiceDocument()))
    const location = `${target.url}/api/invoices/1201.xml?access_token=${CANARY}`
    await using server = await startAnswering({ status, headers: { Location: location } }, CANARY)
    const error = await rejectionOf(server.billing.invoice('1201'))
    expect(error).toMatchObject({ name: 'UpstreamStatusError', status })
    expectSilence(error)
    expect([server.requests.length, target.requests.length]).toEqual([1, 0])
  })

  it.each(['text/html', 'application/json', 'text/plain', 'application/xhtml+xml', ''])(
    'an answer of type %j is refused, whatever it holds',
    async type => {
      await using server = await startAnswering({
        status: 200,
        headers: { 'Content-Type': type },
        body: invoiceDocument(),
      })
      const error = await rejectionOf(server.billing.invoice('1201'))
      expect(error).toBeInstanceOf(UpstreamFormatError)
      expect((error as Error).message).toContain('its content type is not XML')
    },
  )

  it.each(['application/xml', 'text/xml', 'Application/XML; charset=UTF-8'])(
    'an answer of type %j is read',
    async type => {
      await using server = await startAnswering({
        status: 200,
        headers: { 'Content-Type': type },
        body: invoiceDocument(),
      })
      expect(await server.billing.invoice('1201')).toMatchObject({ nativeId: '1201' })
    },
  )

  it.each<[string, StandInResponse]>([
    ['a login page', ok(`<!DOCTYPE html><html><body>${CANARY}</body></html>`)],
    ['half an answer', ok(invoiceDocument({ friendly_id: CANARY }).slice(0, -20))],
    ['nothing', ok('')],
    ['what is compressed unasked', { status: 200, headers: { ...xml, 'Content-Encoding': 'gzip' }, body: CANARY }],
    ['more than nine million bytes', ok(CANARY + ' '.repeat(9_000_000))],
  ])('%s is refused without quoting it', async (_, answer) => {
    await using server = await startAnswering(answer, CANARY)
    const error = await rejectionOf(server.billing.invoice('1201'))
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expectSilence(error)
  })

  it('of a connection quotes nothing of the token', async () => {
    await using server = await startAnswering('reset', CANARY)
    const error = await rejectionOf(server.billing.invoice('1201'))
    expect(error).toBeInstanceOf(UpstreamUnreachableError)
    expectSilence(error)
    expectSilence(error, Buffer.from(`${CANARY}:`).toString('base64'))
  })
})

describe('the health of 3scale', () => {
  it('counts a response, and a record that does not exist, as a success', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(server.billing.health()).toMatchObject([
      { circuit: 'CLOSED', lastSuccessAt: null, lastFailureAt: null, pausedUntil: null },
    ])
    await server.billing.ping()
    expect(server.asked).toEqual(['/api/invoices.xml?per_page=1'])
    expect(server.billing.health()).toMatchObject([
      { circuit: 'CLOSED', lastSuccessAt: NOW, lastFailureAt: null, pausedUntil: null },
    ])
  })

  it('counts a null as a success', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    await server.billing.invoice('4711')
    expect(server.billing.health()).toMatchObject([
      { circuit: 'CLOSED', lastSuccessAt: NOW, lastFailureAt: null, pausedUntil: null },
    ])
  })

  it.each<[string, StandInResponse]>([
    ['a refusal', { status: 403 }],
    ['a login page', { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html></html>' }],
    ['an answer that cannot be read', ok('<invoices/>')],
    ['an error of the server', { status: 500 }],
  ])('counts %s as a failure', async (_, answer) => {
    await using server = await startAnswering(answer)
    await rejectionOf(server.billing.ping())
    expect(server.billing.health()).toMatchObject([
      { circuit: 'CLOSED', lastSuccessAt: null, lastFailureAt: NOW, pausedUntil: null },
    ])
  })
})
