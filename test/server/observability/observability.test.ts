import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../../built-program.js'
import { documentedMetrics } from './documented-metrics.js'
import { type ObservedGateway, startObserved, type TestKeys, writeKeys } from './observed-gateway.js'
import { type OtlpServer, type ReceivedSpan, startOtlpServer } from './otlp-server.js'

const CUSTOMERS = Array.from({ length: 200 }, (_, index) => `customer-${index}`)
const COST = 'customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount } } }'
/** For a compiler and a program on a busy machine. */
const START_MS = 240_000
const TRACE = '0af7651916cd43dd8448eb211c80319c'
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`

let program: BuiltProgram
let otlp: OtlpServer
let keys: TestKeys
let gateway: ObservedGateway

const keyOf = (name: string): Readonly<Record<string, string>> => ({ 'x-api-key': keys.keys.get(name) ?? '' })

beforeAll(async () => {
  program = await buildProgram()
  otlp = await startOtlpServer()
  keys = writeKeys(['router', 'stranger', ...CUSTOMERS])
  gateway = await startObserved(program, {
    AUTH: 'keys',
    // Reads of 3scale always call it.
    CACHE_THREESCALE_INVOICES: '0,0,0',
    AUTH_KEYS_FILE: keys.file,
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  })
}, START_MS)
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await otlp[Symbol.asyncDispose]()
})

describe('the log', () => {
  it('has one line for a request: operation, caller, client, cost, cache, and upstream calls with their time', async () => {
    const client = { 'apollographql-client-name': 'month end', 'apollographql-client-version': '1.2.3' }
    await gateway.send(`query MonthEnd { ${COST} }`, { ...keyOf('router'), ...client, traceparent: TRACEPARENT })
    const line = await gateway.nextAnswer()
    expect(line).toMatchObject({
      ...{ level: 30, method: 'POST', route: '/graphql', status: 200, ms: expect.any(Number) },
      ...{ operation: 'MonthEnd', type: 'query', cost: expect.any(Number), cache: 'miss', traceId: TRACE },
      ...{ caller: 'key:router', credential: 'key', client: 'month end', clientVersion: '1.2.3' },
      reads: { miss: expect.any(Number) },
    })
    expect(line.calls).toContainEqual({
      upstream: 'catalyst',
      operation: 'GET /v2/invoices',
      outcome: 'ok',
      ms: expect.any(Number),
    })
  })

  it('says that a response came from the operation cache, without any upstream call', async () => {
    await gateway.send(`query MonthEnd { ${COST} }`, keyOf('router'))
    const line = await gateway.nextAnswer()
    expect(line).toMatchObject({ operation: 'MonthEnd', cache: 'hit', cost: expect.any(Number) })
    expect(line).not.toHaveProperty('calls')
  })

  it.each([
    ['a request without the right', 'stranger', '{ invoices { nodes { id } } }', 200, 'FORBIDDEN'],
    ['a bad argument', 'router', '{ invoice(id: "7") { id } }', 200, 'BAD_USER_INPUT'],
    ['an invalid document', 'router', '{ nothing }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a request without a credential', 'no one', '{ __typename }', 401, 'UNAUTHENTICATED'],
    ['a request without a document', 'router', '', 400, 'BAD_REQUEST'],
  ])('has the code of %s', async (_what, caller, query, status, code) => {
    await gateway.send(query, keyOf(caller))
    expect(await gateway.nextAnswer()).toMatchObject({ status, codes: [code] })
  })

  it.each([
    ['too long', 'x'.repeat(65)],
    ['not a name', 'a"}{"b'],
  ])('leaves out a client name that is %s', async (_what, name) => {
    await gateway.send('{ __typename }', { ...keyOf('router'), 'apollographql-client-name': name })
    expect(await gateway.nextAnswer()).not.toHaveProperty('client')
  })

  it('has each upstream call at level debug, which is set at run time on the metrics port', async () => {
    const calls = () => gateway.lines().filter(({ msg }) => msg === 'upstream call')
    expect(calls()).toEqual([])
    await putLevel('debug')
    await gateway.send('{ invoices(filter: { source: THREESCALE }, first: 3) { nodes { id } } }', keyOf('router'))
    await gateway.nextAnswer()
    await putLevel('info')
    expect(calls()).toMatchObject([
      {
        level: 20,
        upstream: 'threescale',
        operation: 'GET /api/invoices.xml',
        outcome: 'ok',
        status: 200,
        attempts: 1,
      },
    ])
    expect(await (await fetch(`${gateway.admin}/log-level`)).json()).toEqual({ level: 'info' })
  })

  it.each([
    ['an unknown level', 'loud', {}, 'level is "loud"; expected one of trace, debug, info, warn, error, silent'],
    ['a request of a browser', 'debug', { origin: 'https://example.com' }, 'The Origin header is set'],
  ])('does not change its level for %s', async (_what, body, headers, message) => {
    const response = await fetch(`${gateway.admin}/log-level`, { method: 'PUT', body, headers })
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining(message.replaceAll('"', '\\"')),
    ])
    expect(await (await fetch(`${gateway.admin}/log-level`)).json()).toEqual({ level: 'info' })
  })
})

describe('a trace', () => {
  let spans: readonly ReceivedSpan[]

  beforeAll(async () => {
    const query = `query Traced { ${COST} invoices(filter: { source: THREESCALE }, first: 4) { nodes { id } } }`
    await gateway.send(query, { ...keyOf('router'), traceparent: TRACEPARENT.replace('0af7', '1bf8') })
    await gateway.nextAnswer()
    await gateway.send('query Unseen { __typename }', keyOf('router'))
    await gateway.nextAnswer()
    spans = await otlp.trace(TRACE.replace('0af7', '1bf8'))
  })

  it("continues the caller's, through operation, fields, cache reads and upstream calls", () => {
    const nameOf = (id: string): string => spans.find(({ spanId }) => spanId === id)?.name ?? id
    const links = spans.map(({ name, parentId }) => `${nameOf(parentId)} > ${name}`)
    expect(links.toSorted()).toEqual([
      'POST /graphql > query Traced',
      'Query.customerCost > cache catalyst-bills',
      'Query.invoices > cache threescale-invoices',
      'b7ad6b7169203331 > POST /graphql',
      'cache threescale-invoices > threescale GET /api/invoices.xml',
      'query Traced > Query.customerCost',
      'query Traced > Query.invoices',
    ])
  })

  it('says what was cached and how each call ended', () => {
    const attributesOf = (wanted: string) => spans.find(({ name }) => name === wanted)?.attributes
    expect(attributesOf('cache catalyst-bills')).toMatchObject({ 'billgraph.cache.outcome': 'hit' })
    expect(attributesOf('cache threescale-invoices')).toMatchObject({ 'billgraph.cache.outcome': 'miss' })
    expect(attributesOf('threescale GET /api/invoices.xml')).toMatchObject({
      'http.response.status_code': 200,
      'url.template': '/api/invoices.xml',
    })
    expect(attributesOf('POST /graphql')).toMatchObject({ 'billgraph.operation_cache': 'miss' })
  })

  it('is not recorded where the sampler says no', () => {
    expect(otlp.spans.filter(({ name }) => name === 'query Unseen')).toEqual([])
  })

  it('holds no credential, argument, amount, caller or customer', () => {
    const text = otlp.text()
    expect(text).toContain('query Traced')
    const secrets = [keyOf('router')['x-api-key'] ?? '?', 'customer-wcc', '81.69', 'router', '2017-07', '1331']
    expect(secrets.filter(secret => text.includes(secret))).toEqual([])
  })
})

describe('the metrics', () => {
  it('count operations by name, errors by code, and calls by upstream', async () => {
    const text = await gateway.metrics()
    for (const line of [
      'billgraph_operation_duration_seconds_count{operation="MonthEnd"} 2',
      'billgraph_errors_total{operation="unnamed",code="FORBIDDEN"} 1',
      'billgraph_errors_total{operation="none",code="UNAUTHENTICATED"} 1',
      'billgraph_upstream_calls_total{upstream="catalyst",operation="GET /v2/invoices",outcome="ok"}',
      'billgraph_upstream_circuit_state{upstream="threescale"} 0',
      'billgraph_journal_writes{state="INCIDENT"} 0',
    ]) {
      expect(text).toContain(line)
    }
  })

  it('stay below 2,000 series while 200 customers send operations of their own, and name none of them', async () => {
    const send = async (name: string, index: number): Promise<void> => {
      const id = index % 2 === 0 ? 'threescale:invoice:1331' : 'x'
      await gateway.send(`query ${name.replace('-', '_of_')} { invoice(id: "${id}") { id } }`, keyOf(name))
    }
    for (let start = 0; start < CUSTOMERS.length; start += 20) {
      await Promise.all(CUSTOMERS.slice(start, start + 20).map((name, index) => send(name, index)))
    }
    const series = (await gateway.metrics()).split('\n').filter(line => line !== '' && !line.startsWith('#'))
    expect(series.length).toBeGreaterThan(300)
    expect(series.length).toBeLessThan(2_000)
    expect(series.filter(line => /customer-\d/.test(line))).toEqual([])
    expect(series.filter(line => line.includes('operation="other"')).length).toBeGreaterThan(5)
  })

  it('are those of the table in docs/operations.md', async () => {
    const text = await gateway.metrics()
    const types = [...text.matchAll(/^# TYPE (billgraph_\S+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`)
    const helps = new Map([...text.matchAll(/^# HELP (billgraph_\S+) (.*)$/gm)].map(([, name, help]) => [name, help]))
    const documented = documentedMetrics(readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8'))
    expect(documented.map(({ name, type }) => `${name} ${type}`)).toEqual(types.toSorted())
    expect(documented.filter(({ name, help }) => helps.get(name) !== help)).toEqual([])
    // Labels of what has occurred; the table may have more.
    const used = new Map(
      [...text.matchAll(/^(billgraph_\w+?)(?:_bucket|_sum|_count)?\{(.*)\} /gm)].map(([, n, l]) => [n, l]),
    )
    for (const { name, labels } of documented) {
      const names = [...(used.get(name) ?? '').matchAll(/(\w+)="/g)]
        .map(([, label]) => label)
        .filter(one => one !== 'le')
      if (names.length > 0) expect([name, names]).toEqual([name, labels])
    }
  })
})

describe('the process', () => {
  it('prints nothing but JSON in production, from its start to its end', async () => {
    await gateway.process.end()
    // `lines` parses every line.
    const events = gateway.lines().flatMap(({ event }) => event ?? [])
    expect(events).toEqual(['start', 'log-level', 'log-level', 'drain', 'end'])
  })

  it('ends when no one reads its stdout any more', async () => {
    await using other = await startObserved(program)
    const exited = once(other.process.child, 'exit')
    other.process.child.stdout?.destroy()
    await other.send('{ __typename }').catch(() => {})
    await exited
    expect(other.process.output()).toContain('stdout is closed')
  })
})

async function putLevel(level: string): Promise<void> {
  const response = await fetch(`${gateway.admin}/log-level`, { method: 'PUT', body: level })
  expect(await response.json()).toEqual({ level })
}
