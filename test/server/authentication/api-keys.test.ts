import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiKey, makeApiKey } from '../../../src/access/api-key.js'
import { removeHolder, rotateKey } from '../../../src/access/key-changes.js'
import type { KeyFile, KeyHolder, StoredKey } from '../../../src/access/key-file.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { TODAY } from '../../gateway.js'
import {
  type AuthenticatedGateway,
  NO_METHODS,
  QUERY,
  REFUSAL,
  reasonsIn,
  startAuthenticatedGateway,
  withoutId,
} from './authenticated-gateway.js'

const stored = (key: ApiKey): StoredKey => ({
  id: key.id,
  sha256: hashOf(key),
  createdAt: TODAY.toISOString(),
  validUntil: null,
})

const key = makeApiKey()
const holder: KeyHolder = {
  name: 'router',
  scopes: ['billing:read'],
  projects: ['p1'],
  prefixes: [],
  buyers: '*',
  keys: [stored(key)],
}
const file: KeyFile = { version: 1, holders: [holder] }

let server: AuthenticatedGateway

beforeAll(async () => {
  server = await startAuthenticatedGateway({ ...NO_METHODS, keys: file })
})
afterAll(() => server[Symbol.asyncDispose]())

const bearer = ({ text }: ApiKey) => ({ authorization: `Bearer ${text}` })

describe('an API key', () => {
  it.each([
    ['as a bearer', bearer(key)],
    ['as a bearer in lower case', { authorization: `bearer  ${key.text}` }],
    ['in the x-api-key header', { 'x-api-key': key.text }],
  ])('%s authenticates its holder, with the rights in the file', async (_what, headers) => {
    expect((await server.ask(headers)).status).toBe(200)
    expect(server.lastPrincipal).toEqual({
      id: 'key:router',
      scopes: new Set(['billing:read']),
      grants: { projects: new Set(['p1']), prefixes: new Set(), buyers: '*' },
    })
  })

  const [head = '', secret = ''] = key.text.split(/_(?=[^_]*$)/)
  const other = makeApiKey().text.split('_')[2] ?? ''
  const mistyped = `${key.text.slice(0, -1)}${key.text.endsWith('0') ? '1' : '0'}`

  it.each<[string, Record<string, string>, string]>([
    ['that is missing', {}, 'missing'],
    ['that is empty', { 'x-api-key': '' }, 'malformed'],
    ['as a password', { authorization: `Basic ${btoa(`router:${key.text}`)}` }, 'malformed'],
    ['that is unknown', bearer(makeApiKey()), 'key-unknown'],
    ['of a known id with the secret of another key', { 'x-api-key': `${head}_${other}` }, 'malformed'],
    ['with a wrong checksum', { 'x-api-key': mistyped }, 'malformed'],
    ['without its secret', { 'x-api-key': head }, 'malformed'],
    ['without its prefix', { 'x-api-key': secret }, 'malformed'],
    ['that is huge', { 'x-api-key': 'x'.repeat(9_000) }, 'too-long'],
    ['beside another credential', { ...bearer(key), 'x-auth-token': 'x' }, 'several'],
    ['twice', { ...bearer(key), 'x-api-key': key.text }, 'several'],
    ['as a Keystone token', { 'x-auth-token': 'gAAAAAx' }, 'method-disabled'],
    ['as a JWT', { authorization: 'Bearer a.b.c' }, 'method-disabled'],
    ['of an unknown kind', { authorization: 'Bearer abc' }, 'method-disabled'],
  ])(
    '%s is rejected with the same response as any other, and no upstream is called',
    async (_what, headers, reason) => {
      const [calls, lines] = [server.upstreamCalls(), server.gateway.log.length]
      const { status, headers: received, text } = await server.ask(headers)

      expect(status).toBe(401)
      expect(received.get('www-authenticate')).toBe('Bearer realm="billgraph"')
      expect(withoutId(text)).toEqual(REFUSAL)
      expect(server.upstreamCalls()).toBe(calls)
      expect(reasonsIn(server.gateway.log.slice(lines))).toEqual([reason])
    },
  )

  it('of a known id with the secret and checksum of another key is rejected', async () => {
    const swapped = makeApiKey()
    const keys = [{ ...stored(key), id: swapped.id }]
    server.authenticator.use({ ...NO_METHODS, keys: { ...file, holders: [{ ...holder, keys }] } })
    const lines = server.gateway.log.length
    expect((await server.ask(bearer(swapped))).status).toBe(401)
    expect(reasonsIn(server.gateway.log.slice(lines))).toEqual(['key-unknown'])
    server.authenticator.use({ ...NO_METHODS, keys: file })
  })

  it('that is rotated is valid until its grace ends, and its successor at once; a removed key is not valid', async () => {
    const next = makeApiKey()
    const graceEnd = new Date(TODAY.getTime() + 3_600_000)
    const rotated = rotateKey(file, 'router', stored(next), graceEnd)
    if (!rotated) throw new Error('not rotated')
    server.authenticator.use({ ...NO_METHODS, keys: rotated })
    const status = async (one: ApiKey) => (await server.ask(bearer(one))).status

    expect([await status(key), await status(next)]).toEqual([200, 200])
    expect(server.lastPrincipal?.id).toBe('key:router')
    server.advance(3_599_999)
    expect(await status(key)).toBe(200)
    server.advance(1)
    const lines = server.gateway.log.length
    expect([await status(key), await status(next)]).toEqual([401, 200])
    expect(reasonsIn(server.gateway.log.slice(lines))).toEqual(['key-expired'])

    const removed = removeHolder(rotated, 'router')
    if (!removed) throw new Error('not removed')
    server.authenticator.use({ ...NO_METHODS, keys: removed })
    expect([await status(key), await status(next)]).toEqual([401, 401])
  })

  it('never reaches the log', () => {
    const log = server.gateway.log.join('')
    expect(reasonsIn(server.gateway.log).length).toBeGreaterThan(10)
    expect([secret, other, hashOf(key)].filter(one => log.includes(one))).toEqual([])
  })
})

