import { describe, expect, it } from 'vitest'
import { type ApiKey, makeApiKey } from '../../src/access/api-key.js'
import { encodeKeyFile, type KeyFile } from '../../src/access/key-file.js'
import { hashOf } from '../../src/access/key-hash.js'
import { OPEN_TO_NETWORK } from '../../src/config/callers.js'
import { ConfigError, readGatewayConfig } from '../../src/config/gateway-config.js'
import { type Files, PASSWORD_BY_IDS, readFrom, THREESCALE, type Variables } from './variables.js'

function read(variables: Variables, files: Files = {}) {
  return readGatewayConfig(variables, readFrom(files))
}

function problemsOf(variables: Variables, files: Files = {}): readonly string[] {
  try {
    read(variables, files)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const key: ApiKey = makeApiKey()
const KEYS: KeyFile = {
  version: 1,
  holders: [
    {
      name: 'router',
      scopes: ['billing:read'],
      projects: '*',
      prefixes: ['customer-1'],
      buyers: [],
      keys: [{ id: key.id, sha256: hashOf(key), createdAt: '2026-11-22T02:00:00.000Z', validUntil: null }],
    },
  ],
}
const FILES = { '/keys.json': encodeKeyFile(KEYS) }
const WITH_KEYS = { AUTH: 'keys', AUTH_KEYS_FILE: '/keys.json' }

const JWT = {
  AUTH: 'jwt',
  AUTH_JWT_ISSUERS: 'https://a.example.com,https://b.example.com/realm',
  AUTH_JWT_AUDIENCE: 'billgraph',
}

const MISSING = (host: string) =>
  `AUTH is missing, and HOST is ${host}: set AUTH to jwt, keys or keystone (or several, separated by commas), or ` +
  'HOST to 127.0.0.1'

describe('AUTH', () => {
  it.each([undefined, 'localhost', '127.0.0.1', '127.8.9.10', '::1'])(
    'may be open on HOST %s, with or without AUTH=open',
    HOST => {
      expect(read({ HOST })).toMatchObject({ callers: 'open', isOpenToNetwork: false })
      expect(read({ HOST, AUTH: 'open' })).toMatchObject({ callers: 'open', isOpenToNetwork: false })
    },
  )

  it.each([
    ...['0.0.0.0', '::', '0', '*', '10.0.0.1', '192.168.1.1', 'billing.example.com', 'localhost.example.com'],
    ...[
      '127.0.0.1.example.com',
      '127.1',
      '2130706433',
      '127.999.1.1',
      '128.0.0.1',
      '::ffff:127.0.0.1',
      '[::1]',
      'LOCALHOST',
      ' ::1',
    ],
  ])('is required on HOST %s', HOST => {
    expect(problemsOf({ HOST })).toEqual([MISSING(HOST)])
    expect(problemsOf({ HOST, AUTH: '' })).toEqual([MISSING(HOST)])
    expect(problemsOf({ HOST, AUTH: 'open' })).toEqual([
      `AUTH is open, and HOST is ${HOST}: any client that reaches it could read every bill. To allow that, set AUTH_OPEN_TO_NETWORK to yes-anyone-may-read-our-bills`,
    ])
    expect(problemsOf({ HOST, ...WITH_KEYS }, FILES)).toEqual([])
  })

  it('opens the gateway to a network only when AUTH_OPEN_TO_NETWORK has the exact value', () => {
    const open = { HOST: '0.0.0.0', AUTH: 'open', AUTH_OPEN_TO_NETWORK: OPEN_TO_NETWORK }
    expect(read(open)).toMatchObject({ callers: 'open', isOpenToNetwork: true })
    expect(problemsOf({ ...open, AUTH: undefined })).toEqual([MISSING('0.0.0.0')])
    for (const word of ['yes', '1', 'true', OPEN_TO_NETWORK.toUpperCase()]) {
      expect(problemsOf({ ...open, AUTH_OPEN_TO_NETWORK: word })).toEqual([
        `AUTH_OPEN_TO_NETWORK is ${JSON.stringify(word)}; expected one of ${OPEN_TO_NETWORK}`,
      ])
    }
  })

  it.each<[string, Variables, string[]]>([
    ['an unknown word', { AUTH: 'basic' }, ['AUTH has "basic"; expected open, or a list of jwt, keys, keystone']],
    ['nothing but commas', { AUTH: ',' }, ['AUTH has ""; expected open, or a list of jwt, keys, keystone']],
    [
      'open beside another',
      { ...WITH_KEYS, AUTH: 'open,keys' },
      ['AUTH includes open beside other methods, which would then never be used: set it to open alone, or remove open'],
    ],
    [
      'a method without its settings',
      { AUTH: 'jwt,keys' },
      [
        'AUTH_JWT_ISSUERS is missing: a list of https URLs of issuers (plain http is for loopback addresses only)',
        "AUTH_JWT_AUDIENCE is missing: a list of audiences: the values of aud in this gateway's tokens",
        'AUTH_KEYS_FILE is missing: set it to the file that billgraph keys add writes',
      ],
    ],
    [
      'settings without their method',
      { ...JWT, AUTH: 'open', AUTH_KEYS_FILE: '/keys.json', AUTH_KEYSTONE_ROLES: 'billing' },
      [
        'AUTH_JWT_ISSUERS is set, but AUTH does not include jwt',
        'AUTH_JWT_AUDIENCE is set, but AUTH does not include jwt',
        'AUTH_KEYS_FILE is set, but AUTH does not include keys',
        'AUTH_KEYSTONE_ROLES is set, but AUTH does not include keystone',
      ],
    ],
    [
      'keystone without a Keystone',
      { ...THREESCALE, AUTH: 'keystone' },
      ['AUTH includes keystone, but no Keystone is configured: set OS_AUTH_URL'],
    ],
  ])('refuses %s', (_what, variables, problems) => {
    expect(problemsOf(variables, FILES)).toEqual(problems)
  })

  it('accepts several methods', () => {
    const { callers } = read({ ...PASSWORD_BY_IDS, ...JWT, ...WITH_KEYS, AUTH: 'jwt, keys, keystone' }, FILES)
    expect(callers).toMatchObject({
      jwt: { audiences: ['billgraph'] },
      keys: KEYS,
      keystone: { roles: new Set(['billing', 'project_admin', 'admin']) },
    })
  })

  it('accepts the Keystone roles that may read', () => {
    const variables = { ...PASSWORD_BY_IDS, AUTH: 'keystone', AUTH_KEYSTONE_ROLES: 'treasurer, billing' }
    expect(read(variables).callers).toEqual({
      jwt: null,
      keys: null,
      keystone: { roles: new Set(['treasurer', 'billing']) },
    })
    expect(problemsOf({ ...variables, AUTH_KEYSTONE_ROLES: 'a b' })).toHaveLength(1)
  })
})

const SET = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'a', d: 'private' }] })

