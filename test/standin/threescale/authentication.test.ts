import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessToken } from '../../../src/standin/threescale/authentication.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { nimbusMaps } from './nimbus-maps.js'
import { basic } from './request.js'

const tokens: readonly AccessToken[] = [
  { value: 'both', scopes: ['finance', 'account_management'], permission: 'rw' },
  { value: 'finance', scopes: ['finance'], permission: 'ro' },
  { value: 'accounts', scopes: ['account_management'], permission: 'ro' },
  { value: 'nothing', scopes: [], permission: 'ro' },
]
const key = 'nimbus-provider-key'
const denied = '<error>Access denied</error>'
const insufficient = '<error>Your access token does not have the correct permissions</error>'
const off = '<error>Finance module not enabled for the account</error>'

let standIn: ThreescaleStandIn
let financeOff: ThreescaleStandIn
beforeAll(async () => {
  standIn = await startThreescale({ data: nimbusMaps, tokens })
  financeOff = await startThreescale({ data: nimbusMaps, tokens, financeEnabled: false })
})
afterAll(async () => {
  await standIn.close()
  await financeOff.close()
})

describe('the credential', () => {
  it.each<[string, string, string | undefined]>([
    ['a token as user', '', basic('both', '')],
    ['a token as password', '', basic('', 'both')],
    ['a token as user, whatever the password', '', basic('both', 'x')],
    ['a token behind a blank user', '', basic(' ', 'both')],
    ['a token as parameter', '?access_token=both', undefined],
    ['a token as parameter over a wrong header', '?access_token=both', basic('wrong', '')],
    ['the provider key as parameter', `?provider_key=${key}`, undefined],
    ['the provider key as user', '', basic(key, '')],
    ['a scheme in lower case', '', basic('both', '').replace('Basic', 'basic')],
  ])('can be %s', async (_, query, authorization) => {
    const response = await fetch(`${standIn.url}/api/invoices.xml${query}`, {
      headers: authorization === undefined ? {} : { authorization },
    })
    expect(response.status).toBe(200)
  })

  it.each<[string, string, string | undefined]>([
    ['nothing', '', undefined],
    ['an unknown token', '?access_token=other', undefined],
    ['a wrong provider key', '?provider_key=other', undefined],
    ['a provider key sent as token', `?access_token=${key}`, undefined],
    ['a token sent as provider key', '?provider_key=both', undefined],
    ['a bearer token', '', 'Bearer both'],
    ['a token after a wrong user', '', basic('x', 'both')],
    ['a blank parameter with a valid header', '?access_token=', basic('both', '')],
    ['a blank provider key with a valid header', '?provider_key=', basic('both', '')],
    ['a header that is not base64 of anything', '', 'Basic'],
  ])('is rejected if it is %s', async (_, query, authorization) => {
    const response = await fetch(`${standIn.url}/api/invoices.xml${query}`, {
      headers: authorization === undefined ? {} : { authorization },
    })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain(denied)
  })
})

describe('the order of the checks', () => {
  it.each<[string, string, number, string]>([
    ['finance', '/api/invoices/1201.xml', 200, '<invoice '],
    ['accounts', '/api/invoices/1201.xml', 200, '<invoice '],
    ['nothing', '/api/invoices/1201.xml', 403, insufficient],
    ['finance', '/admin/api/accounts.xml', 403, insufficient],
    ['finance', '/admin/api/accounts/4711.xml', 403, insufficient],
    ['accounts', '/admin/api/accounts.xml', 200, '<accounts>'],
    ['other', '/api/invoices/4711.xml', 403, denied],
    ['other', '/api/invoices.csv', 406, 'The server does not understand "csv" request.'],
    ['other', '/api/nothing.xml', 404, '<error>Not Found</error>'],
  ])('responds to a token with %s on %s with %i', async (token, path, status, text) => {
    const response = await fetch(`${standIn.url}${path}?access_token=${token}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(text)
  })

  it.each<[string, string, number, string]>([
    ['both', '/api/invoices.xml', 403, off],
    ['both', '/api/invoices/4711.xml', 403, off],
    [key, '/api/invoices.xml', 403, off],
    ['other', '/api/invoices.xml', 403, denied],
    ['nothing', '/api/invoices.xml', 403, insufficient],
    ['both', '/admin/api/accounts.xml', 200, '<accounts>'],
  ])('with billing off, responds to %s on %s with %i', async (credential, path, status, text) => {
    const headers = { authorization: basic(credential, '') }
    const response = await fetch(`${financeOff.url}${path}`, { headers })
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(text)
  })
})

describe('a write', () => {
  const writes: readonly (readonly [string, string, string])[] = [
    ['POST', '/api/invoices.xml', 'account_id=73'],
    ['PUT', '/api/invoices/1217.xml', 'period=2024-04'],
    ['PUT', '/api/invoices/1217/state.xml', 'state=finalized'],
    ['POST', '/api/invoices/1208/charge.xml', ''],
    ['POST', '/api/invoices/1217/line_items.xml', 'type='],
    ['DELETE', '/api/invoices/1217/line_items/9040.xml', ''],
  ]
  const headersFor = (token: string) => ({
    authorization: basic(token, ''),
    'content-type': 'application/x-www-form-urlencoded',
  })

  it.each(writes)('%s %s with a read-only token is rejected, and changes nothing', async (method, path, sent) => {
    const before = JSON.stringify(standIn.data)
    const response = await fetch(standIn.url + path, {
      method,
      headers: headersFor('finance'),
      ...(sent === '' ? {} : { body: sent }),
    })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain(insufficient)
    expect(JSON.stringify(standIn.data)).toBe(before)
  })

  it.each([
    ['nothing', 403, insufficient],
    ['other', 422, 'Wrong type for parameter: invoice'],
    ['both', 422, 'Wrong type for parameter: invoice'],
  ])('with a wrapper that is not an object and a token for %s gets %i', async (token, status, text) => {
    for (const server of [standIn, financeOff]) {
      const url = `${server.url}/api/invoices.xml`
      const response = await fetch(url, { method: 'POST', headers: headersFor(token), body: 'invoice=x' })
      expect(response.status).toBe(status)
      expect(await response.text()).toContain(text)
    }
  })

  it('ignores a token in the body of a DELETE', async () => {
    const url = `${standIn.url}/api/invoices/1217/line_items/9040.xml`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await fetch(url, { method: 'DELETE', headers, body: 'access_token=both' })).status).toBe(403)
  })
})
