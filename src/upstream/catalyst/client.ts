import type { LocalDate } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import { type Fetched, PING_DEADLINE_MS } from '../cache/fetched.js'
import type { ResponseCache } from '../cache/response-cache.js'
import type { ResponseKind } from '../cache/ttl.js'
import { decoding } from '../decoding/worker-pool.js'
import { UpstreamDegradedError, type UpstreamRequest } from '../http/errors.js'
import type { HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHealth, UpstreamHttp } from '../http/upstream-http.js'
import type { Keystone } from '../keystone/client.js'
import type { KeystoneSession, KeystoneStanding } from '../keystone/session.js'
import type { Project } from '../keystone/wire.js'
import type { RatingEndpoint, RatingEndpoints } from './rating-endpoints.js'
import { jsonBody, refusal } from './rating-refusal.js'
import type * as wire from './wire.js'

/** What the client is made of. */
export interface CatalystClientOptions {
  readonly keystone: Keystone
  readonly endpoints: RatingEndpoints
  /** The connection to a rating server's origin. */
  readonly connect: (origin: string) => UpstreamHttp
  readonly clock: Clock
  /** Null keeps nothing. */
  readonly kept: ResponseCache | null
  /** The cloud's name, where there are several. */
  readonly cloud?: string | undefined
}

/** Which project is asked about, and where. */
export interface PlaceQuestion {
  /** Null asks for the token's own project. */
  readonly projectId: string | null
  readonly region: string
}

/** Which project is asked about, where, in how much detail. */
export interface ProjectQuestion extends PlaceQuestion {
  /** With lines. */
  readonly detailed: boolean
}

/** From the start of one day up to, not including, another. */
export interface UsageRange {
  readonly start: LocalDate
  /** Null goes on to now. */
  readonly end: LocalDate | null
}

/** Bills dated from one first of a month up to, not including, another. */
export interface RangeQuestion extends ProjectQuestion {
  readonly start: LocalDate
  readonly end: LocalDate
  /** True to get past what the server's cache holds for the range. */
  readonly again?: boolean
}

/** Makes an answer of a body. */
type Decode<T> = (body: Uint8Array, asked: UpstreamRequest) => T | Promise<T>

interface RatingRequest {
  readonly path: string
  readonly parameters?: URLSearchParams
  /** Secret. */
  readonly token?: string
  readonly deadlineMs?: number
  readonly acceptedStatus?: number
}

/** After a new token was refused as well, for how long the next one that is refused is not replaced. */
const REFUSED_MS = 5_000

/**
 * The rating API v2 of one Keystone credential: one method an endpoint. A 401 is answered with one new token and one
 * repetition.
 */
export class CatalystClient implements AsyncDisposable {
  private readonly connections = new Map<string, UpstreamHttp>()
  /** From when a refused token is replaced by a new one; milliseconds of the clock. */
  private renewsFrom = 0

  constructor(private readonly options: CatalystClientOptions) {}

  /** The project and rights of the gateway's own token. */
  session(): Promise<KeystoneSession> {
    return this.options.keystone.session()
  }

  /** The projects in use that the credential's user has a role in, as far as the token at hand can tell. */
  async projects(): Promise<readonly Project[]> {
    return (await this.options.keystone.projects()).filter(project => project.enabled)
  }

  /** The same, whatever became of the token. */
  standing(): Promise<KeystoneStanding> {
    return this.options.keystone.standing()
  }

  /** The regions whose rating servers are asked, the preferred one first; never empty. */
  async regions(): Promise<readonly [string, ...string[]]> {
    const [first, ...rest] = this.options.endpoints.of(await this.standing())
    for (const endpoint of [first, ...rest]) this.connection(endpoint.origin)
    return [first.region, ...rest.map(endpoint => endpoint.region)]
  }

  /**
   * The bills dated from `start` up to, not including, `end`, which must both be firsts of months: only such a range
   * means the same to both kinds of server. Documents outside the range are taken out.
   */
  async listInvoices(question: RangeQuestion): Promise<Fetched<wire.Invoices>> {
    const { start, end, detailed, again = false } = question
    // Detailed ranges end a second later: the server's cache confuses the two flavours of one and the same range.
    const until = detailed ? `${end}T00:00:0${again ? 2 : 1}` : end
    const parameters = { start, end: until, detailed: flag(detailed) }
    const { answer, ...said } = await this.askProject(
      'catalyst-bills',
      '/v2/invoices',
      question,
      parameters,
      decoding('catalystInvoices'),
    )
    const invoices = answer.invoices.filter(([date]) => date >= start && date < end)
    return { answer: { ...answer, invoices }, ...said }
  }

  /** The running month of one region. */
  listQuotations(question: ProjectQuestion): Promise<Fetched<wire.Quotations>> {
    return this.askProject(
      'catalyst-quotations',
      '/v2/quotations',
      question,
      { detailed: flag(question.detailed) },
      decoding('catalystQuotations'),
    )
  }

  /** Raw usage of one region from the start of one day up to, not including, another; null goes on to now. */
  listMeasurements(question: PlaceQuestion & UsageRange): Promise<Fetched<wire.Measurements>> {
    const range = { start: question.start, ...(question.end === null ? {} : { end: question.end }) }
    return this.askProject('catalyst-usage', '/v2/measurements', question, range, decoding('catalystMeasurements'))
  }

  /** What is left of a project's grants; any region tells the same. */
  listCredits(question: PlaceQuestion): Promise<Fetched<wire.Credits>> {
    return this.askProject('catalyst-usage', '/v2/credits', question, {}, decoding('catalystCredits'))
  }

