import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, NoData } from '../../../examples/typed-client/src/ask.js'
import { customerCost } from '../../../examples/typed-client/src/customer-cost.js'
import { sources } from '../../../examples/typed-client/src/sources.js'
import { readManifest } from '../../../src/config/manifest.js'
import type { TrustedDocuments } from '../../../src/server/graphql/trusted-documents.js'
import { startGateway, startTestSetup, type TestGateway, type TestSetup } from '../../gateway.js'

const MANIFEST = readFileSync(
  new URL('../../../examples/typed-client/src/gql/persisted-documents.json', import.meta.url),
  'utf8',
)
const COST_ID = String(customerCost.__meta__?.hash)
const COST = (JSON.parse(MANIFEST) as Record<string, string>)[COST_ID] ?? ''
const HEX = COST_ID.replace('sha256:', '')
const VARIABLES = { prefix: 'customer-wcc', month: '2017-07' }

const OWN = 'query Sources { sources { source } } query Products { products { name } }'
const APOLLO = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: 'own-1', name: 'Sources', type: 'query', body: OWN }],
})

function trust(mode: TrustedDocuments['mode']): TrustedDocuments {
  const problems: string[] = []
  const entries = [MANIFEST, APOLLO].flatMap(text => readManifest(text, problem => problems.push(problem)))
  expect(problems).toEqual([])
  return { mode, documents: new Map(entries) }
}

interface Reply {
  readonly status: number
  readonly text: string
  readonly body: { readonly data?: unknown; readonly errors?: readonly { readonly extensions: { code: string } }[] }
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Reply['body'] }
}

async function post({ url }: TestGateway, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  const json = { 'content-type': 'application/json', ...headers }
  return reply(await fetch(`${url}/graphql`, { method: 'POST', headers: json, body: JSON.stringify(body) }))
}

async function get({ url }: TestGateway, parameters: Record<string, string>): Promise<Reply> {
  const headers = { 'apollo-require-preflight': '1' }
  return reply(await fetch(`${url}/graphql?${new URLSearchParams(parameters)}`, { headers }))
}

const persisted = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } })

describe('trusted documents, enforced', () => {
  let setup: TestSetup
  beforeAll(async () => {
    setup = await startTestSetup({ server: { trustedDocuments: trust('enforce') } })
  })
  afterAll(() => setup[Symbol.asyncDispose]())

  it.each<[string, object]>([
    ["graphql-codegen's id", { documentId: COST_ID }],
    ['the hash alone', { documentId: HEX }],
    ['the hash in capitals', { documentId: HEX.toUpperCase() }],
    ['the extension, by the hash', { extensions: persisted(HEX) }],
    ["the extension, by graphql-codegen's id", { extensions: persisted(COST_ID) }],
    ['the whole text', { query: COST }],
    ['the text with its hash', { query: COST, extensions: persisted(HEX) }],
    ['the text with its id, among other extensions', { query: COST, documentId: COST_ID, extensions: { a: 1 } }],
  ])('are answered by %s', async (_what, named) => {
    const { status, body } = await post(setup.gateway, { ...named, variables: VARIABLES })
    expect(status).toBe(200)
    expect(body).toMatchObject({ data: { customerCost: { total: { net: { amount: '81.69' } } } } })
    expect(body).not.toHaveProperty('errors')
  })

  it.each<[string, Record<string, string>]>([
    ['documentId', { documentId: COST_ID }],
    ['the extension', { extensions: JSON.stringify(persisted(HEX)) }],
    ['the text', { query: COST }],
  ])('are answered by GET, by %s', async (_what, named) => {
    const { status, body } = await get(setup.gateway, { ...named, variables: JSON.stringify(VARIABLES) })
    expect([status, body]).toMatchObject([200, { data: { customerCost: {} } }])
  })

  it('need a CSRF prevention header by GET', async () => {
    const response = await fetch(`${setup.gateway.url}/graphql?documentId=${COST_ID}`)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('BAD_REQUEST')])
  })

  it("are answered by an id of Apollo's manifest, by any of their operations", async () => {
    const named = { documentId: 'own-1', operationName: 'Sources' }
    const { status, body } = await post(setup.gateway, named)
    expect([status, body]).toEqual([200, { data: { sources: [{ source: 'CATALYST' }, { source: 'THREESCALE' }] } }])
    expect((await post(setup.gateway, { ...named, operationName: 'Products' })).body).toHaveProperty('data.products')
  })

  it.each<[string, object]>([
    ['another text', { query: '{ invoices { totalCount } }' }],
    ['a trusted text with a space more', { query: `${COST} ` }],
    ['a trusted text and a fragment', { query: `${COST} fragment A on Query { __typename }` }],
    ['a text that does not parse', { query: '{'.repeat(100_000) }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ["a router's document", { query: '{ _service { sdl } }' }],
    ['an unknown id', { documentId: 'own-2' }],
    ['the name of a property of every object', { documentId: 'constructor' }],
    ['an unknown hash', { extensions: persisted('0'.repeat(64)) }],
    ['a malformed hash', { extensions: persisted({ toString: 'x' }) }],
    ['no hash', { extensions: { persistedQuery: {} } }],
    ['another text under a trusted hash', { query: '{ products { name } }', extensions: persisted(HEX) }],
    ['another text under a trusted id', { query: '{ products { name } }', documentId: COST_ID }],
    ['a trusted text under the id of another', { query: COST, documentId: 'own-1' }],
    ['two ids that differ', { documentId: 'own-1', extensions: persisted(HEX) }],
    [
      'a document registered under its own hash',
      {
        query: '{ products { name } }',
        extensions: persisted(createHash('sha256').update('{ products { name } }').digest('hex')),
      },
    ],
  ])('refuse %s, before any upstream call', async (_what, body) => {
    const calls = () => setup.catalyst.requests.length + setup.threescale.requests.length
    const before = calls()
    const parameters = Object.fromEntries(
      Object.entries(body)
        .filter(([, value]) => String(value).length < 1_000)
        .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    )
    const responses = [await post(setup.gateway, body)]
    if (Object.keys(parameters).length > 0) responses.push(await get(setup.gateway, parameters))
    for (const { status, text, body: received } of responses) {
      expect(status).toBe(400)
      expect(received.errors?.map(({ extensions }) => extensions.code)).toEqual(['DOCUMENT_NOT_TRUSTED'])
      expect(received).not.toHaveProperty('data')
      expect(text.length).toBeLessThanOrEqual(4_096)
    }
    expect(calls()).toBe(before)
  })

  it('refuse in the media type that the client accepts', async () => {
    const query = '{ products { name } }'
    const headers = { accept: 'application/graphql-response+json', 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify({ query }) }
    const response = await fetch(`${setup.gateway.url}/graphql`, init)
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      400,
      'application/graphql-response+json; charset=utf-8',
      'no-store',
    ])
  })

  it('leave malformed requests to Apollo', async () => {
    for (const body of [{}, { variables: {} }, [{ query: COST }], { query: 7 }, { documentId: '' }]) {
      const { status, body: received } = await post(setup.gateway, body)
      expect([status, received.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST'])
    }
  })

  it('cannot be bypassed by a repeated parameter, by HEAD, or by a document in a text body', async () => {
    const url = `${setup.gateway.url}/graphql`
    const headers = { 'apollo-require-preflight': '1', 'x-request-id': 'bypass' }
    const other = encodeURIComponent('{ invoices { totalCount } }')
    const calls = () => setup.catalyst.requests.length + setup.threescale.requests.length
    const before = calls()
    for (const query of ['', encodeURIComponent(COST)]) {
      expect((await fetch(`${url}?query=${other}&query=${query}`, { headers })).status).toBe(400)
      expect((await fetch(`${url}?query=${query}&query=${other}`, { headers })).status).toBe(400)
    }
    expect((await fetch(`${url}?query=${other}`, { method: 'HEAD', headers })).status).toBe(405)
    const text = JSON.stringify({ query: '{ invoices { totalCount } }' })
    expect((await post(setup.gateway, { extensions: JSON.stringify(persisted(HEX)) })).status).toBe(400)
    expect((await reply(await fetch(url, { method: 'POST', headers, body: text }))).status).toBe(400)
    expect(calls()).toBe(before)
  })

  it('are what the typed client sends', async () => {
    const url = `${setup.gateway.url}/graphql`
    const { data } = await ask(url, customerCost, VARIABLES, { by: 'id' })
    expect(data.customerCost?.total.net.amount).toBe('81.69')
    // The text of the client is formatted; that of the manifest is not.
    await expect(ask(url, sources, {})).rejects.toThrow(NoData)
  })
})

