import type { IncomingMessage } from 'node:http'
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/access/principal.js'
import { operationKey, rawKey } from '../../../src/server/operation-cache/operation-key.js'

const query = '{ invoices(first: 1) { totalCount } }'

function principalOf(changes: Partial<Principal> = {}): Principal {
  return {
    id: 'key acme',
    scopes: new Set(['billing:read', 'costs:read']),
    grants: { projects: '*', prefixes: new Set(['customer-a', 'customer-b']), buyers: new Set() },
    ...changes,
  }
}

function post(body: unknown, headers: Readonly<Record<string, string>> = {}): HTTPGraphQLRequest {
  const all = new HeaderMap(Object.entries({ 'content-type': 'application/json', ...headers }))
  return { method: 'POST', headers: all, search: '', body }
}

function get(search: string): HTTPGraphQLRequest {
  return { method: 'GET', headers: new HeaderMap(), search, body: undefined }
}

describe('the key of an operation', () => {
  it('is the same for two equal principals, and reveals neither the principal nor the request', () => {
    const other = principalOf({ scopes: new Set(['costs:read', 'billing:read']) })
    const key = operationKey(principalOf(), post({ query }))
    expect(operationKey(other, post({ query }, { 'x-request-id': 'another', authorization: 'Bearer x' }))).toBe(key)
    expect(key).toMatch(/^[\w+/=]{44}$/)
  })

  const grants = principalOf().grants
  const all: readonly (readonly [string, string | null])[] = [
    ['plain', operationKey(principalOf(), post({ query }))],
    ['another caller', operationKey(principalOf({ id: 'key other' }), post({ query }))],
    ['fewer scopes', operationKey(principalOf({ scopes: new Set(['billing:read']) }), post({ query }))],
    ['no prefix', operationKey(principalOf({ grants: { ...grants, prefixes: new Set() } }), post({ query }))],
    [
      'one prefix less',
      operationKey(principalOf({ grants: { ...grants, prefixes: new Set(['customer-a']) } }), post({ query })),
    ],
    ['all prefixes', operationKey(principalOf({ grants: { ...grants, prefixes: '*' } }), post({ query }))],
    [
      'a prefix named *',
      operationKey(principalOf({ grants: { ...grants, prefixes: new Set(['*']) } }), post({ query })),
    ],
    [
      'one name in place of two',
      operationKey(
        principalOf({ grants: { ...grants, prefixes: new Set(['customer-a,customer-b']) } }),
        post({ query }),
      ),
    ],
    ['no project', operationKey(principalOf({ grants: { ...grants, projects: new Set() } }), post({ query }))],
    ['a buyer', operationKey(principalOf({ grants: { ...grants, buyers: new Set(['customer-a']) } }), post({ query }))],
    ['another document', operationKey(principalOf(), post({ query: `${query} ` }))],
    ['variables', operationKey(principalOf(), post({ query, variables: { first: 1 } }))],
    ['a variable that is null', operationKey(principalOf(), post({ query, variables: { first: null } }))],
    ['a string in place of a number', operationKey(principalOf(), post({ query, variables: { first: '1' } }))],
    ['an operation name', operationKey(principalOf(), post({ query, operationName: 'A' }))],
    ['another media type', operationKey(principalOf(), post({ query }, { accept: 'application/json' }))],
    [
      'another content type',
      operationKey(principalOf(), post({ query }, { 'content-type': 'application/json; charset=utf-8' })),
    ],
    ['a CSRF prevention header', operationKey(principalOf(), post({ query }, { 'apollo-require-preflight': '1' }))],
    ['by GET', operationKey(principalOf(), get(`?query=${encodeURIComponent(query)}`))],
    ['by GET, with variables', operationKey(principalOf(), get(`?query=${encodeURIComponent(query)}&variables={}`))],
    ['by hash', operationKey(principalOf(), post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } }))],
  ]

  it.each(all)('differs for: %s', (_what, key) => {
    expect(key).not.toBeNull()
    expect(all.filter(([, other]) => other === key)).toHaveLength(1)
  })

  it.each<[string, HTTPGraphQLRequest]>([
    ['no operation', post([])],
    [
      'a request that registers a persisted query',
      post({ query, extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } }),
    ],
    ['the same by GET', get(`?query=${encodeURIComponent(query)}&extensions={"persistedQuery":{}}`)],
    ['an infinite number', post(JSON.parse(`{"query":"${query}","variables":{"first":1e999}}`))],
    ['100,000 nested lists', post({ query, variables: { deep: JSON.parse('['.repeat(1e5) + ']'.repeat(1e5)) } })],
  ])('is null for %s', (_what, request) => {
    expect(operationKey(principalOf(), request)).toBeNull()
  })

  it('is equal for two bodies only when they are equal', () => {
    const principal = principalOf()
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const key = (variables: unknown) => operationKey(principal, post({ query, variables }))
        expect(key(left) === key(right)).toBe(JSON.stringify(left) === JSON.stringify(right))
        expect(key(structuredClone(left))).toBe(key(left))
      }),
    )
  })
})

describe('the raw key of a request', () => {
  const headers = { 'content-type': 'application/json' }
  const key = (principal: Principal, body: string, sent: object = headers) =>
    rawKey(principal, { headers: sent } as IncomingMessage, Buffer.from(body))
  const body = JSON.stringify({ query })

  it('is the same for the same bytes of one caller, whatever other headers it sends', () => {
    expect(key(principalOf(), body, { ...headers, 'x-request-id': 'another' })).toBe(key(principalOf(), body))
    expect(key(principalOf(), body)).toMatch(/^[\w+/=]{44}$/)
  })

  it('differs for another caller, other rights, other bytes, and another media type', () => {
    const keys = [
      key(principalOf(), body),
      key(principalOf({ id: 'key other' }), body),
      key(principalOf({ scopes: new Set() }), body),
      key(principalOf({ grants: { ...principalOf().grants, buyers: '*' } }), body),
      key(principalOf(), `${body} `),
      key(principalOf(), body.replace('first', 'größe')),
      key(principalOf(), body.replace('first', 'gr\u00f6\u00dfe2')),
      key(principalOf(), body, { ...headers, accept: 'application/json' }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
