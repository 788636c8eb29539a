import { isThreescaleId } from '../../domain/native-id.js'
import type { YearMonth } from '../../domain/period.js'
import { type Answered, PING_DEADLINE_MS } from '../answered.js'
import type { Clock } from '../clock.js'
import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest, UpstreamStatusError } from '../errors.js'
import type { HttpAnswer, UpstreamHealth, UpstreamHttp } from '../http.js'
import { errorOfStatus } from '../status.js'
import { decodeAccount, decodeErrorText, decodeInvoice, decodeInvoicePage } from './decode.js'
import type * as wire from './wire.js'

/** Which page of which invoices. Members left out do not filter. */
export interface InvoicePageQuestion {
  readonly page: number
  /** 1 to 500; what the answer says may differ. */
  readonly perPage: number
  readonly direction: 'asc' | 'desc'
  /** One buyer's list instead of the tenant's. */
  readonly buyerId?: string | undefined
  readonly month?: YearMonth | undefined
  readonly state?: string | undefined
  readonly number?: string | undefined
}

/** What the client is made of. */
export interface ThreescaleClientOptions {
  readonly http: UpstreamHttp
  /** What comes before `/api`; '' on an admin portal. */
  readonly basePath: string
  /** Secret. */
  readonly accessToken: string
  readonly clock: Clock
}

/** 3scale's refusals, told apart by the server's own words; what each asks of the operator is ours. */
const REFUSALS: Readonly<Record<string, string>> = {
  'Access denied': "refused the gateway's access token: it is wrong, has expired, or is of another tenant",
  'Your access token does not have the correct permissions':
    "refused the gateway's access token: it lacks the scope that this takes, or its owner the permission",
  'Finance module not enabled for the account': 'has its finance module switched off for this tenant',
  '': 'does not let the owner of the access token see its finances, or the tenant is suspended',
}

/** Makes an answer of a body. */
type Decode<T> = (body: Uint8Array, asked: UpstreamRequest) => T

/** 3scale's Billing and Account Management APIs for one tenant: one method an endpoint, reads only. */
export class ThreescaleClient {
  private readonly headers: Readonly<Record<string, string>>

  constructor(private readonly options: ThreescaleClientOptions) {
    // By Basic, so that the token is in no URL; the server takes it from either half.
    const credential = Buffer.from(`${options.accessToken}:`).toString('base64')
    this.headers = { accept: 'application/xml', authorization: `Basic ${credential}` }
  }

  /** One page of invoices, with their lines, buyers and provider, ordered by period. */
  async listInvoices(question: InvoicePageQuestion): Promise<Answered<wire.InvoicePage>> {
    const { buyerId, page, perPage, direction, month, state, number } = question
    const parameters = new URLSearchParams({
      page: String(page),
      per_page: String(perPage),
      sort: 'period',
      direction,
      ...(month === undefined ? {} : { month }),
      ...(state === undefined ? {} : { state }),
      ...(number === undefined ? {} : { number }),
    })
    const [template, path] =
      buyerId === undefined
        ? ['/api/invoices.xml', '/api/invoices.xml']
        : ['/api/accounts/{id}/invoices.xml', `/api/accounts/${pathId(buyerId)}/invoices.xml`]
    return this.get(template, `${path}?${parameters}`, (body, asked) => {
      const answer = decodeInvoicePage(body, asked)
      if (answer.pagination.currentPage !== page) throw new UpstreamFormatError('it is another page', asked)
      if (buyerId !== undefined && answer.invoices.some(invoice => invoice.buyer.id !== buyerId)) {
        throw new UpstreamFormatError("it holds another buyer's invoice", asked)
      }
      return answer
    })
  }

  /** One invoice with its lines, buyer and provider. */
  async getInvoice(id: string): Promise<Answered<wire.Invoice>> {
    return this.get('/api/invoices/{id}.xml', `/api/invoices/${pathId(id)}.xml`, (body, asked) => {
      const answer = decodeInvoice(body, asked)
      // The server reads leading digits only, and may answer with somebody else's invoice.
      if (answer.id !== id) throw new UpstreamFormatError('it is another invoice', asked)
      return answer
    })
  }

  /** One buyer's account. Takes a token with the scope account_management. */
  async getAccount(id: string): Promise<Answered<wire.Account>> {
    return this.get('/admin/api/accounts/{id}.xml', `/admin/api/accounts/${pathId(id)}.xml`, (body, asked) => {
      const answer = decodeAccount(body, asked)
      if (answer.id !== id) throw new UpstreamFormatError('it is another account', asked)
      return answer
    })
  }

  /** Asks for next to nothing, to see whether anybody answers. */
  async ping(): Promise<void> {
    const path = '/api/invoices.xml'
    await this.get(path, `${path}?per_page=1`, decodeInvoicePage, PING_DEADLINE_MS)
  }

  /** What is known of the server's health without asking it. */
  health(): UpstreamHealth {
    return this.options.http.health()
  }

  private async get<T>(template: string, path: string, decode: Decode<T>, deadlineMs?: number): Promise<Answered<T>> {
    const { http, basePath, clock } = this.options
    const request = {
      method: 'GET',
      template,
      path: basePath + path,
      headers: this.headers,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    } as const
    const answer = await http.ask(request, (sent, asked) => decode(bodyOf(sent, asked), asked))
    return { answer, asOf: clock().toISOString() }
  }
}

function bodyOf(answer: HttpAnswer, asked: UpstreamRequest): Uint8Array {
  if (answer.status !== 200) throw refusal(answer, asked)
  if (!/^(application|text)\/xml$/.test(answer.contentType)) {
    throw new UpstreamFormatError('it is not XML by its type', asked)
  }
  return answer.body
}

function refusal(answer: HttpAnswer, asked: UpstreamRequest): Error {
  const isEmpty = answer.body.byteLength === 0
  // Of a record that is not there nothing is said; with a body the path is unknown: this is no admin portal.
  if (answer.status === 404 && !isEmpty) return new UpstreamStatusError(404, asked)
  if (answer.status !== 403) return errorOfStatus(answer, asked)
  const words = isEmpty ? '' : decodeErrorText(answer.body, asked)
  const known = words !== null && Object.hasOwn(REFUSALS, words) ? REFUSALS[words] : undefined
  return new UpstreamDeniedError(known ?? 'refused the gateway', asked)
}

/** The last guard before a path: `../accounts/1` and `42_ID` name other resources on this server. */
function pathId(id: string): string {
  if (!isThreescaleId(id)) throw new RangeError('not a 3scale id')
  return id
}
