import type { Clock } from '../../request/clock.js'
import { UpstreamDeniedError, UpstreamFormatError, UpstreamStatusError } from '../http/errors.js'
import type { HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHealth, UpstreamHttp } from '../http/upstream-http.js'
import type { Keystone } from '../keystone/client.js'
import type { KeystoneSession } from '../keystone/session.js'
import type { RatingEndpoint, RatingEndpoints } from './endpoints.js'

/** What rating servers are called with. */
export interface RatingHttpOptions {
  readonly keystone: Keystone
  readonly endpoints: RatingEndpoints
  /** Opens the connection to a rating server's origin. */
  readonly connect: (origin: string) => UpstreamHttp
  readonly clock: Clock
}

/** A request to the rating server of one region. */
export interface RatingRequest {
  readonly region: string
  /** `/v2/invoices` */
  readonly path: string
  readonly parameters?: URLSearchParams
  readonly deadlineMs?: number
  /** Statuses other than 2xx that count as a success of the server. */
  readonly acceptedStatuses?: readonly number[]
}

/** After a new token was refused as well, how long the next refused one is not replaced. */
const REFUSED_MS = 5_000

/** Connections to the rating servers of all regions, with the token of one Keystone credential. */
export class RatingHttp implements AsyncDisposable {
  private readonly connections = new Map<string, UpstreamHttp>()
  /** From when on a refused token is replaced; milliseconds of the clock. */
  private renewsFrom = 0

  constructor(private readonly options: RatingHttpOptions) {}

  /** The regions whose rating servers are called, the preferred one first; never empty. */
  async regions(): Promise<readonly [string, ...string[]]> {
    const [first, ...rest] = this.options.endpoints.of(await this.options.keystone.standing())
    for (const endpoint of [first, ...rest]) this.connection(endpoint.origin)
    return [first.region, ...rest.map(endpoint => endpoint.region)]
  }

  /** Sends with a token. After a 401 the request is sent once more, with a new token. */
  async send(request: RatingRequest): Promise<HttpResponse> {
    const { keystone, clock } = this.options
    const session = await keystone.session()
    const mayRenew = clock().getTime() >= this.renewsFrom
    const first = await this.sendWithToken(request, session)
    if (first.status !== 401 || !mayRenew) return first
    keystone.drop(session.token)
    const second = await this.sendWithToken(request, await keystone.session())
    // The token is not the cause: the next request need not wait for another one.
    if (second.status === 401) this.renewsFrom = clock().getTime() + REFUSED_MS
    return second
  }

  /** Sends without a token. @throws the error of a status other than 200 */
  async sendPublic(request: RatingRequest): Promise<HttpResponse> {
    const endpoint = this.options.endpoints.find(await this.options.keystone.standing(), request.region)
    const response = await this.sendTo(endpoint, request, {})
    if (response.status !== 200) throw errorOfStatus(response)
    return response
  }

  /** Runs what reads a response of a region's server, and notes a response that could not be used. @throws what it throws */
  async reading<T>(region: string, read: () => T | Promise<T>): Promise<T> {
    return (await this.connectionTo(region)).reading(read)
  }

  /** Counts the last response of a region's server as a failure: it reports that not all of it works. */
  async noteDegraded(region: string): Promise<void> {
    const http = await this.connectionTo(region)
    http.noteFailing()
  }

  /** Of every rating server known so far. */
  health(): readonly UpstreamHealth[] {
    return [...this.connections.values()].map(http => http.health())
  }

  /** Closes all connections to rating servers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.connections.values()].map(http => http[Symbol.asyncDispose]()))
  }

  private sendWithToken(request: RatingRequest, session: KeystoneSession): Promise<HttpResponse> {
    const endpoint = this.options.endpoints.find(session, request.region)
    return this.sendTo(endpoint, request, { 'x-auth-token': session.token })
  }

  private sendTo(
    { origin, basePath }: RatingEndpoint,
    { path, parameters, deadlineMs, acceptedStatuses }: RatingRequest,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpResponse> {
    const query = parameters === undefined ? '' : `?${parameters}`
    return this.connection(origin).send({
      method: 'GET',
      template: path,
      path: `${basePath}${path}${query}`,
      // A range that a caller chose may fail for a reason of its own: all ranges of a project count as one request.
      breakerKey: `${path} ${parameters?.get('project_id') ?? ''}`,
      headers: { accept: 'application/json', ...headers },
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(acceptedStatuses === undefined ? {} : { acceptedStatuses }),
    })
  }

  private async connectionTo(region: string): Promise<UpstreamHttp> {
    const endpoint = this.options.endpoints.find(await this.options.keystone.standing(), region)
    return this.connection(endpoint.origin)
  }

  private connection(origin: string): UpstreamHttp {
    const held = this.connections.get(origin)
    if (held) return held
    const opened = this.options.connect(origin)
    this.connections.set(origin, opened)
    return opened
  }
}

/** A refusal is one sentence; a longer body is not searched for it. */
const MAX_REFUSAL_BYTES = 4096

/** The error for a rating server's status other than 200. */
export function refusal(response: HttpResponse): Error {
  const { status, request } = response
  if (status === 401) return new UpstreamDeniedError('refused a token that Keystone had just issued', request)
  if (status === 403) {
    return new UpstreamDeniedError("refused: the gateway's role does not allow it, or it is another project", request)
  }
  // A missing price is a 404 as well, and no missing project.
  if (status === 404 && !isProjectNotFound(response)) return new UpstreamStatusError(404, request)
  return errorOfStatus(response)
}

function isProjectNotFound({ contentType, body }: HttpResponse): boolean {
  if (contentType !== 'application/json' || body.byteLength > MAX_REFUSAL_BYTES) return false
  return /"Project [^"]{0,100} not found\."/.test(Buffer.from(body).toString('latin1'))
}

/**
 * The body of a response with status 200.
 *
 * @throws UpstreamFormatError when it is not JSON by its type, as an HTML page or a login form is not
 */
export function jsonBody({ contentType, body, request }: HttpResponse): Uint8Array {
  if (contentType !== 'application/json') throw new UpstreamFormatError('it is not JSON by its type', request)
  return body
}
