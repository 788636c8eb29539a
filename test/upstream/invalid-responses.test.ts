import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../src/demo.js'
import { invalidResponses } from '../../src/request/observation.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import type { StandInServer } from '../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type OpenBillingSystems, openBillingSystems } from '../../src/upstream/billing-systems.js'
import { NO_CACHE } from '../../src/upstream/cache/cache-settings.js'
import { UpstreamFormatError } from '../../src/upstream/http/errors.js'
import { clock } from './catalyst/open-client.js'

const JSON_TYPE = 'application/json'

let catalyst: CatalystStandIn
let threescale: ThreescaleStandIn
let systems: OpenBillingSystems
/** The upstreams of invalid responses, in their order. */
let noted: unknown[]

const note = (upstream: unknown): void => void noted.push(upstream)

beforeEach(async () => {
  catalyst = await startCatalyst({ clock })
  threescale = await startThreescale({ clock })
  const { url, accessToken } = threescale
  const settings = {
    catalyst: [settingsForStandIn(catalyst)],
    threescale: { url, accessToken, deadlineMs: 10_000 },
    cache: NO_CACHE,
  }
  systems = openBillingSystems(settings, clock)
  noted = []
  subscribe(invalidResponses.name, note)
})
afterEach(async () => {
  unsubscribe(invalidResponses.name, note)
  await systems.close()
  await Promise.all([catalyst.close(), threescale.close()])
})

/** Lets a server answer that body to every path that ends so. */
function answer(server: StandInServer | undefined, end: string, body: string, type = JSON_TYPE): void {
  if (!server) throw new Error('there is no such server')
  server.intercept = ({ path }) =>
    path.endsWith(end) ? { status: 200, headers: { 'Content-Type': type }, body } : undefined
}

const failureOf = (work: Promise<unknown> | undefined) => Promise.resolve(work).catch((error: unknown) => error)

describe('a response that cannot be decoded is noted with its upstream:', () => {
  it.each([
    ['a price list', '/v2/products', '{"products": 7}', JSON_TYPE],
    ['a page of a proxy', '/v2/products', '<html>', 'text/html'],
  ])('%s of Catalyst Cloud', async (_what, path, body, type) => {
    for (const server of Object.values(catalyst.regions)) answer(server, path, body, type)
    expect(await failureOf(systems.catalyst?.default.products(['nz-por-1']))).toBeInstanceOf(UpstreamFormatError)
    expect(noted).toEqual(['catalyst'])
    const [, region] = systems.catalyst?.default.health() ?? []
    expect(region?.lastFailureAt).toEqual(clock())
  })

  it.each(['{}', '{"token": {"expires_at": "2027-01-01T00:00:00.000000Z", "project": {"id": "p"}}}'])(
    "a caller's token of Keystone: %s",
    async body => {
      answer(catalyst.keystone, '/auth/tokens', body)
      expect(await failureOf(systems.tokens?.inspect('gAAAAAtoken'))).toBeInstanceOf(UpstreamFormatError)
      expect(noted).toEqual(['keystone'])
    },
  )

  it("the gateway's own token of Keystone", async () => {
    catalyst.keystone.intercept = () => ({ status: 201, headers: { 'X-Subject-Token': 'gAAAAAtoken' }, body: '{}' })
    expect(await failureOf(systems.catalyst?.default.ping())).toBeInstanceOf(UpstreamFormatError)
    expect(noted).toEqual(['keystone'])
  })

  it('an invoice of 3scale', async () => {
    answer(threescale, '.xml', '<html/>', 'application/xml')
    expect(await failureOf(systems.threescale?.invoice('4711'))).toBeInstanceOf(UpstreamFormatError)
    expect(noted).toEqual(['threescale'])
  })
})
