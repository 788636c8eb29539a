import { isThreescaleId } from '../../domain/native-id.js'
import type { YearMonth } from '../../domain/period.js'
import { noteFreshUntil } from '../../request/request-context.js'
import type { CacheableRequest } from '../cache/cacheable.js'
import { type Fetched, PING_DEADLINE_MS } from '../cache/fetched.js'
import type { CacheEpoch, ResponseCache } from '../cache/response-cache.js'
import type { Decoded, DecoderName } from '../decoding/decoders.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import {
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  type UpstreamRequest,
  UpstreamStatusError,
} from '../http/errors.js'
import type { HttpRequest, HttpResponse } from '../http/exchange.js'
import { errorOfStatus } from '../http/status.js'
import type { UpstreamHealth, UpstreamHttp } from '../http/upstream-http.js'
import { decodeCreation, decodeErrorTexts } from './decode-writes.js'
import { THREESCALE_REFUSALS } from './refusals.js'
import { readInvoice, readInvoicePage } from './strict-invoices.js'
import type * as wire from './wire.js'

/** Selects one page of a list of invoices. Members left out do not filter. */
export interface InvoicePageQuestion {
  readonly page: number
  /** 1 to 500. The server may return another page size. */
  readonly perPage: number
  /**
   * By period, on servers that sort. Left out: by id; released servers list the newest first, later ones the oldest first.
   */
  readonly direction?: 'asc' | 'desc' | undefined
  /** One buyer's list instead of the tenant's. */
  readonly buyerId?: string | undefined
  readonly month?: YearMonth | undefined
  readonly state?: string | undefined
  readonly number?: string | undefined
  /** True reads past the response cache and leaves nothing in it. */
  readonly isUncached?: boolean
}

/** How one tenant of 3scale is reached. */
export interface ThreescaleClientOptions {
  readonly http: UpstreamHttp
  /** What comes before `/api`; '' on an admin portal. */
  readonly basePath: string
  /** Secret. */
  readonly accessToken: string
  readonly decoders: DecodePool
  readonly cache: ResponseCache
  /** Holds nothing: for exports, which would evict everything else. */
  readonly uncached: ResponseCache
}

/** Readers of the documents that are large or read often. What they return null for, the general decoder decides. */
const STRICT_READERS: { readonly [N in DecoderName]?: (body: Uint8Array) => Promise<Decoded<N> | null> } = {
  threescaleInvoicePage: readInvoicePage,
  threescaleInvoice: readInvoice,
}

/** The kinds of plan. Each has a list of its own. */
export type PlanKind = 'application' | 'service' | 'account'

/** The server's maximum. */
const RECORDS_PER_PAGE = 500
/** Of reads that a write depends on. */
const FRESH_PER_PAGE = 100

/** What a body is asked for as, and must be. */
interface ContentType {
  readonly name: string
  readonly accept: string
  readonly pattern: RegExp
}
const XML_TYPE: ContentType = { name: 'XML', accept: 'application/xml', pattern: /^(application|text)\/xml$/ }
const JSON_TYPE: ContentType = { name: 'JSON', accept: 'application/json', pattern: /^application\/json$/ }

/** One read: its path, its decoder, and what the decoded body must not be. */
interface Read<N extends DecoderName> {
  readonly template: string
  /** Path and query, without the base path; the template unless given. */
  readonly path?: string
  readonly decoder: N
  /** True reads past the response cache. */
  readonly isUncached?: boolean
  /** What is wrong with a body that does not answer the request; null for nothing. */
  readonly findMismatch?: (body: Decoded<N>) => string | null
}

/** 3scale's Billing and Account Management APIs for one tenant: one method per endpoint, reads only. */
export class ThreescaleClient {
  /** Changes with every write to an invoice. */
  readonly invoicesEpoch: CacheEpoch
  private readonly headers: Readonly<Record<string, string>>

  constructor(private readonly options: ThreescaleClientOptions) {
    this.headers = apiHeaders(options.accessToken)
    this.invoicesEpoch = options.cache.epochOf('threescale-invoices')
  }

