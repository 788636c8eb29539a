import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Files, gatewayConfigOf, PASSWORD_BY_IDS, problemsOf, THREESCALE, type Variables } from './variables.js'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('settings of the GraphQL server', () => {
  it.each<[Variables, object]>([
    [
      {},
      { hasIntrospection: true, hasPersistedQueries: true, trustedDocuments: null, cors: null, hasCompression: true },
    ],
    [{ INTROSPECTION: 'off' }, { hasIntrospection: false }],
    [{ DEMO: '1', NODE_ENV: 'production' }, { hasIntrospection: false }],
    [{ DEMO: '1', NODE_ENV: 'production', INTROSPECTION: 'on' }, { hasIntrospection: true }],
    [{}, { hasDashboard: true }],
    [{ DASHBOARD: 'off' }, { hasDashboard: false }],
    [{ DEMO: '1', NODE_ENV: 'production' }, { hasDashboard: true }],
    [{ ...PASSWORD_BY_IDS, NODE_ENV: 'production' }, { hasDashboard: false }],
    [{ ...PASSWORD_BY_IDS, NODE_ENV: 'production', DASHBOARD: 'on' }, { hasDashboard: true }],
    [{ APQ: 'off' }, { hasPersistedQueries: false }],
    [{ COMPRESSION: 'off' }, { hasCompression: false }],
    [{ CORS_ORIGINS: '' }, { cors: null }],
    [{ CORS_ORIGINS: '*' }, { cors: { origins: ['*'], hasCredentials: false } }],
    [
      { CORS_ORIGINS: 'https://a.example, http://localhost:3000,https://a.example', CORS_CREDENTIALS: 'on' },
      { cors: { origins: ['https://a.example', 'http://localhost:3000'], hasCredentials: true } },
    ],
    [{ TRUSTED_DOCUMENTS: 'off' }, { trustedDocuments: null }],
    [{}, { drain: { delayMs: 0, timeoutMs: 20_000 } }],
    [THREESCALE, { drain: { delayMs: 5_000, timeoutMs: 20_000 } }],
    [{ ...THREESCALE, DRAIN_TIMEOUT_MS: '8000' }, { drain: { delayMs: 2_000, timeoutMs: 8_000 } }],
    [{}, { trustedProxies: [] }],
    [
      { TRUST_PROXY: '10.0.0.0/8, 127.0.0.1,fd00::/8,loopback' },
      { trustedProxies: ['10.0.0.0/8', '127.0.0.1', 'fd00::/8', 'loopback'] },
    ],
    [{ DRAIN_DELAY_MS: '7000', DRAIN_TIMEOUT_MS: '8000' }, { drain: { delayMs: 7_000, timeoutMs: 8_000 } }],
    [{}, { admission: { permits: 200, queueLimit: 1_000, maxWaitMs: 5_000, maxLoopDelayMs: 1_000 } }],
    [
      {
        ADMISSION_PERMITS: '10',
        ADMISSION_QUEUE_LIMIT: '0',
        ADMISSION_MAX_WAIT_MS: '2000',
        ADMISSION_MAX_LOOP_DELAY_MS: '500',
      },
      { admission: { permits: 10, queueLimit: 0, maxWaitMs: 2_000, maxLoopDelayMs: 500 } },
    ],
  ])('reads %j', (variables, server) => {
    expect(gatewayConfigOf(variables)).toMatchObject({ server })
  })

  it.each<[Variables, string[]]>([
    [{ APQ: 'yes' }, ['APQ is "yes"; expected one of on, off']],
    [
      { INTROSPECTION: '1', COMPRESSION: '0' },
      ['INTROSPECTION is "1"; expected one of on, off', 'COMPRESSION is "0"; expected one of on, off'],
    ],
    [{ ADMISSION_PERMITS: '0' }, ['ADMISSION_PERMITS is "0"; expected a whole number from 1 to 100000']],
    [{ ADMISSION_MAX_WAIT_MS: '0' }, ['ADMISSION_MAX_WAIT_MS is "0"; expected a whole number from 1 to 100000']],
    ...['true', '1', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', 'proxy.example.com'].map(
      (value): [Variables, string[]] => [
        { TRUST_PROXY: `127.0.0.1,${value}` },
        [
          `TRUST_PROXY has "${value}"; expected a list of addresses, ranges such as 10.0.0.0/8, and the names loopback, linklocal and uniquelocal (not a number of proxies, nor true: any client could send the header)`,
        ],
      ],
    ),
    [{ DRAIN_TIMEOUT_MS: '20s' }, ['DRAIN_TIMEOUT_MS is "20s"; expected a whole number from 0 to 600000']],
    [{ DRAIN_DELAY_MS: '20001' }, ['DRAIN_DELAY_MS is 20001, which is more than DRAIN_TIMEOUT_MS (20000)']],
    [{ CORS_CREDENTIALS: 'on' }, ['CORS_CREDENTIALS is on, but CORS_ORIGINS is missing: set the allowed origins']],
    [{ CORS_ORIGINS: '*,https://a.example' }, ['CORS_ORIGINS has * beside other origins: use * alone']],
    [
      { CORS_ORIGINS: '*', CORS_CREDENTIALS: 'on' },
      [
        "CORS_ORIGINS is *, which is not allowed with CORS_CREDENTIALS=on: any page could send requests with its visitor's cookies",
      ],
    ],
  ])('refuses %j', (variables, problems) => {
    expect(problemsOf(variables, {}, gatewayConfigOf)).toEqual(problems)
  })

  it.each([
    'a.example',
    'https://a.example/',
    'https://a.example:443',
    'HTTPS://a.example',
    'null',
    'https://*.a.example/x',
  ])('refuses %s as an origin', origin => {
    expect(problemsOf({ CORS_ORIGINS: origin }, {}, gatewayConfigOf)).toEqual([
      `CORS_ORIGINS has "${origin}"; expected a list of origins such as https://bills.example.com, or *`,
    ])
  })
})

