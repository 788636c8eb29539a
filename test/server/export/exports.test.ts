import { createHash } from 'node:crypto'
import { get } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/access/principal.js'
import { parseRegistry } from '../../../src/config/customers-file.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { Authenticator } from '../../../src/server/authentication/authenticator.js'
import { DEMO_REGISTRY } from '../../../src/standin/demo-registry.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { breachesOf } from '../../domain/export/focus-rules.js'
import { clock, settingsOf, startGateway, startTestSetup, type TestSetup, TODAY } from '../../gateway.js'
import { largeTenant } from '../../large-upstreams.js'
import { NO_METHODS } from '../authentication/authenticated-gateway.js'

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup()
})
afterAll(() => setup[Symbol.asyncDispose]())
beforeEach(clear)
afterEach(() => {
  setup.threescale.intercept = undefined
})

function clear(): void {
  for (const server of Object.values(setup.catalyst.regions)) server.requests.length = 0
  setup.threescale.requests.length = 0
}

const BOM = '\ufeff'

async function download(path: string, url = setup.gateway.url) {
  const response = await fetch(`${url}/export/${path}`)
  // Response.text() would drop the byte order mark.
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8')
  return { status: response.status, headers: response.headers, text }
}

function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
    if (end === '') break
  }
  return rows.filter(row => row.length > 1)
}

function recordsOf(text: string): readonly Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(text.replace(BOM, ''))
  return rows
    .filter(([first]) => first !== '#trailer')
    .map(row => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])))
}

function cents(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole.replace('-', '')) * 10n ** 8n * sign(text) + BigInt(fraction.padEnd(8, '0')) * sign(text)
}

function sign(text: string): bigint {
  return text.startsWith('-') ? -1n : 1n
}

/** The bills of a month over the graph, with their gross totals. */
async function grossOf(month: string) {
  const { data } = await setup.gateway.askText(
    `{ invoices(first: 100, filter: { from: "${month}", to: "${month}" }) { totalCount nodes { id state total { gross { amount } } } } }`,
  )
  const list = data?.invoices as {
    totalCount: number
    nodes: readonly { id: string; state: string; total: { gross: { amount: string } } }[]
  }
  expect(list.nodes).toHaveLength(list.totalCount)
  return list.nodes.filter(({ state }) => state !== 'CANCELLED')
}

describe('/export/focus.csv', () => {
  it.each(['2026-10', '2026-06', '2017-07'])(
    'has for every invoice of %s of both systems rows that add up to its total with tax',
    async month => {
      const { status, headers, text } = await download(`focus.csv?from=${month}`)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(headers.get('content-disposition')).toBe(`attachment; filename="billgraph-focus-${month}-${month}.csv"`)
      const records = recordsOf(text)
      const sums = new Map<string, bigint>()
      for (const record of records) {
        const key = record.x_InvoiceKey ?? ''
        sums.set(key, (sums.get(key) ?? 0n) + cents(record.BilledCost ?? ''))
      }
      const expected = (await grossOf(month)).map(({ id, total }) => [id, cents(total.gross.amount)] as const)
      const withRows = expected.filter(([id, gross]) => sums.has(id) || gross !== 0n)
      expect([...sums].toSorted()).toEqual(withRows.toSorted())
      expect(withRows.length).toBeGreaterThan(0)
    },
  )

  it('keeps the rules of FOCUS 1.2 in every row', async () => {
    const { text } = await download('focus.csv?from=2025-12&to=2026-11')
    const records = recordsOf(text)
    expect(records.length).toBeGreaterThan(100)
    for (const record of records) {
      const row = Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === '' ? null : value]))
      expect(breachesOf(row)).toEqual([])
    }
    expect(new Set(records.map(({ x_Ledger }) => x_Ledger))).toEqual(new Set(['COST', 'REVENUE']))
  })

  it('has one call a month for a Catalyst project, and one a page for 3scale', async () => {
    await download('focus.csv?from=2026-09&to=2026-10')
    expect(setup.threescale.requests).toHaveLength(2)
    expect(setup.catalyst.requests.filter(one => one.includes('/v2/invoices'))).toHaveLength(2)
  })
})