describe('AUTH_JWT', () => {
  it('uses discovery, a lifetime of one day and the claims billgraph_* by default', () => {
    expect(read(JWT).callers).toEqual({
      keys: null,
      keystone: null,
      jwt: {
        issuers: [
          { issuer: 'https://a.example.com', keys: { kind: 'discovery' } },
          { issuer: 'https://b.example.com/realm', keys: { kind: 'discovery' } },
        ],
        audiences: ['billgraph'],
        maxLifetimeSeconds: 86_400,
        claims: {
          scopes: 'scope',
          projects: 'billgraph_projects',
          prefixes: 'billgraph_prefixes',
          buyers: 'billgraph_buyers',
        },
      },
    })
  })

  it('accepts a URL or a file of keys for each issuer, and keeps no part of a private key', () => {
    const AUTH_JWT_JWKS = 'https://a.example.com=https://keys.example.com/jwks, https://b.example.com/realm=/jwks.json'
    const { callers } = read({ ...JWT, AUTH_JWT_JWKS }, { '/jwks.json': SET })
    expect(callers).toMatchObject({
      jwt: {
        issuers: [
          { keys: { kind: 'url', url: 'https://keys.example.com/jwks' } },
          { keys: { kind: 'set', set: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'a' }] } } },
        ],
      },
    })
    expect(JSON.stringify(callers)).not.toContain('private')
  })

  it.each<[Variables, string]>([
    [
      { AUTH_JWT_ISSUERS: 'http://a.example.com' },
      'AUTH_JWT_ISSUERS has "http://a.example.com"; expected a list of https URLs of issuers (plain http',
    ],
    [
      { AUTH_JWT_ISSUERS: 'https://a.example.com?x' },
      'AUTH_JWT_ISSUERS has a value that is not shown here, since it may hold a secret; expected a list of https URLs',
    ],
    [{ AUTH_JWT_AUDIENCE: 'a b' }, 'AUTH_JWT_AUDIENCE has "a b"; expected a list of audiences'],
    [{ AUTH_JWT_MAX_LIFETIME_S: '10' }, 'AUTH_JWT_MAX_LIFETIME_S is "10"; expected a whole number from 60 to'],
    [{ AUTH_JWT_SCOPES_CLAIM: 'a b' }, 'AUTH_JWT_SCOPES_CLAIM is "a b"; expected the name of a claim'],
    [
      { AUTH_JWT_JWKS: 'https://c.example.com=/jwks.json' },
      'AUTH_JWT_JWKS has "https://c.example.com=/jwks.json"; expected a list of issuer=URL or issuer=file',
    ],
    [
      { AUTH_JWT_JWKS: 'https://a.example.com=' },
      'AUTH_JWT_JWKS has "https://a.example.com="; expected a list of issuer=URL or issuer=file',
    ],
    [
      { AUTH_JWT_JWKS: 'https://a.example.com=http://b.example.com' },
      'AUTH_JWT_JWKS has "http://b.example.com"; expected an https URL',
    ],
    [
      { AUTH_JWT_JWKS: 'https://a.example.com=/none.json' },
      'AUTH_JWT_JWKS names "/none.json", which cannot be read: no such file (ENOENT)',
    ],
    [{ AUTH_JWT_JWKS: 'https://a.example.com=/keys.json' }, 'AUTH_JWT_JWKS names "/keys.json", which is not a JWKS'],
    [{ AUTH_JWT_JWKS: 'https://a.example.com=/garbage' }, 'AUTH_JWT_JWKS names "/garbage", which is not a JWKS'],
  ])('refuses %j', (variables, problem) => {
    const files = { ...FILES, '/garbage': 'SECRET' }
    expect(problemsOf({ ...JWT, ...variables }, files)).toEqual([expect.stringContaining(problem)])
  })
})