  /** The price list of all regions, as one region's server knows it. Asked without a token: it looks at none. */
  async listProducts(region: string): Promise<Fetched<wire.Products>> {
    const path = '/v2/products'
    return this.keep('catalyst-products', `${region} ${path}`, path, decoding('catalystProducts'), async () => {
      const response = await this.send(this.options.endpoints.find(await this.standing(), region), { path })
      if (response.status !== 200) throw errorOfStatus(response)
      return jsonBody(response)
    })
  }

  /** Whether a region's server answers at all. */
  async ping(region: string): Promise<void> {
    const endpoint = this.options.endpoints.find(await this.standing(), region)
    const response = await this.send(endpoint, { path: '/', deadlineMs: PING_DEADLINE_MS })
    if (response.status !== 200) throw errorOfStatus(response)
  }

  /**
   * Whether a region's server, asked about itself, says that all of it works; false when it tells only others than us.
   *
   * @throws UpstreamDegradedError when it says that something of it does not
   */
  async checkHealth(region: string): Promise<boolean> {
    const response = await this.sendWithToken(region, {
      path: '/v2/health',
      deadlineMs: PING_DEADLINE_MS,
      acceptedStatus: 403,
    })
    const { request } = response
    if (response.status === 403) return false
    if (response.status !== 200) throw refusal(response)
    const { collectsUsage, hasErp } = await decoding('catalystHealth')(jsonBody(response), request)
    if (collectsUsage && hasErp) return true
    this.connection(this.options.endpoints.find(await this.standing(), region).origin).noteInvalid()
    throw new UpstreamDegradedError(ailments(collectsUsage, hasErp), request)
  }

  /** Of every rating server that is known so far. */
  health(): readonly UpstreamHealth[] {
    return [...this.connections.values()].map(http => http.health())
  }

  /** Cuts all connections to rating servers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.connections.values()].map(http => http[Symbol.asyncDispose]()))
  }

  private askProject<T extends object>(
    kind: ResponseKind,
    path: string,
    { projectId, region }: PlaceQuestion,
    asking: Record<string, string>,
    decode: Decode<T>,
  ): Promise<Fetched<T>> {
    const parameters = new URLSearchParams(asking)
    return this.keep(kind, `${region} ${projectId} ${path}?${parameters}`, path, decode, async () => {
      const { project } = await this.session()
      // The token's own project is not named: naming one takes the role admin on servers that compare carelessly.
      if (projectId !== null && projectId !== project.id) parameters.set('project_id', projectId)
      const response = await this.sendWithToken(region, { path, parameters })
      if (response.status !== 200) throw refusal(response)
      return jsonBody(response)
    })
  }

  /** From what is kept, or by asking. */
  private async keep<T>(
    kind: ResponseKind,
    key: string,
    path: string,
    decode: Decode<T>,
    fetch: () => Promise<Uint8Array>,
  ): Promise<Fetched<T>> {
    const { kept, cloud } = this.options
    const asked: UpstreamRequest = { upstream: 'catalyst', cloud, operation: `GET ${path}` }
    const read = async (body: Uint8Array): Promise<T> => decode(body, asked)
    if (kept === null) return { answer: await read(await fetch()), asOf: this.now(), stale: false }
    return kept.get({ kind, key, fetch, decode: read })
  }

  /** A 401 is answered with one new token and one repetition, whose response counts whatever it is. */
  private async sendWithToken(region: string, request: RatingRequest): Promise<HttpResponse> {
    const send = (current: KeystoneSession): Promise<HttpResponse> =>
      this.send(this.options.endpoints.find(current, region), { ...request, token: current.token })
    const session = await this.session()
    const mayRenew = this.options.clock().getTime() >= this.renewsFrom
    const first = await send(session)
    if (first.status !== 401 || !mayRenew) return first
    this.options.keystone.drop(session.token)
    const second = await send(await this.session())
    // Then it is not the token's fault, and the next request need not wait for another one.
    if (second.status === 401) this.renewsFrom = this.options.clock().getTime() + REFUSED_MS
    return second
  }

  private send(endpoint: RatingEndpoint, request: RatingRequest): Promise<HttpResponse> {
    const { path, parameters, token, deadlineMs, acceptedStatus } = request
    const query = parameters === undefined ? '' : `?${parameters}`
    return this.connection(endpoint.origin).send({
      method: 'GET',
      template: path,
      path: `${endpoint.basePath}${path}${query}`,
      // Ranges that a caller chose may fail for a reason of their own: they count once per project.
      breakerKey: `${path} ${parameters?.get('project_id') ?? ''}`,
      headers: { accept: 'application/json', ...(token === undefined ? {} : { 'x-auth-token': token }) },
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(acceptedStatus === undefined ? {} : { acceptedStatus }),
    })
  }

  private connection(origin: string): UpstreamHttp {
    const held = this.connections.get(origin)
    if (held) return held
    const opened = this.options.connect(origin)
    this.connections.set(origin, opened)
    return opened
  }

  private now(): string {
    return this.options.clock().toISOString()
  }
}

/** As the official client writes it. */
function flag(value: boolean): string {
  return value ? 'True' : 'False'
}

/** In our words: the server's own may name projects of others. */
function ailments(collectsUsage: boolean, hasErp: boolean): string {
  const parts = [
    collectsUsage ? [] : 'its usage collection is behind',
    hasErp ? [] : 'its billing back end does not work',
  ]
  return `says that ${parts.flat().join(', and that ')}`
}
