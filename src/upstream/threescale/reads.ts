import { isThreescaleId } from '../../domain/native-id.js'
import type { YearMonth } from '../../domain/period.js'
import type { Decoded, DecoderName } from '../decoding/decoders.js'
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

/** The kinds of plan. Each has a list of its own. */
export type PlanKind = 'application' | 'service' | 'account'

/** The server's maximum. */
const RECORDS_PER_PAGE = 500

/** One read: its path, its decoder, and what the decoded body must not be. */
export interface Read<N extends DecoderName> {
  readonly template: string
  /** Path and query, without the base path; the template unless given. */
  readonly path?: string
  readonly decoder: N
  /** True reads past the response cache. */
  readonly isUncached?: boolean
  /** What is wrong with a body that does not answer the request; null for nothing. */
  readonly findMismatch?: (body: Decoded<N>) => string | null
}

/** One page of invoices, of the tenant or of one buyer. */
export function invoicePageRead(query: InvoicePageQuestion): Read<'threescaleInvoicePage'> {
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

/** One invoice. */
export function invoiceRead(id: string): Read<'threescaleInvoice'> {
  return {
    template: '/api/invoices/{id}.xml',
    path: `/api/invoices/${pathId(id)}.xml`,
    decoder: 'threescaleInvoice',
    // The server reads leading digits only, and may return an invoice of another buyer.
    findMismatch: invoice => (invoice.id === id ? null : 'it is another invoice'),
  }
}

/** The attempts to charge an invoice. */
export function paymentsRead(invoiceId: string): Read<'threescalePayments'> {
  return {
    template: '/api/invoices/{id}/payment_transactions.xml',
    path: `/api/invoices/${pathId(invoiceId)}/payment_transactions.xml`,
    decoder: 'threescalePayments',
    findMismatch: payments =>
      payments.every(payment => payment.invoice_id === invoiceId) ? null : "it holds another invoice's payment",
  }
}

/** One buyer's account. */
export function accountRead(id: string): Read<'threescaleAccount'> {
  return {
    template: '/admin/api/accounts/{id}.xml',
    path: `/admin/api/accounts/${pathId(id)}.xml`,
    decoder: 'threescaleAccount',
    findMismatch: account => (account.id === id ? null : 'it is another account'),
  }
}

/** All applications of one buyer. */
export function applicationsRead(buyerId: string): Read<'threescaleApplicationPage'> {
  return {
    template: '/admin/api/accounts/{id}/applications.xml',
    path: `/admin/api/accounts/${pathId(buyerId)}/applications.xml`,
    decoder: 'threescaleApplicationPage',
    findMismatch: ({ items }) =>
      items.every(item => item.user_account_id === buyerId) ? null : "it holds another buyer's application",
  }
}

/** One application of any buyer. */
export function applicationRead(id: string): Read<'threescaleApplication'> {
  const template = '/admin/api/applications/find.xml'
  return {
    template,
    path: `${template}?application_id=${pathId(id)}`,
    decoder: 'threescaleApplication',
    findMismatch: (one: wire.Application) => (one.id === id ? null : 'it is another application'),
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

/** One page of a list of the tenant. */
export function pageOf(template: string, page: number): { readonly template: string; readonly path: string } {
  return { template, path: `${template}?page=${page}&per_page=${RECORDS_PER_PAGE}` }
}

/** The id, checked once more before it becomes part of a path: `../accounts/1` and `42_ID` name other resources on this server. */
export function pathId(id: string): string {
  if (!isThreescaleId(id)) throw new RangeError('not a 3scale id')
  return id
}
