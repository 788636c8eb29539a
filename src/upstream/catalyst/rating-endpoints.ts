import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { isTrustworthyCatalogUrl, isTrustworthyUrl } from '../http/url-trust.js'
import type { KeystoneStanding } from '../keystone/session.js'

/** Where one region's rating server is. */
export interface RatingEndpoint {
  readonly region: string
  /** Scheme, host and port. */
  readonly origin: string
  /** What comes before `/v2`; '' in most catalogs. */
  readonly basePath: string
}

/** Which entries of a catalog are used. */
export interface RatingEndpointOptions {
  /** The cloud's name in clouds.yaml, for errors. */
  readonly cloud?: string | undefined
  /** Of the Keystone whose catalog it is. */
  readonly authUrl: string
  /** `ratingv2` on Catalyst Cloud. */
  readonly serviceType: string
  /** public, internal or admin. */
  readonly interface: string
  /** Regions to ask, in this order; null takes all that the catalog has. */
  readonly regions: readonly string[] | null
  /** The region to put first; null keeps the catalog's order. */
  readonly preferredRegion: string | null
  /** Addresses that replace the catalog's, by region. */
  readonly overrides: ReadonlyMap<string, string>
}

/** Finds the rating servers in a session's catalog. */
export class RatingEndpoints {
  private readonly asked: UpstreamRequest

  constructor(private readonly options: RatingEndpointOptions) {
    this.asked = { upstream: 'keystone', cloud: options.cloud, operation: 'service catalog' }
  }

  /**
   * All endpoints to ask, the preferred region first.
   *
   * @throws UpstreamDeniedError when the catalog lacks the service or a region that was asked for
   */
  of(session: KeystoneStanding): readonly [RatingEndpoint, ...RatingEndpoint[]] {
    const { regions, preferredRegion } = this.options
    const found = this.inCatalog(session)
    const wanted = regions ?? [...found.keys()]
    const ordered = [...wanted].sort((a, b) => Number(b === preferredRegion) - Number(a === preferredRegion))
    const [first, ...rest] = ordered.map(region => this.pick(found, region))
    if (!first)
      throw new UpstreamDeniedError(`lists no ${this.options.serviceType} service for this project`, this.asked)
    return [first, ...rest]
  }

  /** @throws UpstreamDeniedError when neither the catalog nor the configuration has the region */
  find(session: KeystoneStanding, region: string): RatingEndpoint {
    return this.pick(this.inCatalog(session), region)
  }

  private pick(found: ReadonlyMap<string, string>, region: string): RatingEndpoint {
    const url = found.get(region)
    if (url === undefined) {
      const { interface: face, serviceType } = this.options
      throw new UpstreamDeniedError(`lists no ${face} ${serviceType} endpoint in region ${region}`, this.asked)
    }
    const { overrides, authUrl } = this.options
    if (!(overrides.has(region) ? isTrustworthyUrl(url) : isTrustworthyCatalogUrl(url, authUrl))) {
      throw new UpstreamFormatError('the address of a rating server is not https, nor on this machine', this.asked)
    }
    return toEndpoint(region, url)
  }

  private inCatalog(session: KeystoneStanding): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    for (const endpoint of session.endpointsOf(this.options.serviceType)) {
      const isWanted = endpoint.interface.replace(/URL$/, '') === this.options.interface
      if (isWanted && !found.has(endpoint.region)) found.set(endpoint.region, endpoint.url)
    }
    // A region of the catalog keeps its place; one that it lacks comes last.
    for (const [region, url] of this.options.overrides) found.set(region, url)
    return found
  }
}

function toEndpoint(region: string, text: string): RatingEndpoint {
  const url = new URL(text)
  return { region, origin: url.origin, basePath: url.pathname.replace(/\/+$/, '').replace(/\/v2$/, '') }
}
