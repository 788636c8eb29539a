import { isThreescaleId } from '../../domain/native-id.js'
import type { YearMonth } from '../../domain/period.js'
import { type Fetched, PING_DEADLINE_MS } from '../cache/fetched.js'
import type { ResponseCache } from '../cache/response-cache.js'
import { decoding } from '../decoding/worker-pool.js'
import { UpstreamDeniedError, UpstreamFormatError, type UpstreamRequest, UpstreamStatusError } from '../http/errors.js'
import { errorOfStatus } from '../http/status.js'
import type { HttpRequest, HttpResponse, UpstreamHealth, UpstreamHttp } from '../http/upstream-http.js'
import { decodeErrorText } from './decode.js'
import type * as wire from './wire.js'

/** Which page of which invoices. Members left out do not filter. */
export interface InvoicePageQuestion {
  readonly page: number
  /** 1 to 500; what the answer says may differ. */
  readonly perPage: number
  /**
   * By period, where the server sorts at all. Left out: by creation, and so by id; the newest first on released servers, the
   * oldest first on later ones.
   */
  readonly direction?: 'asc' | 'desc' | undefined
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
  readonly cache: ResponseCache
}

/** 3scale's refusals, told apart by the server's own words; what each asks of the operator is ours. */
const REFUSALS: Readonly<Record<string, string>> = {
  'Access denied': "refused the gateway's access token: it is wrong, has expired, or is of another tenant",
  'Your access token does not have the correct permissions':
    "refused the gateway's access token: it lacks the scope that this takes, or its owner the permission",
  'Finance module not enabled for the account': 'has its finance module switched off for this tenant',
  '': 'does not let the owner of the access token see its finances, or the tenant is suspended',
}

/** The kinds of plan, each with a list of its own. */
export type PlanKind = 'application' | 'service' | 'account'

/** As many as the server gives. */
const RECORDS_PER_PAGE = 500

/** Makes an answer of a body. */
type Decode<T> = (body: Uint8Array, asked: UpstreamRequest) => T | Promise<T>

/** 3scale's Billing and Account Management APIs for one tenant: one method an endpoint, reads only. */
export class ThreescaleClient {
  private readonly headers: Readonly<Record<string, string>>

  constructor(private readonly options: ThreescaleClientOptions) {
    // By Basic, so that the token is in no URL; the server takes it from either half.
    const credential = Buffer.from(`${options.accessToken}:`).toString('base64')
    this.headers = { accept: 'application/xml', authorization: `Basic ${credential}` }
  }

  /** One page of invoices, with their lines, buyers and provider. */
  async listInvoices(question: InvoicePageQuestion): Promise<Fetched<wire.InvoicePage>> {
    const { buyerId, page, perPage, direction, month, state, number } = question
    const parameters = new URLSearchParams({
      page: String(page),
      per_page: String(perPage),
      ...(direction === undefined ? {} : { sort: 'period', direction }),
      ...(month === undefined ? {} : { month }),
      ...(state === undefined ? {} : { state }),
      ...(number === undefined ? {} : { number }),
    })
    const [template, path] =
      buyerId === undefined
        ? ['/api/invoices.xml', '/api/invoices.xml']
        : ['/api/accounts/{id}/invoices.xml', `/api/accounts/${pathId(buyerId)}/invoices.xml`]
    return this.get(template, `${path}?${parameters}`, async (body, asked) => {
      const answer = await decoding('threescaleInvoicePage')(body, asked)
      if (answer.pagination.currentPage !== page) throw new UpstreamFormatError('it is another page', asked)
      if (buyerId !== undefined && answer.invoices.some(invoice => invoice.buyer.id !== buyerId)) {
        throw new UpstreamFormatError("it holds another buyer's invoice", asked)
      }
      return answer
    })
  }

  /** One invoice with its lines, buyer and provider. */
  async getInvoice(id: string): Promise<Fetched<wire.Invoice>> {
    return this.get('/api/invoices/{id}.xml', `/api/invoices/${pathId(id)}.xml`, async (body, asked) => {
      const answer = await decoding('threescaleInvoice')(body, asked)
      // The server reads leading digits only, and may answer with somebody else's invoice.
      if (answer.id !== id) throw new UpstreamFormatError('it is another invoice', asked)
      return answer
    })
  }

  /** One buyer's account. Takes a token with the scope account_management. */
  async getAccount(id: string): Promise<Fetched<wire.Account>> {
    return this.get('/admin/api/accounts/{id}.xml', `/admin/api/accounts/${pathId(id)}.xml`, async (body, asked) => {
      const answer = await decoding('threescaleAccount')(body, asked)
      if (answer.id !== id) throw new UpstreamFormatError('it is another account', asked)
      return answer
    })
  }

