import { Temporal } from 'temporal-polyfill'

/** Query that reaches every upstream endpoint behind the graph. */
export const EVERYTHING = `{
  sources { source reachable circuit message }
  invoices(first: 3) {
    totalCount
    unavailable
    nodes { id number state buyer { id name } payments { message } lineItems(first: 2) { nodes { name plan { name } contract { name } metric { name } } } }
  }
  customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount } } notices { code message } }
  quotation { total { net { amount } } missingRegions notices { code message } }
  products { name rate }
  credits { code }
  buyers(first: 2) { totalCount nodes { id name } }
  node(id: "threescale:invoice:999999") { id }
}`

/** Query to both systems that no earlier round has sent. */
export function newQuery(turn: number): string {
  const start = Temporal.PlainDate.from('2017-01-01')
  return `{
    invoices(filter: { number: "${2000 + turn}-*" }) { totalCount }
    measurements(from: "${start}", to: "${start.add({ days: turn })}") { resourceId }
  }`
}

/** An HTTP request. */
export interface Request {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A GraphQL request by POST. */
export function post(query: string, headers: Readonly<Record<string, string>> = {}): Request {
  const body = JSON.stringify({ query })
  return { path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
}

/** Malformed or unusual requests of an authenticated caller. */
export function malformedRequests(headers: Readonly<Record<string, string>>, secret: string): readonly Request[] {
  const json = { ...headers, 'content-type': 'application/json' }
  const inQuery = `access_token=${encodeURIComponent(secret)}`
  return [
    post('{ nothing }', headers),
    post('{ node(id: "nonsense") { id } }', headers),
    post('query { invoices(first: -1) { totalCount } }', headers),
    post('mutation { nothing }', headers),
    post('subscription { nothing }', headers),
    post('{', headers),
    { path: '/graphql', method: 'POST', headers: json, body: '{"query":' },
    { path: '/graphql', method: 'POST', headers: json, body: JSON.stringify({ query: 'x'.repeat(2_000_000) }) },
    { path: '/graphql', method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: '{ sources }' },
    { path: '/graphql', method: 'PUT', headers, body: '{}' },
    { path: `/graphql?query=${encodeURIComponent('{ __typename }')}`, headers },
    { path: `/graphql?${inQuery}&query=${encodeURIComponent('{ sources { source } }')}` },
    { path: `/nowhere?${inQuery}`, headers },
    { path: '/%E0%A4%A', headers },
    ...['/', '/healthz', '/readyz', '/metrics', '/debug', '/config'].map(path => ({ path, headers })),
  ]
}