describe('authentication', () => {
  it.each([
    ['GET', '/graphql?query={__typename}', 401],
    ['HEAD', '/graphql?query={__typename}', 401],
    ['POST', '/graphql', 401],
    ['PUT', '/graphql', 405],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/', 200],
  ])('%s %s without a credential: %i', async (method, path, status) => {
    const response = await fetch(server.gateway.url + path, { method })
    expect(response.status).toBe(status)
  })

  it.each([
    ['that is not JSON', '{'],
    ['that is too long by a megabyte', 'x'.repeat(2_200_000)],
    ['of a federation router', JSON.stringify({ query: '{ _service { sdl } }' })],
    ['that is not a valid document', JSON.stringify({ query: '{' })],
    ['that is valid', QUERY],
  ])('refuses a body %s without reading it', async (_what, body) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${server.gateway.url}/graphql`, { method: 'POST', headers, body })
    expect(response.status).toBe(401)
    expect(withoutId(await response.text())).toEqual(REFUSAL)
  })

  it('counts two headers of one name as two credentials', async () => {
    const lines = server.gateway.log.length
    const headers = new Headers([
      ['x-api-key', key.text],
      ['x-api-key', key.text],
    ])
    // fetch joins the two values into one header, which is not a key.
    expect((await fetch(`${server.gateway.url}/graphql`, { headers })).status).toBe(401)
    const { request } = await import('node:http')
    const status = await new Promise(resolve => {
      const raw = { headers: { 'x-api-key': [key.text, key.text] } }
      request(`${server.gateway.url}/graphql?query={__typename}`, raw, response => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(401)
    expect(reasonsIn(server.gateway.log.slice(lines))).toEqual(['malformed', 'several'])
  })
})
