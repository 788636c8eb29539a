import { describe, expect, it } from 'vitest'
import { type CatalystData, DEFAULT_DOMAIN, type Driver } from '../../../src/standin/catalyst/data.js'
import { type CatalystStandInOptions, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { getToken, passwordLogin, rate, smallData } from './upstream.js'

const user = { id: 'u1', name: 'una', password: 's', domain: DEFAULT_DOMAIN, defaultProjectId: 'p1' }
const admin = { ...user, roles: { p1: ['admin'] } }
const old = { id: '1f2e3d4c5b6a79880a1b2c3d4e5f6071', name: 'old-project' }

async function get(data: Partial<CatalystData> = {}, options: CatalystStandInOptions = {}, path = '/v2/health') {
  await using standIn = await startCatalyst({ data: smallData({ users: [admin], ...data }), ...options })
  const response = await rate(standIn, path)
  return { status: response.status, body: await response.json() }
}

describe('/v2/health', () => {
  const works = { status: 'OK', msg: 'ERP backend works.' }

  it('is OK by default, and names no failed projects', async () => {
    const usage_collection = { status: 'OK', msg: 'Tenant usage successfully collected and up-to-date.' }
    expect(await get()).toEqual({ status: 200, body: { health: { usage_collection, erp_backend: works } } })
  })

  it.each([1, 2])('responds 200 if %d projects are late, and names them', async count => {
    const { status, body } = await get({ lateProjects: Array.from({ length: count }, () => old) })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      health: {
        usage_collection: {
          status: 'FAIL',
          msg: `Failed to collect usage for ${count} projects.`,
          failed_projects: Array.from({ length: count }, () => old),
        },
        erp_backend: works,
      },
    })
  })

  it('says that the ERP is down, with 200', async () => {
    const { status, body } = await get({ erpFailure: 'Failed to load ERP driver for odoo' })
    const erp_backend = { status: 'FAIL', msg: "ERP backend doesn't work." }
    expect([status, body]).toMatchObject([200, { health: { erp_backend } }])
  })

  it('has no ERP on a jsonfile server', async () => {
    const driver: Driver = 'jsonfile'
    expect((await get({ erpFailure: 'x' }, { driver })).body).toMatchObject({ health: { erp_backend: works } })
  })

  it.each(['_member_', 'project_admin', 'billing'])('is forbidden for the role %s', async role => {
    const { status, body } = await get({ users: [{ ...user, roles: { p1: [role] } }] })
    const error = { error_code: 403, error_message: 'You are not authorized to complete this action' }
    expect([status, body]).toEqual([403, error])
  })

  it('is forbidden for an unscoped token', async () => {
    await using standIn = await startCatalyst({ data: smallData({ users: [admin] }) })
    const token = await getToken(standIn, passwordLogin(standIn, 'unscoped'))
    expect((await rate(standIn, '/v2/health', { token })).status).toBe(403)
  })

  it('ignores the project, but rejects an empty one', async () => {
    expect((await get({}, {}, '/v2/health?project_id=zz')).status).toBe(200)
    expect((await get({}, {}, '/v2/health?project_id=')).status).toBe(403)
  })

  it('fails in a demo that is started as degraded', async () => {
    await using standIn = await startCatalyst({ isDegraded: true })
    const body = await (await rate(standIn, '/v2/health')).json()
    const failed_projects = [{ name: 'openstack', id: '94b566de52f9423fab80ceee8c0a4a23' }]
    expect(body).toMatchObject({
      health: { usage_collection: { status: 'FAIL', failed_projects }, erp_backend: works },
    })
  })
})
