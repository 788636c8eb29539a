import type { PythonValue } from './python-json.js'
import { hexId } from './tokens.js'

/** URLs of the services of a region. */
export interface RegionUrls {
  readonly region: string
  /** With a trailing '/'. */
  readonly rating: string
}

interface Service {
  readonly type: string
  readonly name: string
  readonly interfaces: readonly string[]
  readonly url: (region: RegionUrls) => string
}

const ALL_INTERFACES = ['public', 'internal', 'admin'] as const

/** Service catalog of a token: identity, rating (`ratingv2`, named distil), and compute, which is not started. */
export function printCatalog(identityUrl: string, regions: readonly RegionUrls[]): PythonValue {
  const services: readonly Service[] = [
    { type: 'identity', name: 'keystone', interfaces: ALL_INTERFACES, url: () => identityUrl },
    { type: 'ratingv2', name: 'distil', interfaces: ALL_INTERFACES, url: ({ rating }) => rating },
    { type: 'compute', name: 'nova', interfaces: ['public'], url: () => computeUrl(identityUrl) },
  ]
  return services.map(({ type, name, interfaces, url }) => ({
    endpoints: regions.flatMap(region =>
      interfaces.map(of => ({
        id: hexId('endpoint', type, region.region, of),
        interface: of,
        region_id: region.region,
        url: url(region),
        region: region.region,
      })),
    ),
    id: hexId('service', type),
    type,
    name,
  }))
}

function computeUrl(identityUrl: string): string {
  return `http://${new URL(identityUrl).hostname}:8774/v2.1`
}

/** Description of the only API version, as in `GET /` and `GET /v3`. */
export function printVersion(identityUrl: string): PythonValue {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${identityUrl}/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  }
}
