import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiKey, makeApiKey } from '../../../src/access/api-key.js'
import { removeHolder, rotateKey } from '../../../src/access/key-changes.js'
import type { KeyFile, KeyHolder, StoredKey } from '../../../src/access/key-file.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { TODAY } from '../../gateway.js'
import { type Guarded, NO_WAY, QUERY, REFUSAL, reasonsIn, startGuarded, withoutId } from './authenticated-gateway.js'

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

let guarded: Guarded

beforeAll(async () => {
  guarded = await startGuarded({ ...NO_WAY, keys: file })
})
afterAll(() => guarded[Symbol.asyncDispose]())

const bearer = ({ text }: ApiKey) => ({ authorization: `Bearer ${text}` })

describe('an API key', () => {
  it.each([
    ['as a bearer', bearer(key)],
    ['as a bearer in other letters', { authorization: `bearer  ${key.text}` }],
    ['in a header of its own', { 'x-api-key': key.text }],
  ])('%s lets its holder in, with the rights in the file', async (_what, headers) => {
    expect((await guarded.ask(headers)).status).toBe(200)
    expect(guarded.lastPrincipal).toEqual({
      id: 'key:router',
      scopes: new Set(['billing:read']),
      grants: { projects: new Set(['p1']), prefixes: new Set(), buyers: '*' },
    })
  })

  const [head = '', secret = ''] = key.text.split(/_(?=[^_]*$)/)
  const other = makeApiKey().text.split('_')[2] ?? ''
  const mistyped = `${key.text.slice(0, -1)}${key.text.endsWith('0') ? '1' : '0'}`

  it.each<[string, Record<string, string>, string]>([
    ['that is none', {}, 'missing'],
    ['that is empty', { 'x-api-key': '' }, 'malformed'],
    ['by a password', { authorization: `Basic ${btoa(`router:${key.text}`)}` }, 'malformed'],
    ['that nobody has', bearer(makeApiKey()), 'key-unknown'],
    ["of a known id with another's secret", { 'x-api-key': `${head}_${other}` }, 'malformed'],
    ['with a wrong checksum', { 'x-api-key': mistyped }, 'malformed'],
    ['without its secret', { 'x-api-key': head }, 'malformed'],
    ['without its beginning', { 'x-api-key': secret }, 'malformed'],
    ['that is huge', { 'x-api-key': 'x'.repeat(9_000) }, 'too-long'],
    ['beside another credential', { ...bearer(key), 'x-auth-token': 'x' }, 'several'],
    ['twice', { ...bearer(key), 'x-api-key': key.text }, 'several'],
    ['as a token of Keystone', { 'x-auth-token': 'gAAAAAx' }, 'way-not-open'],
    ['as a JWT', { authorization: 'Bearer a.b.c' }, 'way-not-open'],
    ['of no kind', { authorization: 'Bearer abc' }, 'way-not-open'],
  ])('%s is refused, in one and the same words, and nothing is asked', async (_what, headers, reason) => {
    const [calls, lines] = [guarded.upstreamCalls(), guarded.gateway.log.length]
    const { status, headers: answered, text } = await guarded.ask(headers)

    expect(status).toBe(401)
    expect(answered.get('www-authenticate')).toBe('Bearer realm="billgraph"')
    expect(withoutId(text)).toEqual(REFUSAL)
    expect(guarded.upstreamCalls()).toBe(calls)
    expect(reasonsIn(guarded.gateway.log.slice(lines))).toEqual([reason])
  })

  it('of a known id with a secret of somebody else, checksum and all, is nobody', async () => {
    const swapped = makeApiKey()
    const keys = [{ ...stored(key), id: swapped.id }]
    guarded.authenticator.use({ ...NO_WAY, keys: { ...file, holders: [{ ...holder, keys }] } })
    const lines = guarded.gateway.log.length
    expect((await guarded.ask(bearer(swapped))).status).toBe(401)
    expect(reasonsIn(guarded.gateway.log.slice(lines))).toEqual(['key-unknown'])
    guarded.authenticator.use({ ...NO_WAY, keys: file })
  })

  it('that is rotated is good for its grace, and its successor at once; one that is removed is not', async () => {
    const next = makeApiKey()
    const graceEnd = new Date(TODAY.getTime() + 3_600_000)
    const rotated = rotateKey(file, 'router', stored(next), graceEnd)
    if (!rotated) throw new Error('not rotated')
    guarded.authenticator.use({ ...NO_WAY, keys: rotated })
    const status = async (one: ApiKey) => (await guarded.ask(bearer(one))).status

    expect([await status(key), await status(next)]).toEqual([200, 200])
    expect(guarded.lastPrincipal?.id).toBe('key:router')
    guarded.advance(3_599_999)
    expect(await status(key)).toBe(200)
    guarded.advance(1)
    const lines = guarded.gateway.log.length
    expect([await status(key), await status(next)]).toEqual([401, 200])
    expect(reasonsIn(guarded.gateway.log.slice(lines))).toEqual(['key-expired'])

    const removed = removeHolder(rotated, 'router')
    if (!removed) throw new Error('not removed')
    guarded.authenticator.use({ ...NO_WAY, keys: removed })
    expect([await status(key), await status(next)]).toEqual([401, 401])
  })

  it('never reaches the log', () => {
    const log = guarded.gateway.log.join('')
    expect(reasonsIn(guarded.gateway.log).length).toBeGreaterThan(10)
    expect([secret, other, hashOf(key)].filter(one => log.includes(one))).toEqual([])
  })
})

describe('the guard', () => {
  it.each([
    ['GET', '/graphql?query={__typename}', 401],
    ['HEAD', '/graphql?query={__typename}', 401],
    ['POST', '/graphql', 401],
    ['PUT', '/graphql', 405],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/', 200],
  ])('%s %s without a credential: %i', async (method, path, status) => {
    const response = await fetch(guarded.gateway.url + path, { method })
    expect(response.status).toBe(status)
  })

  it.each([
    ['that is no JSON', '{'],
    ['that is a megabyte too long', 'x'.repeat(2_200_000)],
    ['of a federation router', JSON.stringify({ query: '{ _service { sdl } }' })],
    ['that is no query', JSON.stringify({ query: '{' })],
    ['that is right', QUERY],
  ])('refuses a body %s without reading it', async (_what, body) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${guarded.gateway.url}/graphql`, { method: 'POST', headers, body })
    expect(response.status).toBe(401)
    expect(withoutId(await response.text())).toEqual(REFUSAL)
  })

  it('takes two headers of one name for two credentials', async () => {
    const lines = guarded.gateway.log.length
    const headers = new Headers([
      ['x-api-key', key.text],
      ['x-api-key', key.text],
    ])
    // What is joined on the way is one header still, and no key.
    expect((await fetch(`${guarded.gateway.url}/graphql`, { headers })).status).toBe(401)
    const { request } = await import('node:http')
    const status = await new Promise(resolve => {
      const raw = { headers: { 'x-api-key': [key.text, key.text] } }
      request(`${guarded.gateway.url}/graphql?query={__typename}`, raw, answer => {
        answer.resume()
        resolve(answer.statusCode)
      }).end()
    })
    expect(status).toBe(401)
    expect(reasonsIn(guarded.gateway.log.slice(lines))).toEqual(['malformed', 'several'])
  })
})
