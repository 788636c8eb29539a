import { describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock } from '../gateway.js'
import { catalystVariables, runProgram, threescaleVariables } from './terminal.js'

const check = (variables = {}) => runProgram(['check'], variables)

/** The verdict on each part: `ok`, `wrong` or `-`. */
function verdicts(stdout: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [
      ...stdout.matchAll(/^(ok|wrong|-) +(Keystone, service catalog|3scale, [\w ]+|[\w ]+, region [\w-]+|[\w ]+)/gm),
    ].map(([, verdict = '', what = '']) => [what, verdict]),
  )
}

describe('billgraph check', () => {
  it('checks the demo when nothing is configured, and says so', async () => {
    const { status, stdout } = await check()
    expect(status).toBe(0)
    expect(stdout).toContain('npm start would run the demo')
    expect(verdicts(stdout)).toEqual({
      Keystone: 'ok',
      'Catalyst Cloud, region nz-por-1': 'ok',
      'Catalyst Cloud, region nz-hlz-1': 'ok',
      '3scale, Billing API': 'ok',
      '3scale, Account Management API': 'ok',
    })
  })

  it('reports a wrong password and the variables to check', async () => {
    await using catalyst = await startCatalyst({ clock })
    const { status, stdout, stderr } = await check({ ...catalystVariables(catalyst), OS_PASSWORD: 'not-the-password' })
    expect(status).toBe(3)
    expect(verdicts(stdout)).toEqual({ Keystone: 'wrong', '3scale': '-' })
    expect(stdout).toMatch(/refused the gateway's credential.*\n +to fix it: .*OS_PASSWORD/)
    expect(stdout + stderr).not.toContain('not-the-password')
  })

  it('reports a region that the catalog does not have', async () => {
    await using catalyst = await startCatalyst({ clock })
    const { status, stdout } = await check({ ...catalystVariables(catalyst), CATALYST_REGIONS: 'nz-por-1,nz_wlg_2' })
    expect(status).toBe(3)
    expect(verdicts(stdout)).toMatchObject({ Keystone: 'ok', 'Keystone, service catalog': 'wrong' })
    expect(stdout).toMatch(/nz_wlg_2.*\n +to fix it: .*CATALYST_REGIONS/)
  })

  it('reports each region separately', async () => {
    await using catalyst = await startCatalyst({ clock })
    catalyst.regions['nz-por-1']?.faults.push({ route: '*', kind: 'html' })
    const { status, stdout } = await check(catalystVariables(catalyst))
    expect(status).toBe(3)
    expect(verdicts(stdout)).toMatchObject({
      'Catalyst Cloud, region nz-por-1': 'wrong',
      'Catalyst Cloud, region nz-hlz-1': 'ok',
    })
    expect(stdout).toContain('login page')
  })

  it('reports a region that does not answer within the deadline', async () => {
    await using catalyst = await startCatalyst({ clock })
    catalyst.regions['nz-hlz-1']?.faults.push({ route: '*', kind: 'hang' })
    const { status, stdout } = await check({ ...catalystVariables(catalyst), CATALYST_DEADLINE_MS: '400' })
    expect(status).toBe(3)
    expect(stdout).toMatch(/region nz-hlz-1: .*within 400 ms.*\n +to fix it: .*CATALYST_DEADLINE_MS/)
  })

  it('reports a host on which nothing is listening', async () => {
    const catalyst = await startCatalyst({ clock })
    const variables = catalystVariables(catalyst)
    await catalyst.close()
    const { status, stdout } = await check(variables)
    expect(status).toBe(3)
    expect(stdout).toMatch(/Keystone cannot be reached.*\n +to fix it: nothing is listening there: .*OS_AUTH_URL/)
  })

  it('lists the other projects that could be configured, by name and id', async () => {
    await using catalyst = await startCatalyst({ clock })
    const { status, stdout } = await check(catalystVariables(catalyst))
    expect(status).toBe(0)
    const { projectId } = catalyst.credentials
    const own = new RegExp(
      `^ok +Keystone: issued a token for the project ${projectId}; OS_PROJECT_ID could also be that of .+$`,
      'm',
    )
    expect(stdout).toMatch(own)
    const [, others = ''] = /could also be that of (.*)$/m.exec(stdout) ?? []
    expect(others).toMatch(/^\S.* \(\w{31,32}\)(, \S.* \(\w{31,32}\))*$/)
    expect(others).not.toContain(projectId)
  })

  it('lists no other projects when Keystone does not return them', async () => {
    await using catalyst = await startCatalyst({ clock })
    catalyst.keystone.intercept = ({ path }) => (path === '/v3/auth/projects' ? { status: 500 } : undefined)
    const { status, stdout } = await check(catalystVariables(catalyst))
    expect(status).toBe(0)
    expect(stdout).not.toContain('OS_PROJECT_ID')
  })

  it('reports to admins the problems that a rating server finds in itself, without naming other projects', async () => {
    await using catalyst = await startCatalyst({ clock, isDegraded: true })
    const { status, stdout } = await check(catalystVariables(catalyst))
    expect(status).toBe(3)
    expect(verdicts(stdout)).toMatchObject({ Keystone: 'ok', 'Catalyst Cloud, region nz-por-1': 'wrong' })
    expect(stdout).toMatch(/its usage collection is behind .*\n +to fix it: .*report it to its operator/)
    expect(stdout.replace(/^.*Keystone.*$/m, '')).not.toContain('94b566de52f9423fab80ceee8c0a4a23')
  })

  it.each([
    [['finance'], { '3scale, Billing API': 'ok', '3scale, Account Management API': 'wrong' }],
    [[], { '3scale, Billing API': 'wrong', '3scale, Account Management API': 'wrong' }],
  ] as const)('reports the scopes that a token with %j lacks', async (scopes, expected) => {
    await using threescale = await startThreescale({ clock, tokens: [{ value: 'narrow', scopes, permission: 'ro' }] })
    const { status, stdout } = await check(threescaleVariables(threescale))
    expect(status).toBe(3)
    expect(verdicts(stdout)).toEqual({ ...expected, 'Catalyst Cloud': '-' })
    expect(stdout).toMatch(/lacks the scope.*\n +to fix it: .*scopes Billing API and Account Management API/)
  })

  it('reports a wrong token and a tenant without billing, and does not show the token', async () => {
    await using threescale = await startThreescale({ clock })
    const wrong = await check({ ...threescaleVariables(threescale), THREESCALE_ACCESS_TOKEN: 'stale-token' })
    expect(wrong.status).toBe(3)
    expect(wrong.stdout).toContain('wrong, has expired, or is of another tenant')
    expect(wrong.stdout + wrong.stderr).not.toContain('stale-token')
    threescale.knobs.isFinanceEnabled = false
    expect((await check(threescaleVariables(threescale))).stdout).toContain('switch billing on')
  })

  it('takes no arguments', async () => {
    expect(await runProgram(['check', 'x'])).toMatchObject({ status: 2, stderr: expect.stringContaining('"x"') })
    expect(await runProgram(['check', '--format', 'json'])).toMatchObject({ status: 2 })
  })
})
