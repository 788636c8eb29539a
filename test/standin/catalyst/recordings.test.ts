import { describe, expect, it } from 'vitest'
import { type CatalystData, DEFAULT_DOMAIN, type Driver, type ErpDocument } from '../../../src/standin/catalyst/data.js'
import { ERP_FAILED } from '../../../src/standin/catalyst/errors.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import {
  type Details,
  documentLines,
  getToken,
  hasUpstream,
  measuredUsage,
  passwordLogin,
  post,
  priceLists,
  printedCredits,
  type Recording,
  readRecording,
  smallData,
  usageRows,
} from './upstream.js'

const clock = () => new Date('2026-11-21T23:35:40.250Z')
const wcc = { id: '52aaa943126e4703807456f4e26e4669', name: 'wcc.example.nz' }
const admins = smallData({}, wcc).users.map(user => ({ ...user, roles: { [wcc.id]: ['admin'] } }))
const region = (name: string) => (name.includes('hlz') || name.includes('other-region') ? 'nz-hlz-1' : 'nz-por-1')

interface Invoice {
  readonly total_cost: number
  readonly total_cost_taxed: number
  readonly status: string
  readonly details?: Details
}

function body<T>(name: string): T {
  return readRecording(name).response.body as T
}

function prices(driver: Driver) {
  return priceLists(body(driver === 'odoo' ? '028-products-odoo-driver' : '023-products-no-token-all-regions'))
}

/** Documents that give a recorded response: by their lines if it has them, else by their totals. */
function documents(name: string): Partial<CatalystData> {
  const invoices = Object.entries(body<{ invoices: Record<string, Invoice> }>(name).invoices)
  const list = invoices.map(([billDate, { total_cost, total_cost_taxed, status, details }]): ErpDocument => {
    // The recorded ERP rounded the tax of each line in its own way: half cents up or down.
    if (details) return { billDate, status, lines: documentLines(details, { keepsTax: true }) }
    return { billDate, status, lines: [], totalCost: total_cost, totalCostTaxed: total_cost_taxed }
  })
  return { documents: { [wcc.id]: list } }
}

/** Usage that gives a recorded month or quotation. */
function usage(name: string, driver: Driver, start: string, end: string): Partial<CatalystData> {
  const { invoices, quotations } = body<Record<string, Record<string, { details: Details }>>>(name)
  const [entry] = Object.values(invoices ?? quotations ?? {})
  const where = { region: region(name), projectId: wcc.id, start: new Date(start), end: new Date(end) }
  return { usage: usageRows(entry?.details ?? {}, where), prices: prices(driver) }
}

async function replay(standIn: CatalystStandIn, name: string, token?: string): Promise<void> {
  const { request, response } = readRecording(name)
  const actual = await fetch(`${standIn.regions[region(name)]?.url}${request.path}?${request.query}`, {
    headers: { Accept: 'application/json', ...(token === undefined ? {} : { 'X-Auth-Token': token }) },
  })
  await compare(actual, response)
}

/** Status, headers, length, and the body with its key order. The length covers the notation of numbers. */
async function compare(actual: Response, { status, headers, body }: Recording['response']): Promise<void> {
  expect(actual.status).toBe(status)
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'X-Subject-Token') expect(actual.headers.get(name)).toMatch(/^gAAAAA/)
    else if (name.toLowerCase() === 'www-authenticate')
      expect(actual.headers.get(name)).toMatch(/^Keystone uri=".*\/v3"$/)
    else expect(`${name}: ${actual.headers.get(name)}`).toBe(`${name}: ${value}`)
  }
  const text = await actual.text()
  if (typeof body === 'string') expect(text).toBe(body)
  else expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(body))
}