  /** All attempts to charge an invoice, oldest first. */
  listPayments(invoiceId: string): Promise<Fetched<readonly wire.PaymentTransaction[]>> {
    const path = `/api/invoices/${pathId(invoiceId)}/payment_transactions.xml`
    return this.get('/api/invoices/{id}/payment_transactions.xml', path, async (body, asked) => {
      const answer = await decoding('threescalePayments')(body, asked)
      if (answer.every(payment => payment.invoice_id === invoiceId)) return answer
      throw new UpstreamFormatError("it holds another invoice's payment", asked)
    })
  }

  /** One page of the tenant's buyers, by id. */
  listAccounts(page: number): Promise<Fetched<wire.Page<wire.Account>>> {
    return this.getPage('/admin/api/accounts.xml', page, decoding('threescaleAccountPage'))
  }

  /** All applications of one buyer. */
  listApplicationsOf(buyerId: string): Promise<Fetched<wire.Page<wire.Application>>> {
    const path = `/admin/api/accounts/${pathId(buyerId)}/applications.xml`
    return this.get('/admin/api/accounts/{id}/applications.xml', path, async (body, asked) => {
      const answer = await decoding('threescaleApplicationPage')(body, asked)
      if (answer.items.every(application => application.user_account_id === buyerId)) return answer
      throw new UpstreamFormatError("it holds another buyer's application", asked)
    })
  }

  /** One page of all buyers' applications, by id. */
  listApplications(page: number): Promise<Fetched<wire.Page<wire.Application>>> {
    return this.getPage('/admin/api/applications.xml', page, decoding('threescaleApplicationPage'))
  }

  /** An application of whichever buyer. */
  findApplication(id: string): Promise<Fetched<wire.Application>> {
    const path = '/admin/api/applications/find.xml'
    return this.get(path, `${path}?application_id=${pathId(id)}`, async (body, asked) => {
      const answer = await decoding('threescaleApplication')(body, asked)
      if (answer.id !== id) throw new UpstreamFormatError('it is another application', asked)
      return answer
    })
  }

  /** The metrics and methods of one page of services. */
  listMetrics(page: number): Promise<Fetched<wire.Page<wire.Metric>>> {
    return this.getPage('/admin/api/services.xml', page, decoding('threescaleServicePage'))
  }

  /** All plans of one kind. */
  listPlans(kind: PlanKind): Promise<Fetched<readonly wire.Plan[]>> {
    const path = `/admin/api/${kind}_plans.xml`
    return this.get(path, path, decoding('threescalePlans'))
  }

  /** Asks for next to nothing, to see whether anybody answers. */
  async ping(): Promise<void> {
    const path = '/api/invoices.xml'
    const asked: UpstreamRequest = { upstream: 'threescale', operation: `GET ${path}` }
    const question = { template: path, path: `${path}?per_page=1`, deadlineMs: PING_DEADLINE_MS }
    await decoding('threescaleInvoicePage')(await this.fetch(question), asked)
  }

  /** What is known of the server's health without asking it. */
  health(): UpstreamHealth {
    return this.options.http.health()
  }

  private getPage<T>(path: string, page: number, decode: Decode<wire.Page<T>>): Promise<Fetched<wire.Page<T>>> {
    return this.get(path, `${path}?page=${page}&per_page=${RECORDS_PER_PAGE}`, decode)
  }

  private get<T>(template: string, path: string, decode: Decode<T>): Promise<Fetched<T>> {
    const asked: UpstreamRequest = { upstream: 'threescale', operation: `GET ${template}` }
    return this.options.cache.get({
      kind: template.startsWith('/api/') ? 'threescale-invoices' : 'threescale-catalog',
      key: path,
      fetch: () => this.fetch({ template, path }),
      decode: body => decode(body, asked),
    })
  }

  /** The body of a good response. */
  private async fetch({
    path,
    ...question
  }: Pick<HttpRequest, 'template' | 'path' | 'deadlineMs'>): Promise<Uint8Array> {
    const { http, basePath } = this.options
    const request = { method: 'GET', path: basePath + path, headers: this.headers, ...question } as const
    return bodyOf(await http.send(request))
  }
}

/** @throws the error that the response stands for */
function bodyOf(response: HttpResponse): Uint8Array {
  if (response.status !== 200) throw refusal(response)
  if (!/^(application|text)\/xml$/.test(response.contentType)) {
    throw new UpstreamFormatError('it is not XML by its type', response.request)
  }
  return response.body
}

function refusal(response: HttpResponse): Error {
  const { status, body, request } = response
  const isEmpty = body.byteLength === 0
  // A missing record comes with an empty body; with a body the path is unknown: this is no admin portal.
  if (status === 404 && !isEmpty) return new UpstreamStatusError(404, request)
  if (status !== 403) return errorOfStatus(response)
  const words = isEmpty ? '' : decodeErrorText(body, request)
  const known = words !== null && Object.hasOwn(REFUSALS, words) ? REFUSALS[words] : undefined
  return new UpstreamDeniedError(known ?? 'refused the gateway', request)
}

/** The last guard before a path: `../accounts/1` and `42_ID` name other resources on this server. */
function pathId(id: string): string {
  if (!isThreescaleId(id)) throw new RangeError('not a 3scale id')
  return id
}