  /** One page of invoices, with their lines, buyers and provider. */
  listInvoices(query: InvoicePageQuestion): Promise<Fetched<wire.InvoicePage>> {
    return this.read(invoicePageRead(query))
  }

  /** One invoice with its lines, buyer and provider. @param isVisible of any other the result is that of a missing invoice */
  getInvoice(id: string, isVisible: (invoice: wire.Invoice) => boolean): Promise<Fetched<wire.Invoice>> {
    return this.readVisible(invoiceRead(id), '/api/invoices/0.xml', isVisible)
  }

  /** One buyer's account. Requires a token with the scope account_management. */
  getAccount(id: string): Promise<Fetched<wire.Account>> {
    return this.read({
      template: '/admin/api/accounts/{id}.xml',
      path: `/admin/api/accounts/${pathId(id)}.xml`,
      decoder: 'threescaleAccount',
      findMismatch: account => (account.id === id ? null : 'it is another account'),
    })
  }

  /** All attempts to charge an invoice, oldest first. */
  listPayments(invoiceId: string): Promise<Fetched<readonly wire.PaymentTransaction[]>> {
    return this.read(paymentsRead(invoiceId))
  }

  /** One page of the tenant's buyers, by id. */
  listAccounts(page: number): Promise<Fetched<wire.Page<wire.Account>>> {
    return this.read({ ...pageOf('/admin/api/accounts.xml', page), decoder: 'threescaleAccountPage' })
  }

  /** All applications of one buyer. */
  listApplicationsOf(buyerId: string): Promise<Fetched<wire.Page<wire.Application>>> {
    return this.read({
      template: '/admin/api/accounts/{id}/applications.xml',
      path: `/admin/api/accounts/${pathId(buyerId)}/applications.xml`,
      decoder: 'threescaleApplicationPage',
      findMismatch: ({ items }) =>
        items.every(item => item.user_account_id === buyerId) ? null : "it holds another buyer's application",
    })
  }

  /** One page of all buyers' applications, by id. */
  listApplications(page: number): Promise<Fetched<wire.Page<wire.Application>>> {
    return this.read({ ...pageOf('/admin/api/applications.xml', page), decoder: 'threescaleApplicationPage' })
  }

  /** One application of any buyer. @param isVisible of any other the result is that of a missing application */
  findApplication(id: string, isVisible: (one: wire.Application) => boolean): Promise<Fetched<wire.Application>> {
    const template = '/admin/api/applications/find.xml'
    const read = {
      template,
      path: `${template}?application_id=${pathId(id)}`,
      decoder: 'threescaleApplication',
      findMismatch: (one: wire.Application) => (one.id === id ? null : 'it is another application'),
    } as const
    return this.readVisible(read, `${template}?application_id=0`, isVisible)
  }

  /** The metrics and methods of one page of services. */
  listMetrics(page: number): Promise<Fetched<wire.Page<wire.Metric>>> {
    return this.read({ ...pageOf('/admin/api/services.xml', page), decoder: 'threescaleServicePage' })
  }

  /** All plans of one kind. */
  listPlans(kind: PlanKind): Promise<Fetched<readonly wire.Plan[]>> {
    return this.read({ template: `/admin/api/${kind}_plans.xml`, decoder: 'threescalePlans' })
  }

  /** One invoice, past the cache: a write depends on it. */
  freshInvoice(id: string): Promise<wire.Invoice> {
    return this.readPastCache(invoiceRead(id))
  }

  /** All invoices of one buyer and month, or of every month, past the cache. */
  async freshInvoicesOf(buyerId: string, month: YearMonth | null): Promise<readonly wire.Invoice[]> {
    const invoices = new Map<string, wire.Invoice>()
    for (let page = 1, last = 1; page <= last; page++) {
      const read = invoicePageRead({ page, perPage: FRESH_PER_PAGE, buyerId, ...(month !== null && { month }) })
      const found = await this.readPastCache(read)
      for (const invoice of found.invoices) invoices.set(invoice.id, invoice)
      last = found.pagination.totalPages
    }
    return [...invoices.values()]
  }