describe.skipIf(!hasUpstream)('a recorded response of a real rating server', () => {
  const november = ['2026-11-01T00:00:00Z', '2026-11-21T23:00:00Z'] as const
  const october = ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'] as const

  it.each<[string, Driver, () => Partial<CatalystData>]>([
    ['022-rating-versions', 'jsonfile', () => ({})],
    ['023-products-no-token-all-regions', 'jsonfile', () => ({ prices: prices('jsonfile') })],
    ['025-products-unknown-region', 'jsonfile', () => ({ prices: prices('jsonfile') })],
    ['028-products-odoo-driver', 'odoo', () => ({ prices: prices('odoo') })],
    [
      '029-invoices-one-month-summary',
      'jsonfile',
      () => usage('030-invoices-one-month-detailed', 'jsonfile', ...october),
    ],
    [
      '030-invoices-one-month-detailed',
      'jsonfile',
      () => usage('030-invoices-one-month-detailed', 'jsonfile', ...october),
    ],
    [
      '031-invoices-one-month-detailed-other-region',
      'jsonfile',
      () => usage('031-invoices-one-month-detailed-other-region', 'jsonfile', ...october),
    ],
    ['041-invoices-datetime-form', 'jsonfile', () => usage('030-invoices-one-month-detailed', 'jsonfile', ...october)],
    ['052-error-missing-start', 'jsonfile', () => ({})],
    ['054-error-bad-start-blames-end', 'jsonfile', () => ({})],
    ['061-error-forbidden-other-project', 'jsonfile', () => ({})],
    ['070-error-trailing-slash', 'jsonfile', () => ({})],
    ['074-quotations-por-summary', 'jsonfile', () => usage('075-quotations-por-detailed', 'jsonfile', ...november)],
    ['075-quotations-por-detailed', 'jsonfile', () => usage('075-quotations-por-detailed', 'jsonfile', ...november)],
    ['076-quotations-hlz-detailed', 'jsonfile', () => usage('076-quotations-hlz-detailed', 'jsonfile', ...november)],
    [
      '081-quotations-odoo-driver-detailed',
      'odoo',
      () => usage('081-quotations-odoo-driver-detailed', 'odoo', ...november),
    ],
    [
      '082-measurements-one-day',
      'jsonfile',
      () => {
        const days = { start: new Date('2026-10-11T00:00:00Z'), end: new Date('2026-10-13T00:00:00Z') }
        return measuredUsage(body('082-measurements-one-day'), { region: 'nz-por-1', projectId: wcc.id, ...days })
      },
    ],
    ['083-error-measurements-missing-start', 'jsonfile', () => ({})],
    [
      '084-credits-jsonfile-always-empty',
      'jsonfile',
      () => ({ credits: { [wcc.id]: printedCredits(body('085-credits-odoo')) } }),
    ],
    ['085-credits-odoo', 'odoo', () => ({ credits: { [wcc.id]: printedCredits(body('085-credits-odoo')) } })],
    ['087-error-health-forbidden', 'jsonfile', () => ({})],
    ['088-health-admin-ok', 'jsonfile', () => ({ users: admins })],
    ['090-odoo-invoices-fourteen-months-summary', 'odoo', () => documents('090-odoo-invoices-fourteen-months-summary')],
    [
      '091-odoo-invoices-one-month-detailed-discounts',
      'odoo',
      () => documents('091-odoo-invoices-one-month-detailed-discounts'),
    ],
    [
      '096-odoo-invoices-end-on-last-day-is-inclusive',
      'odoo',
      () => documents('091-odoo-invoices-one-month-detailed-discounts'),
    ],
    [
      '097-odoo-invoices-both-regions-from-hlz-endpoint',
      'odoo',
      () => documents('097-odoo-invoices-both-regions-from-hlz-endpoint'),
    ],
    ['113-error-erp-down-invoices-driver-loaded', 'odoo', () => ({ erpFailure: ERP_FAILED })],
  ])('is the stand-in’s response too: %s', async (name, driver, data) => {
    await using standIn = await startCatalyst({ data: smallData(data(), wcc), clock, driver })
    await replay(standIn, name, await getToken(standIn))
  })

  it.each([
    ['050-error-no-token', undefined],
    ['051-error-bad-token', 'gAAAA-not-a-token'],
  ])('is the stand-in’s response too without a valid token: %s', async (name, token) => {
    await using standIn = await startCatalyst({ data: smallData({}, wcc), clock })
    await replay(standIn, name, token)
  })

  it('is the stand-in’s response too for a project not collected yet', async () => {
    const { projects, ...data } = smallData({}, { id: '5370fde9d66949d4833f639b2292c902', name: 'new-project' })
    const uncollected = projects.map(project => ({ ...project, collectedIn: [] }))
    await using standIn = await startCatalyst({ data: { ...data, projects: uncollected }, clock })
    await replay(standIn, '064-error-project-not-collected-yet', await getToken(standIn))
  })

  it('is the stand-in’s response too for usage without a price', async () => {
    const row = { region: 'nz-por-1', projectId: wcc.id, resourceId: 'r1', resourceName: '', unit: 'hour', volume: 1 }
    const times = { start: new Date(october[0]), end: new Date(october[1]) }
    const usage = [{ ...row, ...times, service: 'x9.flux', resourceType: 'Flux Capacitor' }]
    await using standIn = await startCatalyst({ data: smallData({ usage }, wcc), clock, driver: 'jsonfile' })
    await replay(standIn, '066-error-price-not-found', await getToken(standIn))
  })

  it('is the stand-in’s response too for fourteen months, newest first', async () => {
    const name = '034-invoices-fourteen-months-summary'
    const recorded = body<{ invoices: object }>(name)
    await using standIn = await startCatalyst({ data: smallData({}, wcc), clock, driver: 'jsonfile' })
    const { request } = readRecording(name)
    const response = await fetch(`${standIn.regions['nz-por-1']?.url}${request.path}?${request.query}`, {
      headers: { 'X-Auth-Token': await getToken(standIn) },
    })
    const actual = (await response.json()) as { invoices: object }
    expect(Object.keys(actual.invoices)).toEqual(Object.keys(recorded.invoices))
  })
})