describe('trusted documents, logged', () => {
  it("answer others as well, and log only the operation's name", async () => {
    const nothing = { catalyst: null, threescale: null }
    await using gateway = await startGateway(nothing, false, { trustedDocuments: trust('log') })
    const other = 'query Bill($id: ID!) { invoice(id: $id) { number } }'
    const variables = { id: 'threescale:invoice:3141592653' }
    const warnings = () => gateway.log.map(line => JSON.parse(line)).filter(line => /not trusted/.test(line.msg))

    expect((await post(gateway, { documentId: COST_ID, variables: VARIABLES })).status).toBe(200)
    expect(warnings()).toEqual([])
    const headers = { 'x-request-id': 'ours' }
    expect(await post(gateway, { query: other, variables }, headers)).toMatchObject({
      body: { data: { invoice: null } },
    })
    expect(warnings()).toMatchObject([{ level: 40, requestId: 'ours', operationName: 'Bill', mode: 'log' }])
    expect(gateway.log.join('')).not.toMatch(/3141592653|number|invoice/)
  })

  it.each<[string | null, object]>([
    ['B', { query: 'query A { __typename } query B { __typename }', operationName: 'B' }],
    ['A', { query: 'query A { __typename }', operationName: 'drop table; --' }],
    ['A', { query: 'fragment F on Query { __typename } query A { ...F }' }],
    [null, { query: '{ sources { source } }' }],
    [null, { extensions: persisted('0'.repeat(64)) }],
  ])('log the name %s of %j', async (operationName, body) => {
    const nothing = { catalyst: null, threescale: null }
    await using gateway = await startGateway(nothing, false, { trustedDocuments: trust('log') })
    await post(gateway, body)
    expect(gateway.log.map(line => JSON.parse(line)).filter(line => 'mode' in line)).toMatchObject([{ operationName }])
  })

  it('do not change automatic persisted queries', async () => {
    const nothing = { catalyst: null, threescale: null }
    await using gateway = await startGateway(nothing, false, { trustedDocuments: trust('log') })
    const query = '{ sources { source } }'
    const extensions = persisted(createHash('sha256').update(query).digest('hex'))
    expect((await post(gateway, { query, extensions })).body).toEqual({ data: { sources: [] } })
    expect((await post(gateway, { extensions })).body).toEqual({ data: { sources: [] } })
  })
})