  /** All attempts to charge an invoice, past the cache. */
  freshPayments(invoiceId: string): Promise<readonly wire.PaymentTransaction[]> {
    return this.readPastCache(paymentsRead(invoiceId))
  }

  /** When the server has created an invoice, in milliseconds since 1970, by its own clock. Past the cache. */
  async freshCreationOf(id: string): Promise<number> {
    const template = '/api/invoices/{id}.json'
    const request: UpstreamRequest = { upstream: 'threescale', operation: `GET ${template}` }
    const body = await this.fetch({ template, path: `/api/invoices/${pathId(id)}.json` }, JSON_TYPE)
    const creation = decodeCreation(body, request)
    if (creation.id !== id) throw new UpstreamFormatError('it is another invoice', request)
    return creation.at
  }

  /** Forgets what the caches of all replicas hold of invoices. */
  forgetInvoices(): Promise<void> {
    return this.options.cache.forget('threescale-invoices')
  }

  /** Requests a page of one invoice, past the cache, to check that the server responds. */
  async ping(): Promise<void> {
    const template = '/api/invoices.xml'
    const request = { template, path: `${template}?per_page=1`, deadlineMs: PING_DEADLINE_MS }
    await this.decode({ template, decoder: 'threescaleInvoicePage' }, await this.fetch(request))
  }

  /** The server's health as the last requests showed it. */
  health(): UpstreamHealth {
    return this.options.http.health()
  }

  /** From the cache, or from the server. */
  private read<N extends DecoderName>(read: Read<N>): Promise<Fetched<Decoded<N>>> {
    const { cache, uncached } = this.options
    return (read.isUncached ? uncached : cache).get(this.toRequest(read))
  }

  /**
   * A record that the caller may see. Any other gives the error of a missing one, after the same upstream call: neither the time
   * nor an outage shows that another caller's record is in the cache.
   *
   * @param absentPath requests a record that never exists
   * @throws UpstreamNotFoundError
   */
  private async readVisible<N extends DecoderName>(
    read: Read<N>,
    absentPath: string,
    isVisible: (record: Decoded<N>) => boolean,
  ): Promise<Fetched<Decoded<N>>> {
    const { cache } = this.options
    const { template } = read
    const request = this.toRequest(read)
    const absent = { ...request, key: `absent ${request.key}`, fetch: () => this.fetch({ template, path: absentPath }) }
    // Both, since each may take a call to the shared store.
    const [cached] = await Promise.all([cache.peek(request), cache.peek(absent)])
    const isHidden = cached !== undefined && !isVisible(cached)
    const found = await cache.get(isHidden ? absent : request)
    if (!isHidden && isVisible(found.value)) return found
    // As for a missing record.
    noteFreshUntil(0)
    throw new UpstreamNotFoundError({ upstream: 'threescale', operation: `GET ${template}` })
  }

  private toRequest<N extends DecoderName>(read: Read<N>): CacheableRequest<Decoded<N>> {
    const { template, path = template } = read
    return {
      kind: template.startsWith('/api/') ? 'threescale-invoices' : 'threescale-catalog',
      key: path,
      fetch: () => this.fetch({ template, path }),
      decode: body => this.decode(read, body),
    }
  }

  private async readPastCache<N extends DecoderName>(read: Read<N>): Promise<Decoded<N>> {
    const { template, path = template } = read
    return this.decode(read, await this.fetch({ template, path }))
  }

  /** @throws UpstreamFormatError also for a body that does not answer the request */
  private async decode<N extends DecoderName>(read: Read<N>, body: Uint8Array): Promise<Decoded<N>> {
    const request: UpstreamRequest = { upstream: 'threescale', operation: `GET ${read.template}` }
    const { decoders, http } = this.options
    try {
      const strict = await STRICT_READERS[read.decoder]?.(body)
      const decoded = (strict ?? (await decoders.decode(read.decoder, body, request))) as Decoded<N>
      const mismatch = read.findMismatch?.(decoded) ?? null
      if (mismatch !== null) throw new UpstreamFormatError(mismatch, request)
      return decoded
    } catch (error) {
      http.noteInvalid()
      throw error
    }
  }

