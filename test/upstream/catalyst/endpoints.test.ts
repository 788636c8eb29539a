import { describe, expect, it } from 'vitest'
import { startServer } from '../../../src/standin/server.js'
import { RatingEndpoints } from '../../../src/upstream/catalyst/endpoints.js'
import { UpstreamDeniedError, UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import type { CatalogEndpoint, KeystoneSession } from '../../../src/upstream/keystone/session.js'
import { type CatalogService, startKeystone } from '../keystone/keystone-server.js'
import { clock, openClient, settingsFor, TODAY } from './open-client.js'
import { failureOf } from './seen-of-error.js'

type Options = ConstructorParameters<typeof RatingEndpoints>[0]

const POR = { region: 'nz-por-1', interface: 'public', url: 'https://por.example:9999/' }
const HLZ = { region: 'nz-hlz-1', interface: 'public', url: 'https://hlz.example:9999/' }
const INTERNAL = { region: 'nz-por-1', interface: 'internal', url: 'https://internal.example:9999/' }

function endpoints(more: Partial<Options> = {}): RatingEndpoints {
  return new RatingEndpoints({
    authUrl: 'http://127.0.0.1:5000/v3',
    serviceType: 'ratingv2',
    interface: 'public',
    regions: null,
    preferredRegion: null,
    overrides: new Map(),
    ...more,
  })
}

function session(...listed: readonly CatalogEndpoint[]): KeystoneSession {
  return {
    token: 't',
    renewAt: TODAY.getTime(),
    project: { id: 'p1', name: 'one' },
    roles: [],
    endpointsOf: type => (type === 'ratingv2' ? listed : []),
  }
}

function regionsOf(options: Partial<Options>, ...listed: readonly CatalogEndpoint[]): readonly string[] {
  return endpoints(options)
    .of(session(...listed))
    .map(({ region }) => region)
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

describe('RatingEndpoints', () => {
  it('are of the configured interface, in the order of the catalog', () => {
    expect(endpoints().of(session(INTERNAL, HLZ, POR))).toEqual([
      { region: 'nz-hlz-1', origin: 'https://hlz.example:9999', basePath: '' },
      { region: 'nz-por-1', origin: 'https://por.example:9999', basePath: '' },
    ])
    expect(endpoints({ interface: 'internal' }).of(session(INTERNAL, HLZ, POR))).toEqual([
      { region: 'nz-por-1', origin: 'https://internal.example:9999', basePath: '' },
    ])
  })

  it('are also found under the old name of the interface', () => {
    expect(regionsOf({}, { ...POR, interface: 'publicURL' })).toEqual(['nz-por-1'])
  })

  it('begin with the preferred region, where there is one', () => {
    expect(regionsOf({ preferredRegion: 'nz-hlz-1' }, POR, HLZ)).toEqual(['nz-hlz-1', 'nz-por-1'])
    expect(regionsOf({ preferredRegion: 'nz-por-1' }, POR, HLZ)).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect(regionsOf({ preferredRegion: 'NZ-HLZ-1' }, POR, HLZ)).toEqual(['nz-por-1', 'nz-hlz-1'])
  })

  it('are of the configured regions, in that order, the preferred one first', () => {
    const third = { ...POR, region: 'nz-wlg-2' }
    expect(regionsOf({ regions: ['nz-hlz-1'] }, POR, HLZ)).toEqual(['nz-hlz-1'])
    expect(
      regionsOf({ regions: ['nz-wlg-2', 'nz-hlz-1', 'nz-por-1'], preferredRegion: 'nz-por-1' }, POR, HLZ, third),
    ).toEqual(['nz-por-1', 'nz-wlg-2', 'nz-hlz-1'])
  })

  it('are the first ones that the catalog lists for a region', () => {
    const again = { ...POR, url: 'https://second.example/' }
    expect(
      endpoints()
        .of(session(POR, again))
        .map(({ origin }) => origin),
    ).toEqual(['https://por.example:9999'])
  })

  it.each<[Partial<Options>, string]>([
    [{ regions: ['nz-xyz'] }, 'Keystone lists no public ratingv2 endpoint in region nz-xyz (service catalog)'],
    [
      { regions: ['nz-por-1', 'NZ-HLZ-1'] },
      'Keystone lists no public ratingv2 endpoint in region NZ-HLZ-1 (service catalog)',
    ],
    [{ interface: 'admin' }, 'Keystone lists no ratingv2 service for this project (service catalog)'],
    [{ serviceType: 'rating' }, 'Keystone lists no rating service for this project (service catalog)'],
  ])('are missing with an error that names the problem: %o', (options, message) => {
    const error = thrownBy(() => endpoints(options).of(session(POR, HLZ)))
    expect(error).toBeInstanceOf(UpstreamDeniedError)
    expect(error).toHaveProperty('message', message)
  })

  it('are missing when the service has no endpoint at all', () => {
    expect(thrownBy(() => endpoints().of(session()))).toBeInstanceOf(UpstreamDeniedError)
  })

  it('are found by region, and only in the catalog', () => {
    expect(endpoints().find(session(POR, HLZ), 'nz-hlz-1').origin).toBe('https://hlz.example:9999')
    expect(thrownBy(() => endpoints().find(session(POR, HLZ), 'mars-1'))).toBeInstanceOf(UpstreamDeniedError)
  })
})

describe('the address of a rating server', () => {
  it.each([
    ['https://rating.example', 'https://rating.example', ''],
    ['https://rating.example/', 'https://rating.example', ''],
    ['https://rating.example:9999///', 'https://rating.example:9999', ''],
    ['https://rating.example/v2', 'https://rating.example', ''],
    ['https://rating.example/v2/', 'https://rating.example', ''],
    ['https://rating.example/rating/v2/', 'https://rating.example', '/rating'],
    ['https://rating.example/rating', 'https://rating.example', '/rating'],
    ['https://rating.example/v2.1', 'https://rating.example', '/v2.1'],
    ['http://127.0.0.1:19991/', 'http://127.0.0.1:19991', ''],
    ['http://[::1]:19991/', 'http://[::1]:19991', ''],
    ['http://localhost:19991', 'http://localhost:19991', ''],
  ])('%s is joined with paths by one slash', (url, origin, basePath) => {
    expect(endpoints().of(session({ ...POR, url }))).toEqual([{ region: 'nz-por-1', origin, basePath }])
  })

  it.each([
    'http://rating.example/',
    'http://127.0.0.1.rating.example/',
    'http://localhost.rating.example/',
    'ftp://127.0.0.1/',
    'https://user:pass@rating.example/',
    'https://rating.example/?x=1',
    '/v2',
    '',
  ])('%j is refused without being quoted', url => {
    const error = thrownBy(() => endpoints().of(session({ ...POR, url })))
    expect(error).toBeInstanceOf(UpstreamFormatError)
    expect((error as Error).message).not.toContain('example')
  })

  it.each(['http://127.0.0.1:19991/', 'http://[::1]:19991/', 'http://localhost:19991'])(
    '%s is refused when a Keystone on another machine tells it, and taken when it is configured',
    url => {
      const authUrl = 'https://keystone.example/v3'
      expect(thrownBy(() => endpoints({ authUrl }).of(session({ ...POR, url })))).toBeInstanceOf(UpstreamFormatError)
      expect(regionsOf({ authUrl, overrides: new Map([['nz-por-1', url]]) }, POR)).toEqual(['nz-por-1'])
      expect(endpoints({ authUrl }).of(session(POR))).toHaveLength(1)
    },
  )

  it("is the configured one, if any, at the region's place in the order", () => {
    const overrides = new Map([['nz-hlz-1', 'https://other.example/rating/']])
    expect(endpoints({ overrides }).of(session(POR, HLZ))).toEqual([
      { region: 'nz-por-1', origin: 'https://por.example:9999', basePath: '' },
      { region: 'nz-hlz-1', origin: 'https://other.example', basePath: '/rating' },
    ])
  })

  it('may be configured for a region that the catalog lacks', () => {
    const overrides = new Map([['nz-wlg-2', 'https://wlg.example']])
    expect(regionsOf({ overrides }, POR, HLZ)).toEqual(['nz-por-1', 'nz-hlz-1', 'nz-wlg-2'])
    expect(regionsOf({ overrides })).toEqual(['nz-wlg-2'])
  })
})

describe('a catalog', () => {
  const service = (...listed: readonly Record<string, string | null>[]): CatalogService => ({
    type: 'ratingv2',
    endpoints: listed,
  })

  it('names a region by region_id, or else by region', async () => {
    const url = 'https://rating.example/'
    const catalog = [
      service({ interface: 'public', region_id: 'a', region: 'ignored', url }),
      service(),
      service(
        { interface: 'public', region: 'b', url },
        { interface: 'public', region_id: null, region: 'c', url },
        { interface: 'public', url },
      ),
      { type: 'rating', endpoints: [{ interface: 'public', region: 'd', url }] },
    ]
    await using keystone = await startKeystone({ clock, catalog })
    await using opened = openClient(settingsFor(keystone.authUrl))
    expect(await opened.client.regions()).toEqual(['a', 'b', 'c', ''])
    await using other = openClient(settingsFor(keystone.authUrl, { serviceType: 'rating' }))
    expect(await other.client.regions()).toEqual(['d'])
  })

  it('without endpoints of the service has no rating server', async () => {
    await using keystone = await startKeystone({ clock, catalog: [service()] })
    await using opened = openClient(settingsFor(keystone.authUrl))
    expect(await failureOf(opened.client.regions())).toBeInstanceOf(UpstreamDeniedError)
  })

  it.each(['', '/', '/v2', '/v2/', '/rating', '/rating/v2/'])(
    'with an address ending in %j is asked at one place',
    async end => {
      await using rating = await startServer(() => ({
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: '{"products": {}}',
      }))
      const endpoint = { interface: 'public', region_id: 'nz-por-1', url: `${rating.url}${end}` }
      await using keystone = await startKeystone({ clock, catalog: [service(endpoint)] })
      await using opened = openClient(settingsFor(keystone.authUrl))

      await opened.client.listProducts('nz-por-1')

      expect(rating.requests).toEqual([`GET ${end.includes('rating') ? '/rating' : ''}/v2/products`])
    },
  )

  it('cannot lead the token to a foreign host in clear text', async () => {
    const endpoint = { interface: 'public', region_id: 'nz-por-1', url: 'http://rating.example/' }
    await using keystone = await startKeystone({ clock, catalog: [service(endpoint)] })
    await using opened = openClient(settingsFor(keystone.authUrl))
    const question = { projectId: null, region: 'nz-por-1', detailed: false }
    const failure = await failureOf(opened.client.listQuotations(question))
    expect(failure).toBeInstanceOf(UpstreamFormatError)
    expect(failure.message).toContain('not https')
  })
})
