import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bill, type Cloud, startCloud } from '../clouds.js'
import type { Variables } from '../config/variables.js'
import { TODAY } from '../gateway.js'
import { rowsOf, runProgram } from './terminal.js'

let a: Cloud
let b: Cloud

beforeEach(async () => {
  a = await startCloud('a', { projectId: 'p1', documents: { p1: [bill('2026-10-31', 10), bill('2026-08-31', 12)] } })
  b = await startCloud('b', { projectId: 'p2', documents: { p2: [bill('2026-10-31', 20)] } })
})
afterEach(() => Promise.all([a.close(), b.close()]))

/** clouds.yaml with both by application credential, the secrets in secure.yaml, as people keep them. */
function files(more: Readonly<Record<string, object>> = {}) {
  const named = Object.entries({ a, b })
  const clouds = Object.fromEntries(
    named.map(([name, { authUrl, credentials }]) => [
      name,
      { auth: { auth_url: authUrl, application_credential_id: credentials.applicationCredentialId } },
    ]),
  )
  const secrets = Object.fromEntries(
    named.map(([name, { credentials }]) => [
      name,
      { auth: { application_credential_secret: credentials.applicationCredentialSecret } },
    ]),
  )
  return {
    '/etc/openstack/clouds.yaml': JSON.stringify({ clouds: { ...clouds, ...more } }),
    '/etc/openstack/secure.yaml': JSON.stringify({ clouds: secrets }),
  }
}

const BOTH: Variables = { CATALYST_CLOUDS: 'a,b', CATALYST_DRIVER: 'odoo' }

const run = (args: readonly string[], variables = BOTH, more = {}) => runProgram(args, variables, TODAY, files(more))

describe('several clouds', () => {
  it('have their bills in one list', async () => {
    const { status, stdout } = await run(['invoices', '--from', '2026-01'])

    expect(status).toBe(0)
    expect(rowsOf(stdout).map(([id, , , , buyer]) => [id, buyer])).toEqual([
      ['catalyst:invoice:p2:2026-10-31', 'project p2'],
      ['catalyst:invoice:p1:2026-10-31', 'project p1'],
      ['catalyst:invoice:p1:2026-08-31', 'project p1'],
    ])
  })

  it.each([
    [[], '$10.00'],
    [['--project', 'p1'], '$10.00'],
    [['--project', 'p2'], '$20.00'],
  ])('are used for a cost with %j', async (options, total) => {
    const { status, stdout } = await run(['cost', 'customer-a', '--month', '2026-10', ...options])

    expect(status).toBe(0)
    expect(stdout).toContain(`is : ${total} NZD`)
  })

  it('are only OS_CLOUD when that is set', async () => {
    const { stdout } = await run(['invoices', '--from', '2026-01'], { OS_CLOUD: 'b', CATALYST_DRIVER: 'odoo' })

    expect(rowsOf(stdout)).toHaveLength(1)
  })

  it('are printed without the one that is down, with exit status 3', async () => {
    await b.close()
    const { status, stdout, stderr } = await run(['invoices', '--from', '2026-01'])

    expect(status).toBe(3)
    expect(rowsOf(stdout)).toHaveLength(2)
    expect(stderr).toContain('Keystone (cloud b) cannot be reached')
  })

  it('that are wrong are reported with file, cloud and key', async () => {
    const { status, stderr } = await run(['invoices'], { CATALYST_CLOUDS: 'a,c' }, { c: { verify: false } })

    expect(status).toBe(2)
    expect(stderr).toContain(
      'cloud c (/etc/openstack/clouds.yaml with /etc/openstack/secure.yaml): auth.auth_url is missing',
    )
  })
})

describe('billgraph check of several clouds', () => {
  it('checks each cloud under its name', async () => {
    const { status, stdout } = await run(['check'])

    expect(status).toBe(0)
    expect(stdout.split('\n').map(line => line.split(/: (?=issued|answers)/)[0])).toEqual([
      'ok     cloud a: Keystone',
      'ok     cloud a: Catalyst Cloud, region nz-por-1',
      'ok     cloud a: Catalyst Cloud, region nz-hlz-1',
      'ok     cloud b: Keystone',
      'ok     cloud b: Catalyst Cloud, region nz-por-1',
      'ok     cloud b: Catalyst Cloud, region nz-hlz-1',
      '-      3scale: not configured (THREESCALE_URL is not set)',
      '',
    ])
  })

  it('reports which cloud is wrong, and what to fix in clouds.yaml', async () => {
    const wrong = {
      auth: { auth_url: b.authUrl, application_credential_id: 'unknown', application_credential_secret: 'x' },
    }
    const { status, stdout } = await run(['check'], { ...BOTH, CATALYST_CLOUDS: 'wrong,a' }, { wrong })

    expect(status).toBe(3)
    expect(stdout).toMatch(
      /^wrong {2}cloud wrong: Keystone: .*\(cloud wrong\) refused the gateway's credential.*\n +to fix it: .*clouds\.yaml/,
    )
    expect(stdout).toContain('ok     cloud a: Keystone')
    expect(stdout).not.toContain('OS_PASSWORD')
  })

  it('reports from which cloud the bills of a project in two clouds are read', async () => {
    const { auth } = JSON.parse(files()['/etc/openstack/clouds.yaml']).clouds.a
    const secret = { application_credential_secret: a.credentials.applicationCredentialSecret }
    const { stdout } = await run(
      ['check'],
      { ...BOTH, CATALYST_CLOUDS: 'a,again' },
      { again: { auth: { ...auth, ...secret } } },
    )

    expect(stdout).toContain(
      'cloud again: Keystone: issued a token for the project p1, which the cloud a has as well: its bills are read from there',
    )
  })
})
