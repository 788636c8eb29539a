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
import {
  accountRead,
  applicationRead,
  applicationsRead,
  type InvoicePageQuestion,
  invoicePageRead,
  invoiceRead,
  type PlanKind,
  pageOf,
  pathId,
  paymentsRead,
  type Read,
} from './reads.js'
import { THREESCALE_REFUSALS } from './refusals.js'
import { readInvoice, readInvoicePage } from './strict-invoices.js'
import type * as wire from './wire.js'

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
    return this.read(accountRead(id))
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
    return this.read(applicationsRead(buyerId))
  }

  /** One page of all buyers' applications, by id. */
  listApplications(page: number): Promise<Fetched<wire.Page<wire.Application>>> {
    return this.read({ ...pageOf('/admin/api/applications.xml', page), decoder: 'threescaleApplicationPage' })
  }

  /** One application of any buyer. @param isVisible of any other the result is that of a missing application */
  findApplication(id: string, isVisible: (one: wire.Application) => boolean): Promise<Fetched<wire.Application>> {
    const read = applicationRead(id)
    return this.readVisible(read, `${read.template}?application_id=0`, isVisible)
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
    return http.reading(async () => {
      const strict = await STRICT_READERS[read.decoder]?.(body)
      const decoded = (strict ?? (await decoders.decode(read.decoder, body, request))) as Decoded<N>
      const mismatch = read.findMismatch?.(decoded) ?? null
      if (mismatch !== null) throw new UpstreamFormatError(mismatch, request)
      return decoded
    })
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
    return http.reading(() => {
      if (type.pattern.test(response.contentType)) return response.body
      throw new UpstreamFormatError(`its content type is not ${type.name}`, response.request)
    })
  }
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
