import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCHEMA } from '../../../src/writes/journal/schema.js'
import { openSqlite } from '../../../src/writes/journal/sqlite.js'
import { type BuiltProgram, buildProgram } from '../../built-program.js'
import { order, startWriter } from '../../writes/writer-setup.js'
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

  it('says that its level was changed, also when the new one leaves such lines out', async () => {
    await putLevel('silent')
    await putLevel('info')
    // A line may arrive after the response.
    const lastTwo = () =>
      gateway
        .lines()
        .filter(({ event }) => event === 'log-level')
        .slice(-2)
    await expect.poll(lastTwo).toMatchObject([
      { from: 'info', to: 'silent' },
      { from: 'silent', to: 'info' },
    ])
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

  it('says where the response came from in the words of the log', async () => {
    for (const id of ['2cf9', '3df9']) {
      const traceId = TRACE.replace('0af7', id)
      await gateway.send(`query Repeated { ${COST} }`, {
        ...keyOf('router'),
        traceparent: TRACEPARENT.replace('0af7', id),
      })
      const { cache } = await gateway.nextAnswer()
      const request = (await otlp.trace(traceId)).find(({ name }) => name === 'POST /graphql')
      expect(['hit', 'miss']).toContain(cache)
      expect(request?.attributes['billgraph.operation_cache']).toBe(cache)
    }
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
      // A series that begins with its first burst shows Prometheus no increase.
      ...['keystone', 'catalyst', 'threescale'].map(
        upstream => `billgraph_upstream_invalid_responses_total{upstream="${upstream}"} 0`,
      ),
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
    expect(events).toEqual(['start', ...Array(4).fill('log-level'), 'drain', 'end'])
  })

  it('logs its start, reloads and end also at the level silent', async () => {
    await using other = await startObserved(program, { LOG_LEVEL: 'silent' })
    const events = () => other.lines().map(({ event }) => event)
    other.process.child.kill('SIGHUP')
    await expect.poll(events).toEqual(['start', 'reload'])
    await other.process.end()
    expect(events()).toEqual(['start', 'reload', 'drain', 'end'])
  })

  it('ends in DRAIN_TIMEOUT_MS while a write is read back from a 3scale that does not answer', async () => {
    const journal = join(mkdtempSync(join(tmpdir(), 'billgraph-drain-')), 'journal.db')
    {
      await using setup = await startWriter({ driver: openSqlite(journal, SCHEMA) })
      setup.fates.push('lost response')
      expect((await setup.writer.write(order('one'))).state).toBe('IN_DOUBT')
    }
    const asked = Promise.withResolvers<void>()
    const silent = createServer(() => asked.resolve())
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const { port } = silent.address() as AddressInfo
    await using other = await startObserved(program, {
      DEMO: '',
      THREESCALE_URL: `http://127.0.0.1:${port}`,
      THREESCALE_ACCESS_TOKEN: 'token',
      THREESCALE_DEADLINE_MS: '120000',
      WRITES_JOURNAL: journal,
      DRAIN_TIMEOUT_MS: '1000',
    })
    await asked.promise
    expect(await other.process.end()).toBe(0)
    silent.close().closeAllConnections()
  })

  it('ends when no one reads its stdout any more', async () => {
    await using other = await startObserved(program)
    const closed = once(other.process.child, 'close')
    other.process.child.stdout?.destroy()
    await other.send('{ __typename }').catch(() => {})
    await closed
    expect(other.process.output()).toContain('nothing can be written to stdout: ending')
  })

  it.runIf(existsSync('/dev/full'))('ends when the disk behind its stdout is full', () => {
    const full = openSync('/dev/full', 'w')
    const { PATH = '' } = process.env
    // At this level the first line is written once the gateway listens.
    const env = {
      PATH,
      NODE_ENV: 'production',
      DEMO: '1',
      AUTH: 'open',
      PORT: '0',
      LOG_LEVEL: 'error',
      DRAIN_DELAY_MS: '0',
    }
    const { stderr } = spawnSync(process.execPath, [join(program.dist, 'main.js')], {
      env,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
      timeout: 50_000,
      killSignal: 'SIGKILL',
    })
    closeSync(full)
    expect(stderr).toBe('billgraph: nothing can be written to stdout: ending\n')
  })
})

async function putLevel(level: string): Promise<void> {
  const response = await fetch(`${gateway.admin}/log-level`, { method: 'PUT', body: level })
  expect(await response.json()).toEqual({ level })
}
