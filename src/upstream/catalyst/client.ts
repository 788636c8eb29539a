import type { LocalDate } from '../../domain/period.js'
import { type Fetched, PING_DEADLINE_MS } from '../cache/fetched.js'
import type { ResponseCache } from '../cache/response-cache.js'
import type { ResponseKind } from '../cache/ttl.js'
import type { Decoded, DecoderName } from '../decoding/decoders.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { UpstreamDegradedError, UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import type { UpstreamHealth } from '../http/upstream-http.js'
import type { Keystone } from '../keystone/client.js'
import type { KeystoneStanding } from '../keystone/session.js'
import type { Project } from '../keystone/wire.js'
import { jsonBody, RatingHttp, type RatingHttpOptions, refusal } from './rating-http.js'
import type * as wire from './wire.js'

/** What the client is made of. */
export interface CatalystClientOptions extends RatingHttpOptions {
  readonly cache: ResponseCache
  readonly decoders: DecodePool
  /** The cloud's name, where there are several. */
  readonly cloud?: string | undefined
}

/** A project in one region. */
export interface RegionRequest {
  /** Null for the token's own project. */
  readonly projectId: string | null
  readonly region: string
}

/** The running month of a project in one region. */
export interface QuotationRequest extends RegionRequest {
  /** With lines. */
  readonly detailed: boolean
}

/** The usage of a project in one region. */
export interface UsageRequest extends RegionRequest {
  readonly start: LocalDate
  /** Not included; null for up to now. */
  readonly end: LocalDate | null
}

/** The invoices of a project dated from one first of a month up to, not including, another. */
export interface InvoicesRequest extends RegionRequest {
  readonly start: LocalDate
  readonly end: LocalDate
  /** With lines. */
  readonly detailed: boolean
  /** True to avoid what the server's cache holds for the range. */
  readonly again?: boolean
}

/** The rating API v2 of one Keystone credential: one method an endpoint. */
export class CatalystClient implements AsyncDisposable {
  private readonly http: RatingHttp
  private readonly keystone: Keystone

  constructor(private readonly options: CatalystClientOptions) {
    this.http = new RatingHttp(options)
    this.keystone = options.keystone
  }

  /** The project and roles of the gateway's own credential, whatever became of its token. */
  standing(): Promise<KeystoneStanding> {
    return this.keystone.standing()
  }

  /** The enabled projects in which the credential's user has a role, as far as the present token can tell. */
  async projects(): Promise<readonly Project[]> {
    return (await this.keystone.projects()).filter(project => project.enabled)
  }

  /** The regions whose rating servers are called, the preferred one first; never empty. */
  regions(): Promise<readonly [string, ...string[]]> {
    return this.http.regions()
  }

  /**
   * The invoices of a range. Both its dates must be firsts of months: only such a range means the same to both kinds of
   * server. Invoices outside of it are left out. Not cached: months are.
   */
  async listInvoices({ start, end, detailed, again = false, ...place }: InvoicesRequest): Promise<wire.Invoices> {
    // Detailed ranges end a second later: the server's cache does not tell summary and detailed apart.
    const lateEnd = detailed ? `${end}T00:00:0${again ? 2 : 1}` : end
    const path = '/v2/invoices'
    const body = await this.fetchProject(path, place, { start, end: lateEnd, detailed: flag(detailed) })
    const answer = await this.decodeProject('catalystInvoices', body, path, place)
    return { ...answer, invoices: answer.invoices.filter(([date]) => date >= start && date < end) }
  }

  /** The running month of one region. */
  listQuotations({ detailed, ...place }: QuotationRequest): Promise<Fetched<wire.Quotations>> {
    const parameters = { detailed: flag(detailed) }
    return this.getProject('catalyst-quotations', '/v2/quotations', place, parameters, 'catalystQuotations')
  }

  /** Raw usage of one region. */
  listMeasurements({ start, end, ...place }: UsageRequest): Promise<Fetched<wire.Measurements>> {
    const parameters = { start, ...(end === null ? {} : { end }) }
    return this.getProject('catalyst-usage', '/v2/measurements', place, parameters, 'catalystMeasurements')
  }