describe('the trailer', () => {
  it.each(['focus.csv?from=2026-10', 'lines.csv?from=2026-10', 'xero.csv?from=2026-10&trailer=rows'])(
    'of %s has the rows, a sum for each ledger and currency, and the checksum of what is before it',
    async path => {
      const { text } = await download(path)
      expect(text.startsWith(BOM)).toBe(true)
      const start = text.indexOf('#trailer')
      const body = text.slice(0, start)
      const [rows, ...rest] = parseCsv(text.slice(start))
      expect(rows).toEqual(['#trailer', 'rows', String(recordsOf(body).length)])
      expect(rest.at(-1)).toEqual(['#trailer', 'sha256', createHash('sha256').update(body).digest('hex')])
      const sums = rest.slice(0, -1).map(([, sum, ledger, currency]) => [sum, ledger, currency])
      expect(new Set(sums.map(String)).size).toBe(sums.length)
      expect(sums.every(([sum]) => sum === 'sum')).toBe(true)
      expect(sums.length).toBeGreaterThan(0)
    },
  )

  it('is the last object of NDJSON, whose numbers are exact', async () => {
    const { headers, text } = await download('focus.ndjson?from=2017-07')
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    const lines = text.trimEnd().split('\n')
    const trailer = JSON.parse(lines.at(-1) ?? '') as { trailer: { rows: number; sha256: string } }
    expect(trailer.trailer.rows).toBe(lines.length - 1)
    const before = `${lines.slice(0, -1).join('\n')}\n`
    expect(trailer.trailer.sha256).toBe(createHash('sha256').update(before).digest('hex'))
    expect(lines[0]).toMatch(/"BilledCost":-?\d+\.\d\d,/)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ x_Stale: false, x_InvoiceIdSynthetic: true, ChargeClass: null })
  })

  it('is left out on request, and for Xero unless it is requested', async () => {
    expect((await download('lines.csv?from=2026-10&trailer=none')).text).not.toContain('#trailer')
    expect((await download('xero.csv?from=2026-10')).text).not.toContain('#trailer')
  })
})

describe('the quotations in /export/focus.csv', () => {
  it('are the running month of Catalyst, up to now, with the resources that they charge for', async () => {
    const { text } = await download('focus.csv?from=2026-10&to=2026-11&ledger=cost')
    const quoted = recordsOf(text).filter(({ x_Basis }) => x_Basis === 'QUOTATION')
    expect(quoted.length).toBeGreaterThan(5)
    for (const row of quoted) {
      expect(row).toMatchObject({
        BillingPeriodStart: '2026-11-01T00:00:00Z',
        ChargePeriodEnd: '2026-11-22T02:00:01Z',
        InvoiceId: '',
        x_InvoiceKey: '',
      })
    }
    expect(quoted.filter(({ ResourceId }) => ResourceId !== '').length).toBeGreaterThan(5)
    const { data } = await setup.gateway.askText('{ quotation { total { gross { amount } } } }')
    const quotation = data?.quotation as { total: { gross: { amount: string } } }
    const sum = quoted.reduce((all, { BilledCost = '' }) => all + cents(BilledCost), 0n)
    expect(sum).toBe(cents(quotation.total.gross.amount))
  })

  it('are all there, or the export fails', async () => {
    const region = setup.catalyst.regions['nz-hlz-1']
    region?.faults.push({ route: 'GET /v2/quotations', kind: 'status:500' })
    const { status } = await download('focus.csv?from=2026-11&ledger=cost')
    if (region) region.faults.length = 0
    expect(status).toBe(502)
  })
})

describe('the rounding of computed tax', () => {
  it.each([
    ['focus.csv?from=2017-07&ledger=cost&trailer=none', 'x_TaxRounding'],
    ['lines.csv?from=2017-07&ledger=cost&trailer=none', 'tax_rounding'],
    ['allocation.csv?month=2017-07&trailer=none', 'tax_rounding'],
  ])('is named in every row of %s', async (path, column) => {
    const settings = settingsOf(setup)
    const catalyst = { ...settings.catalyst, taxRounding: 'HALF_UP' as const }
    await using gateway = await startGateway({ ...settings, catalyst })
    const records = recordsOf((await download(path, gateway.url)).text)
    expect(new Set(records.map(record => record[column]))).toEqual(new Set(['HALF_UP']))
  })

  it('is empty for 3scale, which states its tax', async () => {
    const { text } = await download('lines.csv?from=2026-10&ledger=revenue')
    expect(new Set(recordsOf(text).map(({ tax_rounding }) => tax_rounding))).toEqual(new Set(['']))
  })
})

