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
      systems: { catalyst: [], threescale: null, cache: { ttls: DEFAULT_TTLS, url: null } },
    })
  })

  it('takes empty variables for missing ones', () => {
    const names = [...Object.keys(PASSWORD_BY_IDS), ...Object.keys(THREESCALE), 'DEMO', 'PORT', 'HOST', 'LOG_LEVEL']

    expect(configOf(Object.fromEntries(names.map(name => [name, ''])))).toEqual(configOf({}))
  })

  it.each([
    ['on', true],
    ['off', false],
  ])('has access directives in the schema where FEDERATION_AUTH is %s: %s', (word, hasAccessDirectives) => {
    expect(configOf({ FEDERATION_AUTH: word })).toMatchObject({ hasAccessDirectives })
  })

  it.each<[string, Variables, { isDemo: boolean; isProduction?: boolean }]>([
    ['DEMO=1', { DEMO: '1' }, { isDemo: true }],
    ['DEMO=1 in production', { DEMO: '1', NODE_ENV: 'production' }, { isDemo: true, isProduction: true }],
    ['an upstream and DEMO=0', { ...THREESCALE, DEMO: '0' }, { isDemo: false }],
    ['an upstream in production', { ...THREESCALE, NODE_ENV: 'production' }, { isDemo: false, isProduction: true }],
    ['another NODE_ENV', { NODE_ENV: 'test' }, { isDemo: true, isProduction: false }],
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

  it('has one system when one is configured: invented figures never stand beside real ones', () => {
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

  it('reads where to listen and how much to say', () => {
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
    [{ DEMO: 'yes' }, ['DEMO is not one of 0, 1']],
    [
      { DEMO: '1', ...THREESCALE },
      ['DEMO is 1 although an upstream is configured: invented figures never stand beside real ones'],
    ],
    [{ PORT: '65536' }, ['PORT is not a whole number from 0 to 65535']],
    [{ LOG_LEVEL: 'loud' }, ['LOG_LEVEL is not one of trace, debug, info, warn, error, silent']],
  ])('says of %j: %j', (variables, problems) => {
    expect(problemsOf(variables)).toEqual(problems)
  })

  it('refuses half an upstream, even beside a whole one', () => {
    expect(problemsOf({ ...PASSWORD_BY_IDS, THREESCALE_URL: THREESCALE.THREESCALE_URL })).toEqual([
      'THREESCALE_ACCESS_TOKEN is missing: a token with the scope Billing API',
    ])
  })

  it('lists everything that is wrong at once', () => {
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

  it('shows no secret, wherever it was put and whatever else is wrong', () => {
    const canary = 'canary-7f3a'
    const path = '/run/secrets/canary-path'
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
      for (const files of [{}, { [path]: `${canary}\n${canary}` }]) {
        const error = errorOf({ ...spoiled, OS_AUTH_TYPE: type }, files)

        expect(error.problems.length).toBeGreaterThan(5)
        expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('canary')
        expect(error.cause).toBeUndefined()
      }
    }
  })

  it('makes one message of all problems, a line each', () => {
    const { message, name } = errorOf({ PORT: 'x', DEMO: 'x' }, {})

    expect(name).toBe('ConfigError')
    expect(message).toBe(
      'the configuration is wrong:\n  - DEMO is not one of 0, 1\n  - PORT is not a whole number from 0 to 65535',
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