describe('trusted documents', () => {
  const A = 'query A { sources { source } }'
  const B = '{ products { name } }'
  const apollo = (...operations: object[]) =>
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations })
  const FILES: Files = {
    'codegen.json': JSON.stringify({ [`sha256:${sha256(A)}`]: A }),
    'apollo.json': apollo({ id: sha256(B), name: 'B', type: 'query', body: B }),
    'own.json': apollo({ id: 'b-1', name: 'B', type: 'query', body: B }),
  }
  const at = (files: string, mode = 'enforce'): Variables => ({
    TRUSTED_DOCUMENTS: mode,
    TRUSTED_DOCUMENTS_FILE: files,
  })

  it.each<[string, [string, string][]]>([
    ['codegen.json', [[sha256(A), A]]],
    ['apollo.json', [[sha256(B), B]]],
    [
      'codegen.json, apollo.json,own.json',
      [
        [sha256(A), A],
        [sha256(B), B],
        ['b-1', B],
      ],
    ],
  ])('are read from %s', (files, documents) => {
    for (const mode of ['log', 'enforce']) {
      expect(gatewayConfigOf(at(files, mode), FILES).server.trustedDocuments).toEqual({
        mode,
        documents: new Map(documents),
      })
    }
  })

  it.each<[Variables, string[]]>([
    [{ TRUSTED_DOCUMENTS: 'yes' }, ['TRUSTED_DOCUMENTS is "yes"; expected one of off, log, enforce']],
    [
      { TRUSTED_DOCUMENTS: 'log' },
      ['TRUSTED_DOCUMENTS_FILE is missing: TRUSTED_DOCUMENTS=log needs a manifest of documents'],
    ],
    [
      { TRUSTED_DOCUMENTS_FILE: 'codegen.json' },
      ['TRUSTED_DOCUMENTS_FILE is set without TRUSTED_DOCUMENTS: set that to off, log or enforce'],
    ],
    [
      at('codegen.json,gone.json'),
      ['TRUSTED_DOCUMENTS_FILE names "gone.json", which cannot be read: no such file (ENOENT)'],
    ],
  ])('are refused by %j', (variables, problems) => {
    expect(problemsOf(variables, FILES, gatewayConfigOf)).toEqual(problems)
  })

  it.each<[string, string]>([
    ['[]', 'is not a manifest'],
    ['nothing', 'is not a manifest'],
    ['{"a":1}', 'is not a manifest'],
    ['{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}', 'is not a manifest'],
    ['{}', 'has no documents'],
    [JSON.stringify({ [sha256(A)]: B }), `entry ${sha256(A)} is not the hash of its document`],
    [JSON.stringify({ 'sha256:b-1': B }), 'entry sha256:b-1 is not a SHA-256 in hexadecimal digits'],
    ['{"a":"{"}', 'entry a does not parse: Syntax Error'],
    ['{"a":""}', 'entry a does not parse: Syntax Error'],
    [
      apollo({ id: 'a', name: 'A', type: 'query', body: A }, { id: 'a', name: 'B', type: 'query', body: B }),
      'entry a has two different documents',
    ],
  ])('are refused from %s', (text, problem) => {
    expect(problemsOf(at('bad.json'), { 'bad.json': text }, gatewayConfigOf)).toEqual([
      expect.stringContaining(`TRUSTED_DOCUMENTS_FILE bad.json: ${problem}`),
    ])
  })

  it('are refused with all problems of all files at once', () => {
    const files = { 'a.json': JSON.stringify({ a: '{', [sha256(A)]: B }), 'b.json': '[]' }
    expect(problemsOf({ ...at('a.json,b.json'), PORT: 'x' }, files, gatewayConfigOf)).toHaveLength(4)
  })
})
