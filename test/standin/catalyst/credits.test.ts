import { describe, expect, it } from 'vitest'
import type { Credit } from '../../../src/standin/catalyst/credits.js'
import { type CatalystData, DEFAULT_DOMAIN, type Driver } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { getToken, passwordLogin, rate, smallData } from './upstream.js'

const clock = () => new Date('2026-11-21T23:59:59.999Z')
const grant: Credit = {
  code: 'G',
  type: 'Cloud Development Grant',
  startsAt: new Date('2026-02-03T01:22:10Z'),
  expiryDate: '2027-02-03',
  balance: 240,
}

async function get(
  credits: readonly Credit[],
  { driver = 'odoo', ...more }: Partial<CatalystData> & { driver?: Driver } = {},
) {
  await using standIn = await startCatalyst({ data: smallData({ credits: { p1: credits }, ...more }), clock, driver })
  const response = await rate(standIn, '/v2/credits')
  return { status: response.status, text: await response.text() }
}

const codes = (text: string) => [...text.matchAll(/"code": "(.*?)"/g)].map(([, code]) => code)

describe('/v2/credits', () => {
  it('prints the start as a timestamp and the end as a date', async () => {
    expect((await get([grant])).text).toBe(
      '{"credits": [{"code": "G", "type": "Cloud Development Grant", "start_date": "2026-02-03 01:22:10", ' +
        '"expiry_date": "2027-02-03", "balance": 240.0, "recurring": false}]}',
    )
  })

  it('prints a missing code as the text False', async () => {
    expect((await get([{ ...grant, code: false }])).text).toContain('{"code": "False", ')
  })

  it('omits an expired credit', async () => {
    const dates = ['2026-11-20', '2026-11-21', '2026-11-22']
    const { text } = await get(dates.map(expiryDate => ({ ...grant, code: expiryDate, expiryDate })))
    expect(codes(text)).toEqual(['2026-11-21', '2026-11-22'])
  })

  it('omits a balance of 0.0001 or less', async () => {
    const balances = [0, -5, 0.0001, 0.00011, 0.01]
    const { text } = await get(balances.map(balance => ({ ...grant, code: String(balance), balance })))
    expect(codes(text)).toEqual(['0.00011', '0.01'])
  })

  it('can be recurring on older servers', async () => {
    expect((await get([{ ...grant, isRecurring: true }])).text).toContain('"recurring": true')
  })

  it('are empty on a jsonfile server', async () => {
    expect((await get([grant], { driver: 'jsonfile' })).text).toBe('{"credits": []}')
  })

  it('are empty, without an error, for a project that was never collected', async () => {
    const { projects, ...data } = smallData()
    const { status, text } = await get([], {
      ...data,
      projects: projects.map(known => ({ ...known, collectedIn: [] })),
    })
    expect([status, text]).toEqual([200, '{"credits": []}'])
  })

  it('are empty, without an error, for an unknown project and for an unscoped token', async () => {
    const admin = { id: 'u1', name: 'una', password: 's', domain: DEFAULT_DOMAIN, roles: { p1: ['admin'] } }
    await using standIn = await startCatalyst({ data: smallData({ users: [admin] }), clock })
    const token = await getToken(standIn, passwordLogin(standIn, { project: { id: 'p1' } }))
    const unscoped = await getToken(standIn)
    const unknown = await rate(standIn, '/v2/credits?project_id=zz', { token })
    expect([unknown.status, await unknown.text()]).toEqual([200, '{"credits": []}'])
    expect(await (await rate(standIn, '/v2/credits', { token: unscoped })).text()).toBe('{"credits": []}')
  })

  it('are those of the project requested by an admin', async () => {
    const admin = { id: 'u1', name: 'una', password: 's', domain: DEFAULT_DOMAIN, roles: { p1: ['admin'] } }
    const credits = { p2: [{ ...grant, code: 'P2' }] }
    await using standIn = await startCatalyst({ data: smallData({ users: [admin], credits }), clock })
    const token = await getToken(standIn, passwordLogin(standIn, { project: { id: 'p1' } }))
    const text = await (await rate(standIn, '/v2/credits?project_id=p2', { token })).text()
    expect(codes(text)).toEqual(['P2'])
  })
})
