import type { LocalDate } from '../../domain/period.js'
import { type Answered, PING_DEADLINE_MS } from '../answered.js'
import type { Clock } from '../clock.js'
import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest, UpstreamStatusError } from '../errors.js'
import type { HttpAnswer, ReadAnswer, UpstreamHealth, UpstreamHttp } from '../http.js'
import { decoding } from '../off-thread.js'
import { errorOfStatus } from '../status.js'
import { decodeCredits } from './decode.js'
import type { Keystone, KeystoneSession } from './keystone.js'
import type { RatingEndpoint, RatingEndpoints } from './rating-endpoints.js'
import type * as wire from './wire.js'

/** What the client is made of. */
export interface CatalystClientOptions {
  readonly keystone: Keystone
  readonly endpoints: RatingEndpoints
  /** The connection to a rating server's origin. */
  readonly connect: (origin: string) => UpstreamHttp
  readonly clock: Clock
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

interface RatingRequest {
  readonly path: string
  readonly parameters?: URLSearchParams
  /** Secret. */
  readonly token?: string
  readonly deadlineMs?: number
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
    for (const endpoint of [first, ...rest]) this.connection(endpoint.origin)
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
    const parameters = { start, end: until, detailed: flag(detailed) }
    const { answer, asOf } = await this.askProject('/v2/invoices', question, parameters, decoding('catalystInvoices'))
    const invoices = answer.invoices.filter(([date]) => date >= start && date < end)
    return { answer: { ...answer, invoices }, asOf }
  }

  /** The running month of one region. */
  listQuotations(question: ProjectQuestion): Promise<Answered<wire.Quotations>> {
    return this.askProject(
      '/v2/quotations',
      question,
      { detailed: flag(question.detailed) },
      decoding('catalystQuotations'),
    )
  }

  /** Raw usage of one region from the start of one day up to, not including, another; null goes on to now. */
  listMeasurements(question: PlaceQuestion & UsageRange): Promise<Answered<wire.Measurements>> {
    const range = { start: question.start, ...(question.end === null ? {} : { end: question.end }) }
    return this.askProject('/v2/measurements', question, range, decoding('catalystMeasurements'))
  }

  /** What is left of a project's grants; any region tells the same. */
  listCredits(question: PlaceQuestion): Promise<Answered<wire.Credits>> {
    return this.askProject('/v2/credits', question, {}, decodeCredits)
  }

  /** The price list of all regions, as one region's server knows it. Asked without a token: it looks at none. */
  async listProducts(region: string): Promise<Answered<wire.Products>> {
    const endpoint = this.options.endpoints.find(await this.session(), region)
    const answer = await this.get(endpoint, { path: '/v2/products' }, (sent, asked) => {
      if (sent.status !== 200) throw errorOfStatus(sent, asked)
      return decoding('catalystProducts')(jsonBody(sent, asked), asked)
    })
    return { answer, asOf: this.now() }
  }

  /** Whether a region's server answers at all. */
  async ping(region: string): Promise<void> {
    const endpoint = this.options.endpoints.find(await this.session(), region)
    await this.get(endpoint, { path: '/', deadlineMs: PING_DEADLINE_MS }, (sent, asked) => {
      if (sent.status !== 200) throw errorOfStatus(sent, asked)
    })
  }

  /** Of every rating server that is known so far. */
  health(): readonly UpstreamHealth[] {
    return [...this.connections.values()].map(http => http.health())
  }

  /** Cuts all connections to rating servers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.connections.values()].map(http => http[Symbol.asyncDispose]()))
  }

  private async askProject<T extends object>(
    path: string,
    question: PlaceQuestion,
    asking: Record<string, string>,
    decode: (body: Uint8Array, asked: UpstreamRequest) => T | Promise<T>,
  ): Promise<Answered<T>> {
    const session = await this.session()
    const parameters = new URLSearchParams(asking)
    // The token's own project is not named: naming one takes the role admin on servers that compare carelessly.
    if (question.projectId !== null && question.projectId !== session.project.id) {
      parameters.set('project_id', question.projectId)
    }
    const read = (sent: HttpAnswer, asked: UpstreamRequest): T | Promise<T> => {
      if (sent.status !== 200) throw refusal(sent, asked)
      return decode(jsonBody(sent, asked), asked)
    }
    const ask = <V>(current: KeystoneSession, reader: ReadAnswer<V>): Promise<V> => {
      const endpoint = this.options.endpoints.find(current, question.region)
      return this.get(endpoint, { path, parameters, token: current.token }, reader)
    }
    const answer = await ask(session, (sent, asked) => (sent.status === 401 ? null : read(sent, asked)))
    if (answer !== null) return { answer, asOf: this.now() }
    this.options.keystone.drop(session.token)
    return { answer: await ask(await this.session(), read), asOf: this.now() }
  }

  private get<T>(endpoint: RatingEndpoint, request: RatingRequest, read: ReadAnswer<T>): Promise<T> {
    const { path, parameters, token, deadlineMs } = request
    const query = parameters === undefined ? '' : `?${parameters}`
    return this.connection(endpoint.origin).ask(
      {
        method: 'GET',
        template: path,
        path: `${endpoint.basePath}${path}${query}`,
        headers: { accept: 'application/json', ...(token === undefined ? {} : { 'x-auth-token': token }) },
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
      },
      read,
    )
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
