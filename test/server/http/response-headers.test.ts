import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuthenticationError } from '../../../src/server/authentication/authentication-error.js'
import { startGateway, type TestGateway } from '../../gateway.js'
import { RawConnection } from './raw-connection.js'

const ORIGIN = 'https://bills.example.com'

let gateway: TestGateway
let locked: TestGateway

beforeAll(async () => {
  const systems = { catalyst: null, threescale: null }
  gateway = await startGateway(systems, false, { cors: { origins: [ORIGIN], hasCredentials: false } })
  locked = await startGateway(systems, false, {
    authenticate: async () => {
      throw new AuthenticationError('missing')
    },
  })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await locked[Symbol.asyncDispose]()
})

const json = { 'content-type': 'application/json' }
const post = (body: string): RequestInit => ({ method: 'POST', headers: json, body })

describe('x-content-type-options: nosniff', () => {
  it.each<[string, number, string, RequestInit]>([
    ['an answer', 200, '/graphql', post('{"query":"{ __typename }"}')],
    ['an invalid document', 400, '/graphql', post('{"query":"{"}')],
    ['a body that is not JSON', 400, '/graphql', post('{')],
    ['an unknown persisted query', 400, '/graphql', post('{"extensions":{"persistedQuery":{"version":1}}}')],
    ['a body that is too large', 413, '/graphql', post(`{"query":"${'x'.repeat(2_000_000)}"}`)],
    ['an unknown content type', 415, '/graphql', { method: 'POST', headers: { 'content-type': 'a/b' }, body: 'x' }],
    ['an unknown path', 404, '/nowhere', {}],
    ['an invalid path', 400, '/%', {}],
    ['a method that is not allowed', 405, '/graphql', { method: 'PUT' }],
    ['OPTIONS that is not a preflight', 405, '/graphql', { method: 'OPTIONS' }],
    [
      'a preflight',
      204,
      '/graphql',
      { method: 'OPTIONS', headers: { origin: ORIGIN, 'access-control-request-method': 'POST' } },
    ],
    ['liveness', 200, '/healthz', {}],
    ['readiness', 200, '/readyz', {}],
    ['the start page', 200, '/', {}],
    ['the Sandbox page', 200, '/sandbox', {}],
    ['a document', 200, '/docs/economics', {}],
    ['a file of a page', 200, '/pages/start.js', {}],
  ])('is sent with the response to %s', async (_what, status, path, request) => {
    const response = await fetch(gateway.url + path, request)
    await response.text()
    expect([response.status, response.headers.get('x-content-type-options')]).toEqual([status, 'nosniff'])
  })

  it('is sent with the response to a request without a credential', async () => {
    const response = await fetch(`${locked.url}/graphql`, post('{"query":"{ __typename }"}'))
    expect([response.status, response.headers.get('x-content-type-options')]).toEqual([401, 'nosniff'])
  })

  it.each<[string, number, string]>([
    ['bytes that are not HTTP', 400, 'hello\r\n\r\n'],
    ['headers that are too large', 431, `GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['a request without a Host header', 400, 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['an unknown expectation', 200, 'GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: x\r\nconnection: close\r\n\r\n'],
  ])('is sent with the response to %s, which is JSON', async (_what, status, request) => {
    using connection = await RawConnection.open(gateway.url)
    connection.send(request)
    const [head = '', body = ''] = (await connection.closed()).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head.toLowerCase()).toContain('\r\nx-content-type-options: nosniff')
    expect(head.toLowerCase()).toContain('\r\ncache-control: no-store')
    if (status === 200) expect(JSON.parse(body)).toEqual({ status: 'ok' })
    else expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })
})