describe('the configured account', () => {
  it('is the billing account of Catalyst in FOCUS, and the buyer that of 3scale', async () => {
    const settings = settingsOf(setup)
    await using gateway = await startGateway({ ...settings, catalyst: { ...settings.catalyst, cloud: 'production' } })
    const records = recordsOf((await download('focus.csv?from=2026-10', gateway.url)).text)
    const accounts = Map.groupBy(records, ({ x_Source = '' }) => x_Source)
    const costs = accounts.get('CATALYST') ?? []
    expect(new Set(costs.map(({ BillingAccountId }) => BillingAccountId))).toEqual(new Set(['production']))
    expect(costs.every(({ SubAccountId }) => SubAccountId === setup.catalyst.credentials.projectId)).toBe(true)
    const buyers = new Set(setup.threescale.data.invoices.map(({ buyerId }) => String(buyerId)))
    const revenue = accounts.get('THREESCALE') ?? []
    expect(revenue.every(({ BillingAccountId = '' }) => buyers.has(BillingAccountId))).toBe(true)
  })
})

describe('/export/allocation.csv', () => {
  const registry = new CurrentRegistry(parseRegistry(DEMO_REGISTRY, problem => expect.fail(problem)))

  it('divides the bill among the customers of the registry, and sums to it', async () => {
    await using gateway = await startGateway(settingsOf(setup), false, { registry })
    const { status, headers, text } = await download('allocation.csv?month=2017-07', gateway.url)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe('attachment; filename="billgraph-allocation-2017-07.csv"')
    const records = recordsOf(text)
    expect(records.find(({ customer, pool }) => customer === 'wcc' && pool === '')).toMatchObject({
      direct: '81.69',
      currency_code: 'NZD',
      source: 'CATALYST',
      ledger: 'COST',
    })
    expect(records.reduce((sum, { gross = '' }) => sum + cents(gross), 0n)).toBe(cents('386.33'))
    expect(text).toContain('#trailer,sum,COST,NZD,net,335.94\r\n')
    expect(setup.catalyst.requests.filter(one => one.includes('/v2/'))).toHaveLength(1)
    expect(setup.threescale.requests).toEqual([])
  })

  it('has no rows for a month without a bill', async () => {
    const { status, text } = await download('allocation.csv?month=2016-01')
    expect([status, recordsOf(text)]).toEqual([200, []])
    expect(text).toContain('#trailer,rows,0\r\n')
  })

  it('fails when a part of the bill cannot be read', async () => {
    const region = setup.catalyst.regions['nz-hlz-1']
    region?.faults.push({ route: 'GET /v2/quotations', kind: 'status:500' })
    const { status } = await download('allocation.csv?month=2026-11')
    if (region) region.faults.length = 0
    expect(status).toBe(502)
  })
})

describe('/export/lines.csv', () => {
  it('states source, ledger, currency and tax in each row, and holds one ledger on request', async () => {
    const records = recordsOf((await download('lines.csv?from=2026-10&ledger=cost')).text)
    expect(records.length).toBeGreaterThan(5)
    for (const { source, ledger, currency, tax_basis, tax } of records) {
      expect([source, ledger, currency]).toEqual(['CATALYST', 'COST', 'NZD'])
      expect(['STATED', 'COMPUTED']).toContain(tax_basis)
      expect(tax).toMatch(/^-?\d+\.\d+$/)
    }
    expect(setup.threescale.requests).toEqual([])
  })

  it('neutralises formulas', async () => {
    const tenant = largeTenant(1, 1, TODAY)
    const evil = '=HYPERLINK("http://evil.example")'
    const invoices = tenant.invoices.map(one => ({
      ...one,
      lineItems: one.lineItems.map(line => ({ ...line, name: evil, cost: '-1.5' })),
    }))
    const threescale = await startThreescale({ clock: () => TODAY, data: { ...tenant, invoices } })
    const { url, accessToken } = threescale
    await using gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 10_000 } })
    const { text } = await download('lines.csv?from=2016-12', gateway.url)
    expect(recordsOf(text)).toMatchObject([{ name: `'${evil}`, net: '-1.5' }])
    await threescale.close()
  })
})

