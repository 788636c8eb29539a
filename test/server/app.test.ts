import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE_QUERY } from '../../src/server/graphql/sandbox.js'
import { startGateway, startTestSetup, type TestGateway, type TestSetup } from '../gateway.js'

let setup: TestSetup
let production: TestGateway

beforeAll(async () => {
  setup = await startTestSetup()
  production = await startGateway({ catalyst: null, threescale: null }, true)
})
afterAll(async () => {
  await setup[Symbol.asyncDispose]()
  await production[Symbol.asyncDispose]()
})

const json = { 'content-type': 'application/json' }

describe('the server', () => {
  it.each(['/healthz', '/readyz'])('answers %s without calling an upstream', async path => {
    const response = await fetch(setup.gateway.url + path)
    expect(response.status).toBe(200)
    expect([...setup.catalyst.requests, ...setup.threescale.requests]).toEqual([])
  })

  it('serves the Sandbox at /sandbox in development, with the endpoint /graphql and an example query that works', async () => {
    const response = await fetch(`${setup.gateway.url}/sandbox`)
    const html = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(html).toContain('embeddable-sandbox')
    // The page that a browser shows when it cannot reach Apollo's servers.
    expect(html).toContain(`<p><code>${EXAMPLE_QUERY}</code></p>`)
    expect(html).toContain('var initialEndpoint = new URL("/graphql", window.location.href).href;')
    expect((await setup.gateway.askText(EXAMPLE_QUERY)).data).toMatchObject({
      customerCost: { total: { net: { amount: '81.69' } }, lineItems: { totalCount: 7 } },
    })
  })

  it('serves no page, no introspection and no suggestions in production', async () => {
    expect((await fetch(`${production.url}/`)).status).toBe(404)
    expect(
      (await fetch(`${production.url}/graphql`, { headers: { accept: 'text/html' } })).headers.get('content-type'),
    ).not.toContain('html')
    const introspection = await production.askText('{ __schema { queryType { name } } }')
    expect(introspection.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED')
    const typo = await production.askText('{ invoics { totalCount } }')
    expect(typo.errors?.[0]?.message).not.toContain('invoices')
  })

  it('returns empty results without an error for systems that are not configured', async () => {
    const { data, errors } = await production.askText(
      '{ sources { source } invoices { totalCount nodes { id } } quotation { source } buyer(id: "threescale:buyer:1") { id } customerCost(prefix: "") { prefix } provider(id: "threescale:provider:4") { id } }',
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      sources: [],
      invoices: { totalCount: 0, nodes: [] },
      quotation: null,
      buyer: null,
      customerCost: null,
      provider: null,
    })
  })

  it("returns the client's request id, and makes one when it is missing or malformed", async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${setup.gateway.url}/graphql`, {
        method: 'POST',
        headers: { ...json, ...headers },
        body: '{"query":"{ nothing }"}',
      })
    const given = await send({ 'x-request-id': 'order-66.a' })
    expect(given.headers.get('x-request-id')).toBe('order-66.a')
    expect(await given.json()).toMatchObject({ errors: [{ extensions: { requestId: 'order-66.a' } }] })
    expect((await send({ 'x-request-id': 'x'.repeat(128) })).headers.get('x-request-id')).toHaveLength(128)
    for (const none of ['', 'a b"c', 'a, b', '{"level":60}', 'x'.repeat(129), 'caf\u00e9', '../a']) {
      const made = await send({ 'x-request-id': none })
      expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it.each([
    ['a body that is not JSON', { method: 'POST', headers: json, body: '{bad' }, 400],
    [
      'a form',
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={x}' },
      415,
    ],
    ['a plain text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ x }"}' }, 400],
    ['a body of 2 MB', { method: 'POST', headers: json, body: `{"query":"${'x'.repeat(2_000_000)}"}` }, 413],
    ['an unknown path', { method: 'POST', headers: json, body: '{}', path: '/nowhere' }, 404],
  ])('refuses %s with one JSON error that has a code', async (_name, request, status) => {
    const { path = '/graphql', ...init } = request as RequestInit & { path?: string }
    const response = await fetch(setup.gateway.url + path, init)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: expect.stringMatching(/BAD_REQUEST|NOT_FOUND/) } }],
    })
  })

  it('answers GET only with a header that forces a preflight, and never executes an array of operations', async () => {
    const url = `${setup.gateway.url}/graphql?query=${encodeURIComponent('{ __typename }')}`
    expect((await fetch(url)).status).toBe(400)
    expect((await fetch(url, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(200)
    const batch = await fetch(`${setup.gateway.url}/graphql`, {
      method: 'POST',
      headers: json,
      body: '[{"query":"{ __typename }"}]',
    })
    expect(batch.status).toBe(400)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS'])('refuses %s with 405', async method => {
    const response = await fetch(`${setup.gateway.url}/graphql`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })

  it('puts the request id in every refusal, that of an invalid path included', async () => {
    const batch = await fetch(`${setup.gateway.url}/graphql`, {
      method: 'POST',
      headers: json,
      body: '[{"query":"{ __typename }"}]',
    })
    const path = await fetch(`${setup.gateway.url}/%`)
    for (const response of [batch, path]) {
      expect(response.status).toBe(400)
      const body = (await response.json()) as { errors: { extensions: object }[] }
      expect(body.errors[0]?.extensions).toEqual({
        code: 'BAD_REQUEST',
        requestId: response.headers.get('x-request-id'),
      })
    }
  })

  it.each([
    ['an answered operation', '/graphql', '{"query":"{ __typename }"}'],
    ['an invalid document', '/graphql', '{"query":"{"}'],
    ['an invalid body', '/graphql', '{'],
    ['an unknown path', '/nowhere', '{}'],
    ['an invalid path', '/%', '{}'],
    ['an invalid hash', '/graphql', '{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1}}}'],
    ['an upstream that does not answer', '/graphql', '{"query":"{ invoices { totalCount } }"}'],
  ])('has one request id in the response and in every log line, for %s', async (_what, path, body) => {
    const closed = 'http://127.0.0.1:1'
    const threescale = { url: closed, accessToken: 'token', deadlineMs: 1_000 }
    await using gateway = await startGateway({ catalyst: null, threescale })
    const headers = { ...json, 'x-request-id': 'order-66' }
    const response = await fetch(gateway.url + path, { method: 'POST', headers, body })
    await response.text()
    expect(response.headers.get('x-request-id')).toBe('order-66')
    // The last line is logged after the response is sent: closing waits for it.
    await gateway[Symbol.asyncDispose]()
    const ids = gateway.log.map(line => (JSON.parse(line) as { requestId?: string }).requestId)
    expect(new Set(ids)).toEqual(new Set(['order-66']))
  })

  it('logs one line for a request, and at debug one for each upstream call, with its id and without its query', async () => {
    setup.gateway.log.length = 0
    await setup.gateway.askText('{ invoice(id: "threescale:invoice:1001") { id } }')
    const lines = setup.gateway.log.map(line => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toMatchObject([
      { msg: 'upstream call', operation: 'GET /api/invoices/{id}.xml', requestId: lines[1]?.requestId },
      { msg: 'answered', method: 'POST', route: '/graphql', status: 200, requestId: expect.any(String) },
    ])
    expect(setup.gateway.log.join('')).not.toContain('threescale:invoice')
  })
})
