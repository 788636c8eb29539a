import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { createLoaders } from '../../../src/loaders/loaders.js'
import { loadSources } from '../../../src/loaders/sources.js'
import { invalidResponses } from '../../../src/request/observation.js'
import { type CatalystStandInOptions, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { CatalystAccounts } from '../../../src/upstream/catalyst/accounts.js'
import { smallData } from '../../standin/catalyst/upstream.js'
import { clock, openBilling, settingsForStandIn } from './open-client.js'

const OTHER = { id: '1f2e3d4c5b6a79880a1b2c3d4e5f6071', name: 'canary-project' }
const BEHIND = 'Catalyst Cloud says that its usage collection is behind (GET /v2/health)'

/** A stand-in whose user has that role in the project, and a gateway's billing in front of it. */
async function open(role: string, more: Partial<ReturnType<typeof smallData>> = {}) {
  const users = smallData().users.map(user => ({ ...user, roles: { p1: [role] } }))
  const options: CatalystStandInOptions = { clock, data: smallData({ users, ...more }) }
  const catalyst = await startCatalyst(options)
  const opened = openBilling(settingsForStandIn(catalyst))
  const catalystAccounts = new CatalystAccounts([{ cloud: null, projectId: null, billing: opened.billing }])
  const sources = () =>
    loadSources(createLoaders({ catalyst: catalystAccounts, threescale: null }, clock, FULL_ACCESS), false)
  const invalid: unknown[] = []
  const note = (upstream: unknown): void => void invalid.push(upstream)
  subscribe(invalidResponses.name, note)
  return {
    catalyst,
    billing: opened.billing,
    sources,
    /** The upstreams of responses that could not be used. */
    invalid,
    [Symbol.asyncDispose]: async () => {
      unsubscribe(invalidResponses.name, note)
      await opened[Symbol.asyncDispose]()
      await catalyst.close()
    },
  }
}

describe("a rating server's health report", () => {
  it('is read by admins, and adds no message when all works', async () => {
    await using setup = await open('admin')
    expect(await setup.sources()).toMatchObject([{ reachable: true, message: null }])
    expect(setup.catalyst.requests.filter(request => request === 'GET /v2/health')).toHaveLength(2)
  })

  it.each<[object, string]>([
    [{ lateProjects: [OTHER] }, BEHIND],
    [{ erpFailure: 'canary-failure' }, 'Catalyst Cloud says that its billing back end does not work (GET /v2/health)'],
    [
      { lateProjects: [OTHER], erpFailure: 'x' },
      'Catalyst Cloud says that its usage collection is behind, and that its billing back end does not work (GET /v2/health)',
    ],
  ])('is passed on for each region in our words, without the projects that it names: %j', async (data, message) => {
    await using setup = await open('admin', data)
    const told = `nz-por-1: ${message}; nz-hlz-1: ${message}`
    expect(await setup.sources()).toMatchObject([{ reachable: true, circuit: 'CLOSED', message: told }])
    // It does not count as a recent success: the next request checks again.
    expect(await setup.sources()).toMatchObject([{ reachable: true, message: told }])
    expect(setup.invalid).toEqual([])
  })

  it.each(['_member_', 'billing'])('is not read with the role %s', async role => {
    await using setup = await open(role, { lateProjects: [OTHER] })
    expect(await setup.sources()).toMatchObject([{ reachable: true, message: null }])
    expect(setup.catalyst.requests).toEqual(['GET /', 'GET /'])
  })

  it('is no failure when the server shows it to other admins only', async () => {
    await using setup = await open('admin')
    for (const server of Object.values(setup.catalyst.regions)) {
      server.intercept = ({ path }) => (path === '/v2/health' ? { status: 403, body: '{}' } : undefined)
    }
    expect(await setup.sources()).toMatchObject([{ reachable: true, message: null }])
    const before = setup.catalyst.requests.length
    expect(await setup.sources()).toMatchObject([{ reachable: true, message: null }])
    expect(setup.catalyst.requests).toHaveLength(before)
  })

  it('is shown for the region that answers, beside the failure of the other', async () => {
    await using setup = await open('admin', { lateProjects: [OTHER] })
    setup.catalyst.regions['nz-hlz-1']?.faults.push({ route: '*', kind: 'status:502' })
    const [status] = await setup.sources()
    expect(status?.message).toMatch(/^nz-hlz-1: .*status 502 \(GET \/\); nz-por-1: .* is behind \(GET \/v2\/health\)$/)
  })

  it.each(['{}', '{"health": {"usage_collection": {"status": "OK"}}}', '<html>'])(
    'is not guessed from %j',
    async body => {
      await using setup = await open('admin')
      const [first, second] = Object.values(setup.catalyst.regions)
      for (const server of [first, second]) {
        if (!server) continue
        server.intercept = ({ path }) =>
          path === '/v2/health' ? { status: 200, headers: { 'Content-Type': 'application/json' }, body } : undefined
      }
      const [status] = await setup.sources()
      expect(status).toMatchObject({ reachable: true })
      expect(status?.message).toContain('sent an invalid response')
      expect(setup.invalid).toEqual(['catalyst', 'catalyst'])
    },
  )
})