describe.skipIf(!hasUpstream)('a recorded response of a real Keystone', () => {
  const user = { id: 'fcb32fc0850947e4bc59698973766d47', name: 'alice', password: 's', domain: DEFAULT_DOMAIN }
  const data = smallData(
    {
      users: [{ ...user, roles: { [wcc.id]: ['project_admin', '_member_'] } }],
      applicationCredentials: [
        {
          id: 'aba834bf9ec34d3fafdaeb493d2ded83',
          name: 'gateway',
          secret: 's',
          userId: user.id,
          projectId: wcc.id,
          roles: ['_member_'],
        },
      ],
    },
    wcc,
  )
  const secret = (login: unknown) => JSON.parse(JSON.stringify(login).replaceAll('<SECRET>', 's'))

  /** Replaces values that differ between runs, and removes services that the stand-in does not list. */
  function normalise(value: unknown): string {
    const { token } = JSON.parse(JSON.stringify(value))
    const catalog = token.catalog?.filter(({ type }: { type: string }) => /^(identity|ratingv2|compute)$/.test(type))
    return JSON.stringify({ token: { ...token, ...(catalog ? { catalog } : {}) } })
      .replace(/"audit_ids":\["[\w-]{22}"\]/, '"audit_ids":[]')
      .replaceAll(/"id":"[0-9a-f]{32}"/g, '"id":"hex"')
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://host')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z/g, 'instant')
  }

  it.each(['003-keystone-token-password-project-scoped', '006-keystone-token-application-credential-by-id'])(
    'is the stand-in’s response too, except for ids, hosts and times: %s',
    async name => {
      const { request, response } = readRecording(name)
      await using standIn = await startCatalyst({ data, clock })
      const actual = await post(`${standIn.authUrl}/auth/tokens`, secret(request.body))
      expect(actual.status).toBe(201)
      expect(actual.headers.get('vary')).toBe('X-Auth-Token')
      expect(normalise(await actual.json())).toBe(normalise(response.body))
    },
  )

  it('has the same length for an unscoped token, without project and catalog', async () => {
    const { request, response } = readRecording('012-keystone-token-unscoped')
    const roleless = { ...user, id: '2bc86877b0d344ad87535c18b86a1fba', name: 'nobody', roles: {} }
    await using standIn = await startCatalyst({ data: { ...data, users: [...data.users, roleless] }, clock })
    const actual = await post(`${standIn.authUrl}/auth/tokens`, secret(request.body))
    expect(actual.headers.get('content-length')).toBe(response.headers['Content-Length'])
    expect(normalise(await actual.json())).toBe(normalise(response.body))
  })

  it('has the same bytes for a wrong password and a foreign project', async () => {
    const bob = { ...user, id: 'b', name: 'bob', roles: {} }
    await using standIn = await startCatalyst({ data: { ...data, users: [...data.users, bob] }, clock })
    for (const name of ['013-keystone-token-wrong-password', '014-keystone-token-project-not-permitted']) {
      const { request, response } = readRecording(name)
      const login = name.startsWith('014') ? secret(request.body) : request.body
      await compare(await post(`${standIn.authUrl}/auth/tokens`, login), response)
    }
  })

  it('has the same length for the role billing, without the catalog', async () => {
    const { request, response } = readRecording('021-keystone-token-billing-role-user')
    const biller = {
      ...user,
      id: 'e88aab68b67f45b89b5fadfdf39b3f1d',
      name: 'biller',
      roles: { [wcc.id]: ['billing'] },
    }
    await using standIn = await startCatalyst({ data: { ...data, users: [...data.users, biller] }, clock })
    const actual = await post(`${standIn.authUrl}/auth/tokens?${request.query}`, secret(request.body))
    expect([actual.status, actual.headers.get('content-length')]).toEqual([201, response.headers['Content-Length']])
    expect(normalise(await actual.json())).toBe(normalise(response.body))
  })

  it('is an empty 204 for a revoked token', async () => {
    const { request, response } = readRecording('105-keystone-token-revoke')
    await using standIn = await startCatalyst({ data, clock })
    const token = await getToken(standIn)
    const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token }
    const actual = await fetch(`${standIn.keystone.url}${request.path}`, { method: request.method, headers })
    await compare(actual, response)
    expect([actual.headers.get('content-type'), actual.headers.get('content-length')]).toEqual([null, null])
  })

  it('has the same form for the list of projects', async () => {
    const { response } = readRecording('019-keystone-projects')
    await using standIn = await startCatalyst({ data, clock })
    const headers = { 'X-Auth-Token': await getToken(standIn, passwordLogin(standIn)) }
    const actual = (await (await fetch(`${standIn.authUrl}/auth/projects`, { headers })).json()) as {
      projects: object[]
    }
    const recorded = (response.body as { projects: { id: string }[] }).projects.find(({ id }) => id === wcc.id)
    const links = { self: `${standIn.authUrl}/projects/${wcc.id}` }
    expect(JSON.stringify(actual.projects)).toBe(JSON.stringify([{ ...recorded, description: '', links }]))
  })
})
