import { auditServer } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../../gateway.js'

/** Adds the CSRF prevention header, without which half of the audits could not use GET. */
const fetchFn: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('apollo-require-preflight', '1')
  return fetch(input, { ...init, headers })
}

/** Runs the audits of graphql-http: their number, and those that fail. */
async function auditsOf(isProduction: boolean, hasIntrospection: boolean) {
  await using gateway = await startGateway({ catalyst: null, threescale: null }, isProduction, { hasIntrospection })
  const results = await auditServer({ url: `${gateway.url}/graphql`, fetchFn })
  const failures = results.filter(result => result.status !== 'ok')
  return { count: results.length, failures: failures.map(({ id, name }) => `${id} ${name}`) }
}

describe('GraphQL over HTTP', () => {
  it.each([
    ['in development', false],
    ['in production', true],
  ])('passes every audit of graphql-http %s', async (_where, isProduction) => {
    expect(await auditsOf(isProduction, true)).toEqual({ count: 61, failures: [] })
  })

  it('fails only the audits that need introspection when it is off', async () => {
    const { count, failures } = await auditsOf(true, false)
    expect(count).toBe(61)
    expect(failures.map(failure => failure.split(' ')[0])).toEqual(['BF61', '2EA1', '28B9', 'D6D5', '6A70'])
  })

  it.each<[string | undefined, number]>([
    [undefined, 400],
    ['*/*', 400],
    ['application/graphql-response+json', 400],
    ['application/graphql-response+json, application/json;q=0.9', 400],
    ['application/json', 200],
    ['application/json; charset=utf-8, text/plain, */*', 200],
  ])('answers an invalid document with accept %s with status %i', async (accept, status) => {
    await using gateway = await startGateway({ catalyst: null, threescale: null })
    for (const body of [
      { query: '{' },
      { query: '{ nothing }' },
      {
        query: 'query Cost($prefix: String!) { customerCost(prefix: $prefix) { prefix } }',
        variables: { prefix: null },
      },
      { query: '{ __typename }', operationName: 'Missing' },
    ]) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(accept ? { accept } : {}) },
        body: JSON.stringify(body),
      })
      expect(response.status).toBe(status)
      const answer = (await response.json()) as { errors: { extensions: { requestId: string } }[] }
      expect(answer).not.toHaveProperty('data')
      expect(answer.errors[0]?.extensions.requestId).toBe(response.headers.get('x-request-id'))
    }
  })

  it('answers a malformed request with its status, whatever the client accepts', async () => {
    await using gateway = await startGateway({ catalyst: null, threescale: null })
    const statusOf = async (init: RequestInit, search = '') => {
      const headers = { accept: 'application/json', 'apollo-require-preflight': '1', ...init.headers }
      return (await fetch(`${gateway.url}/graphql${search}`, { ...init, headers })).status
    }
    const json = { 'content-type': 'application/json' }
    expect(await statusOf({ method: 'POST', headers: json, body: '{"notQuery":1}' })).toBe(400)
    expect(await statusOf({ method: 'POST', headers: json, body: '{"query":{}}' })).toBe(400)
    expect(await statusOf({ method: 'POST', headers: json, body: '[{"query":"{ __typename }"}]' })).toBe(400)
    expect(await statusOf({ headers: json }, '?query={__typename}&query={__typename}')).toBe(400)
    expect(await statusOf({ headers: { accept: 'image/png' } }, '?query={__typename}')).toBe(406)
  })
})
