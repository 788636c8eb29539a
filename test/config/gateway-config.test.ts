import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/config/gateway-config.js'
import { DEFAULT_TTLS } from '../../src/upstream/cache/ttl.js'
import { configOf, PASSWORD_BY_IDS, problemsOf, THREESCALE, type Variables } from './variables.js'

const NOTHING = 'OS_AUTH_URL and THREESCALE_URL are both missing: configure an upstream, or set DEMO=1'

describe('readConfig', () => {
  it('is the demo when nothing is configured', () => {
    expect(configOf({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      isProduction: false,
      logLevel: 'info',
      hasAccessDirectives: false,
      isDemo: true,
      registry: null,
      warnings: [],
      systems: {
        catalyst: [],
        threescale: null,
        maxRetryAfterMs: 60_000,
        cache: { ttls: DEFAULT_TTLS, url: null, timeoutMs: 50 },
      },
    })
  })

  it('treats empty variables as absent', () => {
    const names = [...Object.keys(PASSWORD_BY_IDS), ...Object.keys(THREESCALE), 'DEMO', 'PORT', 'HOST', 'LOG_LEVEL']

    expect(configOf(Object.fromEntries(names.map(name => [name, ''])))).toEqual(configOf({}))
  })

  it.each([
    ['on', true],
    ['off', false],
  ])('with FEDERATION_AUTH=%s has access directives in the schema: %s', (word, hasAccessDirectives) => {
    expect(configOf({ FEDERATION_AUTH: word })).toMatchObject({ hasAccessDirectives })
  })

  it.each<[string, Variables, { isDemo: boolean; isProduction?: boolean }]>([
    ['DEMO=1', { DEMO: '1' }, { isDemo: true }],
    ['DEMO=1 in production', { DEMO: '1', NODE_ENV: 'production' }, { isDemo: true, isProduction: true }],
    ['an upstream and DEMO=0', { ...THREESCALE, DEMO: '0' }, { isDemo: false }],
    ['an upstream in production', { ...THREESCALE, NODE_ENV: 'production' }, { isDemo: false, isProduction: true }],
    ['NODE_ENV=development', { NODE_ENV: 'development' }, { isDemo: true, isProduction: false }],
    ['NODE_ENV=test', { NODE_ENV: 'test' }, { isDemo: true, isProduction: false }],
  ])('%s: %j', (_what, variables, expected) => {
    expect(configOf(variables)).toMatchObject(expected)
  })

  it('bounds Retry-After by UPSTREAM_MAX_RETRY_AFTER_SECONDS, between one second and an hour', () => {
    expect(configOf({ UPSTREAM_MAX_RETRY_AFTER_SECONDS: '5' }).systems).toMatchObject({ maxRetryAfterMs: 5_000 })
    for (const seconds of ['0', '3601', '1m']) {
      expect(problemsOf({ UPSTREAM_MAX_RETRY_AFTER_SECONDS: seconds })).toEqual([
        expect.stringContaining('UPSTREAM_MAX_RETRY_AFTER_SECONDS'),
      ])
    }
  })

  it('refuses NODE_TLS_REJECT_UNAUTHORIZED=0 in production, and warns of it elsewhere', () => {
    const variables = { ...THREESCALE, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    const hint =
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so that upstream certificates are not verified: unset it, and set OS_CACERT or THREESCALE_CACERT'
    expect(problemsOf({ ...variables, NODE_ENV: 'production' })).toEqual([hint])
    expect(configOf(variables).warnings).toEqual([hint])
    expect(configOf({ ...variables, NODE_TLS_REJECT_UNAUTHORIZED: '1' }).warnings).toEqual([])
  })

  it('has one system when one is configured: the demo never mixes invented figures with real ones', () => {
    const [onlyThreescale, onlyCatalyst] = [configOf(THREESCALE), configOf(PASSWORD_BY_IDS)]

    expect(onlyThreescale).toMatchObject({
      isDemo: false,
      systems: { catalyst: [], threescale: { accessToken: 'token' } },
    })
    expect(onlyCatalyst).toMatchObject({
      isDemo: false,
      systems: { threescale: null, catalyst: [{ currency: 'NZD' }] },
    })
  })

  it('has both when both are configured', () => {
    const { isDemo, systems } = configOf({ ...THREESCALE, ...PASSWORD_BY_IDS })

    expect(isDemo).toBe(false)
    expect(systems.catalyst[0]?.authUrl).toBe(PASSWORD_BY_IDS.OS_AUTH_URL)
    expect(systems.threescale?.url).toBe(THREESCALE.THREESCALE_URL)
  })

  it('reads host, port and log level', () => {
    expect(configOf({ HOST: '::', PORT: '0', LOG_LEVEL: 'silent' })).toMatchObject({
      host: '::',
      port: 0,
      logLevel: 'silent',
    })
  })

  it.each<[Variables, string[]]>([
    [{ NODE_ENV: 'production' }, [NOTHING]],
    [{ DEMO: '0' }, [NOTHING]],
    [{ NODE_ENV: 'production', DEMO: '0' }, [NOTHING]],
    ...['prod', 'Production', 'staging'].map((word): [Variables, string[]] => [
      { NODE_ENV: word },
      [`NODE_ENV is "${word}"; expected one of production, development, test`],
    ]),
    ...[{}, { DEMO: '1' }, { NODE_ENV: 'production' }, { ...THREESCALE }].map((more): [Variables, string[]] => [
      { ...more, CATALYST_TAX_RATE: '0.15' },
      [
        'CATALYST_TAX_RATE is set, but no Catalyst Cloud account is configured: set OS_AUTH_URL, OS_CLOUD or CATALYST_CLOUDS as well, or unset it',
      ],
    ]),
    [
      { DEMO: '1', THREESCALE_DEADLINE_MS: '1000' },
      [
        'THREESCALE_DEADLINE_MS is set, but 3scale is not configured: set THREESCALE_URL and THREESCALE_ACCESS_TOKEN as well, or unset it',
      ],
    ],
    [{ DEMO: 'yes' }, ['DEMO is "yes"; expected one of 0, 1']],
    [
      { DEMO: '1', ...THREESCALE },
      ['DEMO is 1, but an upstream is configured: the demo never mixes invented figures with real ones'],
    ],
    [{ PORT: '65536' }, ['PORT is "65536"; expected a whole number from 0 to 65535']],
    [{ LOG_LEVEL: 'loud' }, ['LOG_LEVEL is "loud"; expected one of trace, debug, info, warn, error, silent']],
  ])('for %j reports %j', (variables, problems) => {
    expect(problemsOf(variables)).toEqual(problems)
  })

  it('refuses an incomplete upstream, even beside a complete one', () => {
    expect(problemsOf({ ...PASSWORD_BY_IDS, THREESCALE_URL: THREESCALE.THREESCALE_URL })).toEqual([
      'THREESCALE_ACCESS_TOKEN is missing: set it to a token with the scope Billing API',
    ])
  })

  it('lists all problems at once', () => {
    const problems = problemsOf({
      OS_AUTH_URL: 'http://keystone.example.com/v3',
      OS_USERNAME: 'ana',
      OS_PROJECT_NAME: 'hosting',
      CATALYST_TAX_RATE: '15',
      CATALYST_REGIONS: 'nz por',
      THREESCALE_URL: 'ftp://acme.example.com',
      PORT: 'http',
      LOG_LEVEL: 'loud',
      DEMO: '1',
    })

    expect(problems.map(problem => problem.split(' ', 1)[0])).toEqual([
      'OS_AUTH_URL',
      'OS_USER_DOMAIN_NAME',
      'OS_PASSWORD',
      'OS_PROJECT_DOMAIN_NAME',
      'CATALYST_REGIONS',
      'CATALYST_TAX_RATE',
      'THREESCALE_URL',
      'THREESCALE_ACCESS_TOKEN',
      'DEMO',
      'PORT',
      'LOG_LEVEL',
    ])
  })

  it('shows no secret, whichever setting it is in and whatever else is wrong', () => {
    const canary = 'canary-7f3a'
    const path = '/run/secrets/file'
    const spoiled = {
      OS_AUTH_TYPE: 'v3unknown',
      OS_AUTH_URL: `https://ana:${canary}@keystone.example.com/v3?token=${canary}`,
      OS_PASSWORD: `${canary}\n`,
      OS_TOKEN: `${canary}\n`,
      OS_APPLICATION_CREDENTIAL_SECRET: `${canary}\n`,
      CATALYST_ENDPOINTS: `nz-por-1=https://ana:${canary}@rating.example.com`,
      THREESCALE_URL: `https://${canary}@acme-admin.example.com`,
      THREESCALE_ACCESS_TOKEN: `${canary}\n`,
      OS_PASSWORD_FILE: path,
      OS_TOKEN_FILE: path,
      OS_APPLICATION_CREDENTIAL_SECRET_FILE: path,
      THREESCALE_ACCESS_TOKEN_FILE: path,
      OS_CACERT: path,
      THREESCALE_CACERT: path,
    }
    for (const type of ['password', 'token', 'v3applicationcredential', 'v3unknown']) {
      for (const [files, place] of [
        [{}, path],
        [{ [path]: `${canary}\n${canary}` }, path],
        [{}, canary],
      ] as const) {
        const named = { OS_PASSWORD_FILE: place, OS_TOKEN_FILE: place, THREESCALE_ACCESS_TOKEN_FILE: place }
        const error = errorOf({ ...spoiled, ...named, OS_AUTH_TYPE: type }, files)

        expect(error.problems.length).toBeGreaterThan(5)
        expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('canary')
        expect(error.cause).toBeUndefined()
      }
    }
  })

  it('has one message with a line for each problem', () => {
    const { message, name } = errorOf({ PORT: 'x', DEMO: 'x' }, {})

    expect(name).toBe('ConfigError')
    expect(message).toBe(
      'the configuration is wrong:\n  - DEMO is "x"; expected one of 0, 1\n  - PORT is "x"; expected a whole number from 0 to 65535',
    )
  })
})

function errorOf(variables: Variables, files: Readonly<Record<string, string>>): ConfigError {
  try {
    configOf(variables, files)
  } catch (error) {
    if (error instanceof ConfigError) return error
  }
  throw new Error('a ConfigError was expected')
}
