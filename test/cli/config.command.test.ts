import { describe, expect, it } from 'vitest'
import { PASSWORD_BY_IDS, THREESCALE, type Variables } from '../config/variables.js'
import { TODAY } from '../gateway.js'
import { rowsOf, runProgram } from './terminal.js'

const CANARY = 'canary-7f3a'

/** The row of a setting: its value and where it is from. */
async function shown(name: string, variables: Variables, files: Readonly<Record<string, string>> = {}) {
  const { stdout } = await runProgram(['config'], variables, TODAY, files)
  const row = rowsOf(stdout).find(([first]) => first === name)
  return row?.slice(1)
}

describe('billgraph config', () => {
  it('prints each setting that has a value, and where it is from', async () => {
    expect(await shown('PORT', {})).toEqual(['4000', 'default'])
    expect(await shown('PORT', { PORT: '8080' })).toEqual(['8080', 'environment'])
    expect(await shown('PORT', { PORT: '' })).toEqual(['4000', 'default'])
    expect(await shown('THREESCALE_URL', THREESCALE)).toEqual(['https://acme-admin.example.com', 'environment'])
    expect(await shown('THREESCALE_URL', {})).toBeUndefined()
  })

  it('prints a default as other settings change it', async () => {
    expect(await shown('INTROSPECTION', { DEMO: '1' })).toEqual(['on', 'default'])
    expect(await shown('INTROSPECTION', { DEMO: '1', NODE_ENV: 'production' })).toEqual(['off', 'default'])
    expect(await shown('AUTH', {})).toEqual(['open', 'default'])
    expect(await shown('AUTH', { HOST: '0.0.0.0' })).toBeUndefined()
    expect(await shown('RATE_LIMIT_BURST', { RATE_LIMIT_COST_PER_MINUTE: '500' })).toEqual(['500', 'default'])
    expect(await shown('RATE_LIMIT_BURST', {})).toBeUndefined()
  })

  it('names the file that a secret is from', async () => {
    const variables = {
      ...THREESCALE,
      THREESCALE_ACCESS_TOKEN: undefined,
      THREESCALE_ACCESS_TOKEN_FILE: '/run/s/token',
    }
    expect(await shown('THREESCALE_ACCESS_TOKEN', variables, { '/run/s/token': CANARY })).toEqual([
      '(not shown)',
      '"/run/s/token"',
    ])
  })

  it.each([
    ['WRITES_JOURNAL', `postgres://billgraph:${CANARY}@db:5432/journal`, 'postgres://***@db:5432/journal'],
    ['CACHE_URL', `rediss://:${CANARY}@cache/1?token=${CANARY}`, 'rediss://***@cache/1'],
    ['WRITES_JOURNAL', './billgraph.db', './billgraph.db'],
    ['WRITES_JOURNAL', 'postgres://db/journal', 'postgres://db/journal'],
    ['OS_PASSWORD', CANARY, '(not shown)'],
    ['OS_USERNAME', 'jane@example.com', 'jane@example.com'],
    ['THREESCALE_URL', `https://jane:${CANARY}@acme-admin.example.com`, '(not shown)'],
    ['CATALYST_ENDPOINTS', `nz-por-1=https://rating.example.com?key=${CANARY}`, '(not shown)'],
  ])('prints of %s=%s only %s', async (name, value, expected) => {
    expect(await shown(name, { [name]: value })).toEqual([expected, 'environment'])
  })

  it('shows no secret in any format, even if the configuration is wrong', async () => {
    const secrets = [
      'OS_PASSWORD',
      'OS_TOKEN',
      'OS_APPLICATION_CREDENTIAL_SECRET',
      'THREESCALE_ACCESS_TOKEN',
      'CACHE_URL',
    ]
    const variables = Object.fromEntries(
      secrets.flatMap(name => [
        [name, CANARY],
        [`${name}_FILE`, CANARY],
      ]),
    )
    for (const args of [['config'], ['config', '--format', 'json']]) {
      const { status, stdout, stderr } = await runProgram(args, { ...PASSWORD_BY_IDS, ...variables })
      expect(status).toBe(2)
      expect(stdout).toContain('OS_PASSWORD')
      expect(stdout + stderr).not.toContain(CANARY)
    }
  })

  it('prints the settings of each cloud in use, with the file that each is from', async () => {
    const files = {
      '/etc/openstack/clouds.yaml': JSON.stringify({
        clouds: {
          acme: {
            auth: { 'auth-url': 'https://keystone.example.com', password: CANARY },
            region_name: 'nz-por-1',
            x: CANARY,
          },
          other: { auth: { auth_url: 'https://other.example.com' } },
        },
      }),
      '/etc/openstack/secure.yaml': JSON.stringify({ clouds: { acme: { auth: { password: CANARY } } } }),
    }
    const { stdout, stderr } = await runProgram(['config'], { CATALYST_CLOUDS: 'acme' }, TODAY, files)

    expect(rowsOf(stdout).filter(([name]) => name?.startsWith('cloud '))).toEqual([
      ['cloud acme: region_name', 'nz-por-1', '/etc/openstack/clouds.yaml'],
      ['cloud acme: x', '(not shown)', '/etc/openstack/clouds.yaml'],
      ['cloud acme: auth.auth_url', 'https://keystone.example.com', '/etc/openstack/clouds.yaml'],
      ['cloud acme: auth.password', '(not shown)', '/etc/openstack/secure.yaml'],
    ])
    expect(stdout + stderr).not.toContain(CANARY)
  })

  it('lists what is wrong below the settings, and ends with 2', async () => {
    const { status, stdout, stderr } = await runProgram(['config'], { PORT: '99999', HOST: '0.0.0.0' })

    expect(status).toBe(2)
    expect(rowsOf(stdout)).toContainEqual(['PORT', '99999', 'environment'])
    expect(stderr).toContain('PORT is "99999"; expected a whole number from 0 to 65535')
    expect(stderr).toContain('AUTH is missing, and HOST is 0.0.0.0')
  })

  it('ends with 0 for a configuration that is right, and reports misspelt names', async () => {
    expect(await runProgram(['config'], { ...THREESCALE, LOGLEVEL: 'x' })).toMatchObject({
      status: 0,
      stderr:
        'billgraph: warning: LOGLEVEL is not a setting of Billgraph; the nearest one is LOG_LEVEL. It is ignored.\n',
    })
  })

  it('prints the same as JSON', async () => {
    const { stdout } = await runProgram(['config', '--format', 'json'], { PORT: '8080' })
    expect(JSON.parse(stdout)).toContainEqual({ name: 'PORT', value: '8080', from: 'environment' })
  })

  it.each([
    [['config', 'PORT'], 'config: unexpected argument "PORT"; expected none'],
    [['config', '--format', 'csv'], '--format: "csv" is not one of table, json'],
  ])('refuses %j', async (args, message) => {
    expect(await runProgram(args)).toEqual({ status: 2, stdout: '', stderr: `billgraph: ${message}\n` })
  })
})
