import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { isTrustworthyCatalogUrl, isTrustworthyUrl } from '../http/url-trust.js'
import type { KeystoneStanding } from '../keystone/session.js'

/** The address of one region's rating server. */
export interface RatingEndpoint {
  readonly region: string
  /** Scheme, host and port. */
  readonly origin: string
  /** The path before `/v2`; '' in most catalogs. */
  readonly basePath: string
}

/** Selects entries of a service catalog. */
export interface RatingEndpointOptions {
  /** The cloud's name in clouds.yaml, for errors. */
  readonly cloud?: string | undefined
  /** Of the Keystone whose catalog it is. */
  readonly authUrl: string
  /** `ratingv2` on Catalyst Cloud. */
  readonly serviceType: string
  /** public, internal or admin. */
  readonly interface: string
  /** Regions to call, in this order; null for all that the catalog lists. */
  readonly regions: readonly string[] | null
  /** The region to put first; null keeps the catalog's order. */
  readonly preferredRegion: string | null
  /** URLs that replace those of the catalog, by region. */
  readonly overrides: ReadonlyMap<string, string>
}

/** Finds the rating servers in a session's catalog. */
export class RatingEndpoints {
  private readonly request: UpstreamRequest

  constructor(private readonly options: RatingEndpointOptions) {
    this.request = { upstream: 'keystone', cloud: options.cloud, operation: 'service catalog' }
  }

  /**
   * The endpoints of all regions to call, the preferred one first.
   *
   * @throws UpstreamDeniedError when the catalog lacks the service or a configured region
   */
  of(session: KeystoneStanding): readonly [RatingEndpoint, ...RatingEndpoint[]] {
    const { regions, preferredRegion } = this.options
    const found = this.inCatalog(session)
    const wanted = regions ?? [...found.keys()]
    const ordered = [...wanted].sort((a, b) => Number(b === preferredRegion) - Number(a === preferredRegion))
    const [first, ...rest] = ordered.map(region => this.pick(found, region))
    if (!first)
      throw new UpstreamDeniedError(`lists no ${this.options.serviceType} service for this project`, this.request)
    return [first, ...rest]
  }

  /** The endpoint of a region. @throws UpstreamDeniedError when neither the catalog nor the configuration has it */
  find(session: KeystoneStanding, region: string): RatingEndpoint {
    return this.pick(this.inCatalog(session), region)
  }

  private pick(found: ReadonlyMap<string, string>, region: string): RatingEndpoint {
    const url = found.get(region)
    if (url === undefined) {
      const { interface: face, serviceType } = this.options
      throw new UpstreamDeniedError(`lists no ${face} ${serviceType} endpoint in region ${region}`, this.request)
    }
    const { overrides, authUrl } = this.options
    if (!(overrides.has(region) ? isTrustworthyUrl(url) : isTrustworthyCatalogUrl(url, authUrl))) {
      throw new UpstreamFormatError('the address of a rating server is not https, nor on this machine', this.request)
    }
    return toEndpoint(region, url)
  }

  private inCatalog(session: KeystoneStanding): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    for (const endpoint of session.endpointsOf(this.options.serviceType)) {
      const isWanted = endpoint.interface.replace(/URL$/, '') === this.options.interface
      if (isWanted && !found.has(endpoint.region)) found.set(endpoint.region, endpoint.url)
    }
    // A region of the catalog keeps its place; any other comes last.
    for (const [region, url] of this.options.overrides) found.set(region, url)
    return found
  }
}

function toEndpoint(region: string, text: string): RatingEndpoint {
  const url = new URL(text)
  return { region, origin: url.origin, basePath: url.pathname.replace(/\/+$/, '').replace(/\/v2$/, '') }
}