  /** The body of a successful response. @throws the UpstreamError that any other response stands for */
  private async fetch(
    request: Pick<HttpRequest, 'template' | 'path' | 'deadlineMs'>,
    type: ContentType = XML_TYPE,
  ): Promise<Uint8Array> {
    const { http, basePath } = this.options
    const path = basePath + request.path
    const headers = { ...this.headers, accept: type.accept }
    const response = await http.send({ ...request, method: 'GET', path, headers })
    if (response.status !== 200) throw refusalOf(response)
    if (type.pattern.test(response.contentType)) return response.body
    http.noteInvalid()
    throw new UpstreamFormatError(`its content type is not ${type.name}`, response.request)
  }
}

function invoicePageRead(query: InvoicePageQuestion): Read<'threescaleInvoicePage'> {
  const { buyerId, page, isUncached = false } = query
  const list = buyerId === undefined ? '/api/invoices.xml' : `/api/accounts/${pathId(buyerId)}/invoices.xml`
  return {
    template: buyerId === undefined ? list : '/api/accounts/{id}/invoices.xml',
    path: `${list}?${toParameters(query)}`,
    decoder: 'threescaleInvoicePage',
    isUncached,
    findMismatch: ({ pagination, invoices }) => {
      if (pagination.currentPage !== page) return 'it is another page'
      if (buyerId === undefined || invoices.every(({ buyer }) => buyer.id === buyerId)) return null
      return "it holds another buyer's invoice"
    },
  }
}

function invoiceRead(id: string): Read<'threescaleInvoice'> {
  return {
    template: '/api/invoices/{id}.xml',
    path: `/api/invoices/${pathId(id)}.xml`,
    decoder: 'threescaleInvoice',
    // The server reads leading digits only, and may return an invoice of another buyer.
    findMismatch: invoice => (invoice.id === id ? null : 'it is another invoice'),
  }
}

function paymentsRead(invoiceId: string): Read<'threescalePayments'> {
  return {
    template: '/api/invoices/{id}/payment_transactions.xml',
    path: `/api/invoices/${pathId(invoiceId)}/payment_transactions.xml`,
    decoder: 'threescalePayments',
    findMismatch: payments =>
      payments.every(payment => payment.invoice_id === invoiceId) ? null : "it holds another invoice's payment",
  }
}

function toParameters({ page, perPage, direction, month, state, number }: InvoicePageQuestion): URLSearchParams {
  return new URLSearchParams({
    page: String(page),
    per_page: String(perPage),
    ...(direction === undefined ? {} : { sort: 'period', direction }),
    ...(month === undefined ? {} : { month }),
    ...(state === undefined ? {} : { state }),
    ...(number === undefined ? {} : { number }),
  })
}

function pageOf(template: string, page: number): { readonly template: string; readonly path: string } {
  return { template, path: `${template}?page=${page}&per_page=${RECORDS_PER_PAGE}` }
}

function refusalOf(response: HttpResponse): Error {
  const { status, body, request } = response
  const isEmpty = body.byteLength === 0
  // A missing record has an empty body. Any other body means an unknown path: the URL is not an admin portal's.
  if (status === 404 && !isEmpty) return new UpstreamStatusError(404, request)
  if (status !== 403) return errorOfStatus(response)
  const [text] = isEmpty ? [''] : decodeErrorTexts(body, request)
  const known = text !== undefined && Object.hasOwn(THREESCALE_REFUSALS, text) ? THREESCALE_REFUSALS[text] : undefined
  return new UpstreamDeniedError(known ?? 'refused the gateway', request)
}

/** The headers of every request. Basic authentication keeps the token out of URLs; the server takes it as user name or password. */
export function apiHeaders(accessToken: string): Readonly<Record<string, string>> {
  const credential = Buffer.from(`${accessToken}:`).toString('base64')
  return { accept: 'application/xml', authorization: `Basic ${credential}` }
}

/** The id, checked once more before it becomes part of a path: `../accounts/1` and `42_ID` name other resources on this server. */
export function pathId(id: string): string {
  if (!isThreescaleId(id)) throw new RangeError('not a 3scale id')
  return id
}