describe('a request for an export', () => {
  it.each([
    ['focus.xml?from=2026-10', 'file', 'focus.xml'],
    ['constructor.csv?from=2026-10', 'file', 'constructor.csv'],
    ['xero.ndjson?from=2026-10', 'file', 'xero.ndjson'],
    ['focus.csv', 'from', '""'],
    ['focus.csv?from=2026-13', 'from', '2026-13'],
    ['focus.csv?from=2026-10&to=2026-09', 'to', '2026-09'],
    ['focus.csv?from=2016-10&to=2026-10', 'to', '2026-10'],
    ['focus.csv?from=2026-10&month=2026-10', 'parameter', 'month'],
    ['focus.csv?from=2026-10&from=2026-09', 'from', '2026-09'],
    ['focus.csv?from=2026-10&ledger=both', 'ledger', 'both'],
    ['allocation.csv', 'month', '""'],
    ['allocation.ndjson?month=2026-10', 'file', 'allocation.ndjson'],
    ['allocation.csv?month=2026-12', 'month', '2026-12'],
    ['allocation.csv?month=2026-10&from=2026-10', 'parameter', 'from'],
    ['allocation.csv?month=2026-10&project=a%2Fb', 'project', 'a/b'],
    ['focus.csv?from=2026-10&trailer=yes', 'trailer', 'yes'],
    ['focus.csv?from=2026-10&accountCode=200', 'parameter', 'accountCode'],
    ['xero.csv?from=2026-10&ledger=cost', 'ledger', 'cost'],
    ['xero.csv?from=2026-10&taxType=', 'taxType', '""'],
  ])('for %s is refused, naming parameter and value, without an upstream call', async (path, argument, value) => {
    const { status, text } = await download(path)
    expect(status).toBe(400)
    const [error] = (JSON.parse(text) as { errors: readonly { message: string; extensions: object }[] }).errors
    expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
    expect(error?.message).toContain(value)
    expect([...setup.catalyst.requests, ...setup.threescale.requests]).toEqual([])
  })

  it.each(['HEAD', 'POST', 'DELETE'])('by %s is refused', async method => {
    const { status, headers } = await fetch(`${setup.gateway.url}/export/focus.csv?from=2026-10`, { method })
    expect([status, headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('fails as a whole when a system fails, with the code of the error', async () => {
    setup.threescale.intercept = async () => ({ status: 500, headers: {}, body: '' })
    const { status, text } = await download('focus.csv?from=2026-10&ledger=revenue')
    expect(status).toBe(502)
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] })
  })
})

describe('an export of a caller', () => {
  const reader = (grants: Partial<Principal['grants']>, scopes: Principal['scopes'] = new Set(['billing:read'])) => ({
    id: 'key:reader',
    scopes,
    grants: { projects: new Set<string>(), prefixes: new Set<string>(), buyers: new Set<string>(), ...grants },
  })

  it('has the granted buyers only, from their own lists', async () => {
    const buyerId = String(setup.threescale.data.invoices[0]?.buyerId)
    await using gateway = await startGateway(settingsOf(setup), false, {
      authenticate: async () => reader({ buyers: new Set([buyerId]) }),
    })
    const { text } = await download('lines.csv?from=2026-01&to=2026-11', gateway.url)
    expect(new Set(recordsOf(text).map(({ buyer_id }) => buyer_id))).toEqual(new Set([buyerId]))
    expect(setup.catalyst.requests.filter(one => one.includes('/v2/'))).toEqual([])
  })

  it.each<[string, Partial<Principal['grants']>]>([
    ['a customer', { prefixes: new Set(['customer-wcc']) }],
    ['another project', { projects: new Set(['0123456789abcdef0123456789abcdef']) }],
  ])(
    'that may see %s only does not find the allocation of a project, and causes no call of a rating server',
    async (_name, grants) => {
      await using gateway = await startGateway(settingsOf(setup), false, {
        authenticate: async () => reader(grants, new Set(['costs:read'])),
      })
      const { projectId } = setup.catalyst.credentials
      const { status, headers, text } = await download(`allocation.csv?month=2026-10&project=${projectId}`, gateway.url)
      expect(status).toBe(404)
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND', argument: 'project' } }] })
      expect(headers.get('content-disposition')).toBeNull()
      expect(setup.catalyst.requests.filter(one => one.includes('/v2/'))).toEqual([])
    },
  )

  it('with the scope for bills alone is refused the allocation', async () => {
    await using gateway = await startGateway(settingsOf(setup), false, {
      authenticate: async () => reader({ projects: '*' }),
    })
    expect((await download('allocation.csv?month=2026-10', gateway.url)).status).toBe(403)
  })

  it('with the scope for bills alone is refused the quotation of the running month before the first row', async () => {
    await using gateway = await startGateway(settingsOf(setup), false, {
      authenticate: async () => reader({ projects: '*' }),
    })
    const { status, text } = await download('focus.csv?from=2026-01&to=2026-11', gateway.url)
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN'])
    expect(setup.catalyst.requests.filter(one => one.includes('/v2/'))).toEqual([])
    expect((await download('focus.csv?from=2026-01&to=2026-10', gateway.url)).status).toBe(200)
  })

  it('without the scope is refused', async () => {
    await using forbidden = await startGateway(settingsOf(setup), false, {
      authenticate: async () => reader({ buyers: '*', projects: '*' }, new Set(['costs:read'])),
    })
    expect((await download('focus.csv?from=2026-10', forbidden.url)).status).toBe(403)
    expect(setup.threescale.requests).toEqual([])
  })

  it.each(['focus.csv?from=2026-10', 'allocation.csv?month=2026-10', 'unknown'])(
    'without a valid credential is refused for %s before the parameters are read',
    async path => {
      const authenticator = new Authenticator(
        { ...NO_METHODS, keys: { version: 1, holders: [] } },
        { tokens: () => null, clock },
      )
      await using gateway = await startGateway(settingsOf(setup), false, { authenticate: authenticator.authenticate })
      for (const headers of [{}, { 'x-api-key': 'bg_wrong' }]) {
        const response = await fetch(`${gateway.url}/export/${path}`, { headers: headers as Record<string, string> })
        expect(response.status).toBe(401)
        expect(response.headers.get('www-authenticate')).toContain('Bearer')
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
      }
      expect([...setup.catalyst.requests, ...setup.threescale.requests]).toEqual([])
    },
  )
})

describe('an export that fails after its beginning', () => {
  it.each(['lines.csv', 'lines.ndjson'])('closes the connection, and %s has no trailer', async file => {
    const threescale = await startThreescale({ clock: () => TODAY, data: monthOf(1_500, 50) })
    const { url, accessToken } = threescale
    await using gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
    let calls = 0
    threescale.intercept = () => (++calls > 2 ? { status: 500, headers: {}, body: '' } : undefined)
    const received: Buffer[] = []
    // Without compression, whose decoder may hold back what it has when the connection closes.
    const headers = { 'accept-encoding': 'identity' }
    const response = await fetch(`${gateway.url}/export/${file}?from=2026-10`, { headers })
    expect(response.status).toBe(200)
    await expect(
      (async () => {
        for await (const chunk of response.body ?? []) received.push(Buffer.from(chunk))
      })(),
    ).rejects.toThrow('terminated')
    const text = Buffer.concat(received).toString('utf8')
    expect(text.length).toBeGreaterThan(0)
    expect(text).not.toContain('trailer')
    expect(gateway.log.join('')).toContain('an export failed')
    expect(gateway.log.join('')).not.toContain('unexpected error')
    const answered = () => gateway.log.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
    await expect.poll(answered).toMatchObject([{ route: '/export/:file', codes: ['UPSTREAM_UNAVAILABLE'] }])
    await threescale.close()
  })
})

describe('the log of an export that has not begun', () => {
  it("names a failing upstream, and has no warning of a caller's mistake", async () => {
    const threescale = await startThreescale({ clock: () => TODAY, data: monthOf(1, 1) })
    const { url, accessToken } = threescale
    await using gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
    const problems = () => gateway.log.filter(line => (JSON.parse(line) as { readonly level: number }).level > 30)
    expect((await fetch(`${gateway.url}/export/lines.csv?from=soon`)).status).toBe(400)
    expect(problems()).toEqual([])
    threescale.intercept = () => ({ status: 403, headers: {}, body: '' })
    expect((await fetch(`${gateway.url}/export/lines.csv?from=2026-10`)).status).toBe(502)
    expect(problems().map(line => JSON.parse(line) as object)).toMatchObject([
      { upstream: 'threescale', error: 'UpstreamDeniedError', requestId: expect.any(String) },
    ])
    await threescale.close()
  })
})

describe('a slow client', () => {
  it('holds back the reading of the upstream, and its disconnect ends it', async () => {
    const threescale = await startThreescale({ clock: () => TODAY, data: monthOf(3_000, 100) })
    const { url, accessToken } = threescale
    await using gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
    const request = get(`${gateway.url}/export/focus.ndjson?from=2026-10`)
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject)
    })
    response.pause()
    // The sockets' buffers fill up, and then no further page is read, however long the client waits.
    let before = -1
    while (before !== threescale.requests.length) {
      before = threescale.requests.length
      await new Promise(resolve => setTimeout(resolve, 1_000))
    }
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(25)
    request.on('error', () => {})
    request.destroy()
    await threescale.close()
  }, 60_000)
})

/** This many invoices of this many lines each, all in October 2026. */
function monthOf(invoices: number, lines: number) {
  const tenant = largeTenant(invoices, lines, TODAY)
  return { ...tenant, invoices: tenant.invoices.map(one => ({ ...one, period: '2026-10' })) }
}
