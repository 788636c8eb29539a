import type { LocalDate } from '../../domain/period.js'
import type { Clock } from '../clock.js'
import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest, UpstreamStatusError } from '../errors.js'
import type { HttpAnswer, UpstreamHealth, UpstreamHttp } from '../http.js'
import { errorOfStatus } from '../status.js'
import { decodeInvoices, decodeProducts, decodeQuotations } from './decode.js'
import type { Keystone, KeystoneSession } from './keystone.js'
import type { RatingEndpoint, RatingEndpoints } from './rating-endpoints.js'
import type * as wire from './wire.js'

/** A decoded answer and when it came. */
export interface Answered<T> {
  readonly answer: T
  /** RFC 3339, UTC. */
  readonly asOf: string
}

/** What the client is made of. */
export interface CatalystClientOptions {
  readonly keystone: Keystone
  readonly endpoints: RatingEndpoints
  /** The connection to a rating server's origin. */
  readonly connect: (origin: string) => UpstreamHttp
  readonly clock: Clock
}

/** Which project is asked about, where, in how much detail. */
export interface ProjectQuestion {
  /** Null asks for the token's own project. */
  readonly projectId: string | null
  readonly region: string
  /** With lines. */
  readonly detailed: boolean
}

/** Bills dated from one first of a month up to, not including, another. */
export interface RangeQuestion extends ProjectQuestion {
  readonly start: LocalDate
  readonly end: LocalDate
  /** True to get past what the server's cache holds for the range. */
  readonly again?: boolean
}

/**
 * The rating API v2 of one Keystone credential: one method an endpoint. A 401 is answered with one new token and one
 * repetition.
 */
export class CatalystClient implements AsyncDisposable {
  private readonly connections = new Map<string, UpstreamHttp>()

  constructor(private readonly options: CatalystClientOptions) {}

  /** The project and rights of the gateway's own token. */
  session(): Promise<KeystoneSession> {
    return this.options.keystone.session()
  }

  /** The regions whose rating servers are asked, the preferred one first; never empty. */
  async regions(): Promise<readonly [string, ...string[]]> {
    const [first, ...rest] = this.options.endpoints.of(await this.session())
    return [first.region, ...rest.map(endpoint => endpoint.region)]
  }

  /**
   * The bills dated from `start` up to, not including, `end`, which must both be firsts of months: only such a range
   * means the same to both kinds of server. Documents outside the range are taken out.
   */
  async listInvoices(question: RangeQuestion): Promise<Answered<wire.Invoices>> {
    const { start, end, detailed, again = false } = question
    // Detailed ranges end a second later: the server's cache confuses the two flavours of one and the same range.
    const until = detailed ? `${end}T00:00:0${again ? 2 : 1}` : end
    const { body, asked, asOf } = await this.askProject('/v2/invoices', question, { start, end: until })
    const answer = decodeInvoices(body, asked)
    const invoices = answer.invoices.filter(([date]) => date >= start && date < end)
    return { answer: { ...answer, invoices }, asOf }
  }

  /** The running month of one region. */
  async listQuotations(question: ProjectQuestion): Promise<Answered<wire.Quotations>> {
    const { body, asked, asOf } = await this.askProject('/v2/quotations', question, {})
    return { answer: decodeQuotations(body, asked), asOf }
  }

  /** The price list of all regions, as one region's server knows it. Asked without a token: it looks at none. */
  async listProducts(region: string): Promise<Answered<wire.Products>> {
    const asked: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/products' }
    const endpoint = this.options.endpoints.find(await this.session(), region)
    const answer = await this.send(endpoint, '/v2/products', new URLSearchParams(), {})
    if (answer.status !== 200) throw errorOfStatus(answer, asked)
    return { answer: decodeProducts(jsonBody(answer, asked), asked), asOf: this.now() }
  }

  /** Whether the preferred region's server answers at all. */
  async ping(): Promise<void> {
    const [endpoint] = this.options.endpoints.of(await this.session())
    const answer = await this.send(endpoint, '/', new URLSearchParams(), {})
    if (answer.status !== 200) throw errorOfStatus(answer, { upstream: 'catalyst', operation: 'GET /' })
  }

  /** Of every rating server asked so far. */
  health(): readonly UpstreamHealth[] {
    return [...this.connections.values()].map(http => http.health())
  }

  /** Cuts all connections to rating servers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.connections.values()].map(http => http[Symbol.asyncDispose]()))
  }

  private async askProject(path: string, question: ProjectQuestion, range: Record<string, string>) {
    const asked: UpstreamRequest = { upstream: 'catalyst', operation: `GET ${path}` }
    const session = await this.session()
    const parameters = new URLSearchParams({ ...range, detailed: question.detailed ? 'True' : 'False' })
    // The token's own project is not named: naming one takes the role admin on servers that compare carelessly.
    if (question.projectId !== null && question.projectId !== session.project.id) {
      parameters.set('project_id', question.projectId)
    }
    const answer = await this.sendAuthenticated(session, question.region, path, parameters)
    if (answer.status !== 200) throw refusal(answer, asked)
    return { body: jsonBody(answer, asked), asked, asOf: this.now() }
  }

  private async sendAuthenticated(
    session: KeystoneSession,
    region: string,
    path: string,
    parameters: URLSearchParams,
  ): Promise<HttpAnswer> {
    const { keystone, endpoints } = this.options
    const endpoint = endpoints.find(session, region)
    const answer = await this.send(endpoint, path, parameters, { 'x-auth-token': session.token })
    if (answer.status !== 401) return answer
    keystone.drop(session.token)
    const renewed = await keystone.session()
    return this.send(endpoints.find(renewed, region), path, parameters, { 'x-auth-token': renewed.token })
  }

  private send(
    endpoint: RatingEndpoint,
    path: string,
    parameters: URLSearchParams,
    headers: Record<string, string>,
  ): Promise<HttpAnswer> {
    const query = parameters.size === 0 ? '' : `?${parameters}`
    return this.connection(endpoint.origin).send({
      method: 'GET',
      template: path,
      path: `${endpoint.basePath}${path}${query}`,
      headers: { accept: 'application/json', ...headers },
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

function refusal(answer: HttpAnswer, asked: UpstreamRequest): Error {
  if (answer.status === 401) {
    return new UpstreamDeniedError('refused a token that Keystone had just issued', asked)
  }
  if (answer.status === 403) {
    return new UpstreamDeniedError("refused: the gateway's role does not allow it, or it is another project", asked)
  }
  // A missing price answers 404 as well, and is no missing project.
  if (answer.status === 404 && !isProjectNotFound(answer)) return new UpstreamStatusError(404, asked)
  return errorOfStatus(answer, asked)
}

function isProjectNotFound({ contentType, body }: HttpAnswer): boolean {
  return (
    contentType === 'application/json' && /"Project [^"]{0,100} not found\."/.test(Buffer.from(body).toString('latin1'))
  )
}

/** An HTML page or a login form under status 200 is nothing to parse. */
function jsonBody(answer: HttpAnswer, asked: UpstreamRequest): Uint8Array {
  if (answer.contentType !== 'application/json') throw new UpstreamFormatError('it is not JSON by its type', asked)
  return answer.body
}
