import { describe, expect, it } from 'vitest'
import type { TokenOwner, TokenScope } from '../../../src/standin/threescale/authentication.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { get, send } from './request.js'

describe('a suspended tenant', () => {
  it.each(['/api/invoices.xml', '/admin/api/accounts.xml', '/api/invoices.xml?access_token=wrong'])(
    'is an empty 403: %s',
    async path => {
      await using standIn = await startThreescale({ data: nimbusMaps, knobs: { isSuspended: true } })
      const response = await get(standIn, path)
      expect(response.status).toBe(403)
      expect(response.headers.get('content-length')).toBe('0')
    },
  )

  it('can be resumed while the server runs', async () => {
    await using standIn = await startThreescale({ data: nimbusMaps })
    standIn.knobs.isSuspended = true
    expect((await get(standIn, '/api/invoices.xml')).status).toBe(403)
    standIn.knobs.isSuspended = false
    expect((await get(standIn, '/api/invoices.xml')).status).toBe(200)
  })
})

describe('the token of a member', () => {
  const insufficient = '<error>Your access token does not have the correct permissions</error>'
  it.each<[TokenScope, TokenOwner['permissions'], string, number, string]>([
    ['finance', ['finance'], '/api/invoices.xml', 200, '<invoices '],
    ['finance', ['partners'], '/api/invoices.xml', 403, insufficient],
    ['account_management', ['partners', 'finance'], '/api/invoices.xml', 200, '<invoices '],
    ['account_management', ['partners'], '/api/invoices.xml', 403, ''],
    ['account_management', ['partners'], '/admin/api/accounts.xml', 200, '<accounts>'],
    ['account_management', ['finance'], '/admin/api/accounts.xml', 403, insufficient],
    ['account_management', ['finance'], '/api/invoices.xml', 403, insufficient],
  ])('with the scope %s and the permissions %j on %s gets %i %s', async (scope, permissions, path, status, text) => {
    const tokens = [{ value: 'member', scopes: [scope], permission: 'rw', owner: { permissions } }] as const
    await using standIn = await startThreescale({ data: nimbusMaps, tokens })
    const response = await get(standIn, path)
    expect(response.status).toBe(status)
    const body = await response.text()
    expect(text === '' ? body === '' : body.includes(text)).toBe(true)
  })

  it('sees only the applications, services and plans of its services', async () => {
    const owner: TokenOwner = { permissions: ['partners'], serviceIds: [12] }
    const tokens = [{ value: 'member', scopes: ['account_management'], permission: 'ro', owner }] as const
    await using standIn = await startThreescale({ data: nimbusMaps, tokens })
    const read = async (path: string) => await (await get(standIn, `/admin/api${path}`)).text()
    expect([...(await read('/applications.xml')).matchAll(/<application><id>(\d+)/g)].map(([, id]) => id)).toEqual([
      '504',
    ])
    expect(await read('/services.xml')).toContain('<services></services>')
    expect((await get(standIn, '/admin/api/services/11/metrics.xml')).status).toBe(404)
    expect((await get(standIn, '/admin/api/applications/find.xml?application_id=501')).status).toBe(404)
  })
})

it('numbers invoices by year if so configured', async () => {
  await using standIn = await startThreescale({
    data: nimbusMaps,
    knobs: { numbering: 'yearly' },
    clock: () => new Date('2024-07-01T00:00:00Z'),
  })
  const response = await send(standIn, 'POST', '/api/invoices.xml', { account_id: '73' })
  expect(await response.text()).toContain('<friendly_id>2024-00000008</friendly_id>')
})

it('has another currency if so configured; issued invoices keep theirs', async () => {
  await using standIn = await startThreescale({ data: nimbusMaps, currency: 'JPY' })
  const currencyOf = async (response: Response) => /<currency>(.*?)</.exec(await response.text())?.[1]
  expect(await currencyOf(await get(standIn, '/api/invoices/1217.xml'))).toBe('JPY')
  expect(await currencyOf(await get(standIn, '/api/invoices/1201.xml'))).toBe('EUR')
  expect(await currencyOf(await send(standIn, 'POST', '/api/invoices.xml', { account_id: '73' }))).toBe('JPY')
})

it('honours conditional requests unless switched off', async () => {
  await using standIn = await startThreescale({ data: nimbusMaps })
  const status = async () => (await get(standIn, '/api/invoices/1201.xml', { 'if-none-match': '*' })).status
  expect(await status()).toBe(304)
  standIn.knobs.honoursConditions = false
  expect(await status()).toBe(200)
})