describe('AUTH_KEYS_FILE', () => {
  const [holder] = KEYS.holders
  const [stored] = holder?.keys ?? []
  const withHolder = (changes: object) => JSON.stringify({ version: 1, holders: [{ ...holder, ...changes }] })

  const another = { ...holder, keys: [{ ...stored, id: makeApiKey().id }] }
  const withTwice = JSON.stringify({ version: 1, holders: [holder, another] })

  it.each<[string, string, string]>([
    ['no JSON', 'SECRET', 'the file: is not JSON'],
    ['of another version', '{"version": 2, "holders": []}', 'version: '],
    ['with a name twice', withTwice, 'holders: expected each name once'],
    ['with a key twice', withHolder({ keys: [stored, stored] }), 'holders: expected each key id once'],
    ['with a name that is none', withHolder({ name: 'SECRET\n' }), 'holders.0.name: expected a name'],
    ['with an unknown scope', withHolder({ scopes: ['SECRET'] }), 'holders.0.scopes.0: '],
    ['with an empty prefix', withHolder({ prefixes: [''] }), 'holders.0.prefixes.0: expected a prefix of 1 to 255'],
    [
      'with a buyer that is none',
      withHolder({ buyers: ['SECRET'] }),
      'holders.0.buyers.0: expected the id of a 3scale account',
    ],
    ['without a grant', withHolder({ projects: undefined }), 'holders.0.projects: expected a list, or *'],
    ['with a word that means nothing', withHolder({ project: [] }), 'holders.0: '],
    [
      'with a key itself',
      withHolder({ keys: [{ ...stored, sha256: key.text }] }),
      'holders.0.keys.0.sha256: expected 64',
    ],
    ['with a holder without a key', withHolder({ keys: [] }), 'holders.0.keys: '],
  ])('that is %s is refused, and not quoted', (_what, text, problem) => {
    const problems = problemsOf(WITH_KEYS, { '/keys.json': text })
    expect(problems).toEqual([
      expect.stringContaining(`AUTH_KEYS_FILE names "/keys.json", which is not a valid key file: ${problem}`),
    ])
    expect(problems.join()).not.toContain('SECRET')
    expect(problems.join()).not.toContain(key.text)
  })

  it('names the path and the reason when it cannot be read', () => {
    expect(problemsOf(WITH_KEYS)).toEqual([
      'AUTH_KEYS_FILE names "/keys.json", which cannot be read: no such file (ENOENT)',
    ])
  })
})