  /** What is left of a project's grants; the same in every region. */
  listCredits(place: RegionRequest): Promise<Fetched<wire.Credits>> {
    return this.getProject('catalyst-usage', '/v2/credits', place, {}, 'catalystCredits')
  }

  /** The price list of all regions, as one region's server knows it. Sent without a token: the server needs none. */
  listProducts(region: string): Promise<Fetched<wire.Products>> {
    const path = '/v2/products'
    return this.options.cache.get({
      kind: 'catalyst-products',
      key: `${region} ${path}`,
      fetch: async () => {
        const response = await this.http.sendPublic({ region, path })
        return this.http.reading(region, () => jsonBody(response))
      },
      decode: body =>
        this.http.reading(region, () => this.options.decoders.decode('catalystProducts', body, this.requestOf(path))),
    })
  }

  /** Checks that a region's server answers. @throws UpstreamError when it does not */
  async ping(region: string): Promise<void> {
    await this.http.sendPublic({ region, path: '/', deadlineMs: PING_DEADLINE_MS })
  }

  /**
   * True when a region's server reports that all of it works; false when it does not tell this credential.
   *
   * @throws UpstreamDegradedError when it reports that something does not work
   */
  async checkHealth(region: string): Promise<boolean> {
    const health = { region, path: '/v2/health', deadlineMs: PING_DEADLINE_MS, acceptedStatuses: [403] }
    const response = await this.http.send(health)
    const { request } = response
    if (response.status === 403) return false
    if (response.status !== 200) throw refusal(response)
    const report = await this.http.reading(region, () =>
      this.options.decoders.decode('catalystHealth', jsonBody(response), request),
    )
    if (report.collectsUsage && report.hasErp) return true
    await this.http.noteDegraded(region)
    throw new UpstreamDegradedError(problemsOf(report), request)
  }

  /** Of every rating server known so far. */
  health(): readonly UpstreamHealth[] {
    return this.http.health()
  }

  /** Closes all connections to rating servers. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.http[Symbol.asyncDispose]()
  }

  private getProject<N extends DecoderName>(
    kind: ResponseKind,
    path: string,
    place: RegionRequest,
    parameters: Readonly<Record<string, string>>,
    decoder: N,
  ): Promise<Fetched<Decoded<N>>> {
    return this.options.cache.get({
      kind,
      key: `${place.region} ${place.projectId} ${path}?${new URLSearchParams(parameters)}`,
      fetch: () => this.fetchProject(path, place, parameters),
      decode: body => this.decodeProject(decoder, body, path, place),
    })
  }

  private async fetchProject(
    path: string,
    { projectId, region }: RegionRequest,
    query: Readonly<Record<string, string>>,
  ): Promise<Uint8Array> {
    const parameters = new URLSearchParams(query)
    const { project } = await this.keystone.session()
    // Servers that compare carelessly want the role admin even for the token's own project, so that one is not named.
    if (projectId !== null && projectId !== project.id) parameters.set('project_id', projectId)
    const response = await this.http.send({ region, path, parameters })
    if (response.status !== 200) throw refusal(response)
    return this.http.reading(region, () => jsonBody(response))
  }

  /** @throws UpstreamFormatError also when the response is about another project */
  private async decodeProject<N extends DecoderName>(
    decoder: N,
    body: Uint8Array,
    path: string,
    { projectId, region }: RegionRequest,
  ): Promise<Decoded<N>> {
    const request = this.requestOf(path)
    return this.http.reading(region, async () => {
      const decoded = await this.options.decoders.decode(decoder, body, request)
      const isOther = projectId !== null && 'project_id' in decoded && decoded.project_id !== projectId
      if (isOther) throw new UpstreamFormatError('it is about another project', request)
      return decoded
    })
  }

  private requestOf(path: string): UpstreamRequest {
    return { upstream: 'catalyst', cloud: this.options.cloud, operation: `GET ${path}` }
  }
}

/** As the official client writes it. */
function flag(value: boolean): string {
  return value ? 'True' : 'False'
}

/** In our words: the server's own may name projects of other customers. */
function problemsOf({ collectsUsage, hasErp }: wire.Health): string {
  const problems = [
    collectsUsage ? [] : 'its usage collection is behind',
    hasErp ? [] : 'its billing back end does not work',
  ]
  return `says that ${problems.flat().join(', and that ')}`
}
