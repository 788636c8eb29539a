import { observeCall } from '../../request/observation.js'
import { callOutcomeOf } from '../http/call-outcome.js'
import { UpstreamError, UpstreamFormatError, type UpstreamRequest, UpstreamUnreachableError } from '../http/errors.js'
import type { HttpResponse } from '../http/exchange.js'
import {
  NotDepartedError,
  WriteConnection,
  type WriteOrigin,
  type WriteRequest,
  type WriteTimes,
} from '../http/write-exchange.js'
import { apiHeaders, type ThreescaleClient } from './client.js'
import { decodeInvoice } from './decode.js'
import { decodeErrorTexts, decodeLineItem } from './decode-writes.js'
import { pathId } from './reads.js'
import { THREESCALE_REFUSALS } from './refusals.js'
import type * as wire from './wire.js'

/** One write of 3scale's Billing API. */
export type ThreescaleWrite =
  | { readonly call: 'createInvoice'; readonly buyerId: string; readonly month: string }
  | { readonly call: 'updateInvoice'; readonly invoiceId: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly call: 'setState'; readonly invoiceId: string; readonly state: string }
  | { readonly call: 'charge'; readonly invoiceId: string }
  | { readonly call: 'addLineItem'; readonly invoiceId: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly call: 'removeLineItem'; readonly invoiceId: string; readonly lineItemId: string }

/**
 * What the response to a write says: it is done, with the record that came back; it was refused, with the server's sentences; or
 * nothing for certain.
 */
export type WriteResponse =
  | { readonly outcome: 'done'; readonly invoice: wire.Invoice | null; readonly lineItem: wire.LineItem | null }
  | { readonly outcome: 'refused'; readonly status: number; readonly texts: readonly string[] }
  | { readonly outcome: 'unclear'; readonly reason: string }

/** How writes reach one tenant. */
export interface ThreescaleWritesOptions extends WriteOrigin {
  readonly client: ThreescaleClient
  /** What comes before `/api`; '' on an admin portal. */
  readonly basePath: string
  /** Secret. */
  readonly accessToken: string
  readonly deadlineMs: number
}

/** Time to connect, before the journal is written. */
const CONNECT_MS = 5_000

/** Statuses by which the server says that it has changed nothing, each with the content type of its own pages. */
const REFUSALS: ReadonlyMap<number, string> = new Map([
  [400, 'text/plain'],
  [403, 'application/xml'],
  [404, 'application/xml'],
  [422, 'application/xml'],
])

/** Sends writes to one 3scale tenant, each once, and reads past the cache what they depend on. */
export class ThreescaleWrites {
  /** Reads that never come from the cache. */
  readonly fresh: Pick<ThreescaleClient, 'freshInvoice' | 'freshInvoicesOf' | 'freshPayments' | 'freshCreationOf'>

  constructor(private readonly options: ThreescaleWritesOptions) {
    this.fresh = options.client
  }

  /** A connection on which one write can leave at once. @throws UpstreamTimeoutError, UpstreamUnreachableError */
  connect(): Promise<WriteConnection> {
    const request = { upstream: 'threescale', operation: 'connect' } as const
    return WriteConnection.open(this.options, Math.min(CONNECT_MS, this.options.deadlineMs), request)
  }

  /**
   * Sends one write.
   *
   * @param departBy by `performance.now()`: later than this it is not sent
   * @throws NotDepartedError when nothing was sent
   */
  async send(connection: WriteConnection, write: ThreescaleWrite, departBy: number): Promise<WriteResponse> {
    const { deadlineMs } = this.options
    const times: WriteTimes = { departBy, deadlineMs }
    const httpRequest = this.requestFor(write)
    try {
      const response = await observeCall(httpRequest.request, async observed => {
        const sent = await connection.send(httpRequest, times).catch((error: Error) => error)
        const isSent = !(sent instanceof NotDepartedError)
        observed.attempts = isSent ? 1 : 0
        observed.status = sent instanceof Error ? null : sent.status
        observed.outcome = isSent ? callOutcomeOf(sent) : 'not_sent'
        if (sent instanceof Error) throw sent
        return sent
      })
      return responseTo(write, response)
    } catch (error) {
      if (error instanceof NotDepartedError) throw error
      // It was reached: the connection was opened before.
      const isTold = error instanceof UpstreamError && !(error instanceof UpstreamUnreachableError)
      return { outcome: 'unclear', reason: isTold ? error.message : 'the connection broke before 3scale had answered' }
    }
  }

  /** Forgets what the caches of all replicas hold of invoices: they have changed. Resolves once no replica shows anything older. */
  forgetInvoices(): Promise<void> {
    return this.options.client.forgetInvoices()
  }

  private requestFor(write: ThreescaleWrite): WriteRequest {
    const { basePath, accessToken } = this.options
    const { method, template, path, form } = callOf(write)
    const request: UpstreamRequest = { upstream: 'threescale', operation: `${method} ${template}` }
    // A form in the body: other forms lose some of the parameters, and a query would come back in a header.
    const body = form ? new URLSearchParams(form).toString() : ''
    const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    return {
      method,
      path: basePath + path,
      headers: { ...apiHeaders(accessToken), ...type },
      body,
      request,
    }
  }
}

interface ApiCall {
  readonly method: WriteRequest['method']
  readonly template: string
  readonly path: string
  readonly form?: Readonly<Record<string, string>>
}

function callOf(write: ThreescaleWrite): ApiCall {
  if (write.call === 'createInvoice') {
    const path = '/api/invoices.xml'
    return { method: 'POST', template: path, path, form: { account_id: write.buyerId, period: write.month } }
  }
  const [base, named] = [`/api/invoices/${pathId(write.invoiceId)}`, '/api/invoices/{id}']
  switch (write.call) {
    case 'updateInvoice':
      return { method: 'PUT', template: `${named}.xml`, path: `${base}.xml`, form: write.fields }
    case 'setState':
      return {
        method: 'PUT',
        template: `${named}/state.xml`,
        path: `${base}/state.xml`,
        form: { state: write.state },
      }
    case 'charge':
      return { method: 'POST', template: `${named}/charge.xml`, path: `${base}/charge.xml` }
    case 'addLineItem':
      return {
        method: 'POST',
        template: `${named}/line_items.xml`,
        path: `${base}/line_items.xml`,
        form: write.fields,
      }
    case 'removeLineItem': {
      const template = `${named}/line_items/{id}.xml`
      return { method: 'DELETE', template, path: `${base}/line_items/${pathId(write.lineItemId)}.xml` }
    }
  }
}

function responseTo(write: ThreescaleWrite, response: HttpResponse): WriteResponse {
  const { status, contentType, body, request } = response
  if (status === 200 || status === 201) return doneBy(write, response)
  const texts = decodeErrorTexts(body, request)
  if (REFUSALS.get(status) === contentType && isOwnPage(status, body, texts)) {
    return { outcome: 'refused', status, texts }
  }
  return { outcome: 'unclear', reason: `3scale answered with status ${status}` }
}

/** The sentence of a refused removal, the only 403 that is not about the gateway itself. */
const NOT_EDITABLE = 'Invalid invoice state'

/** True for a page of the server itself: 404 is empty, 403 is empty or known, and any other one has a sentence. A proxy's is none of these. */
function isOwnPage(status: number, body: Uint8Array, texts: readonly string[]): boolean {
  if (body.byteLength === 0) return status === 403 || status === 404
  const sentences = texts.filter(text => text !== '')
  if (status === 403) return sentences.some(text => text === NOT_EDITABLE || Object.hasOwn(THREESCALE_REFUSALS, text))
  return status !== 404 && sentences.length > 0
}

function doneBy(write: ThreescaleWrite, { body, request }: HttpResponse): WriteResponse {
  try {
    if (write.call === 'removeLineItem') return { outcome: 'done', invoice: null, lineItem: null }
    if (write.call === 'addLineItem') return { outcome: 'done', invoice: null, lineItem: decodeLineItem(body, request) }
    return { outcome: 'done', invoice: decodeInvoice(body, request), lineItem: null }
  } catch (error) {
    if (error instanceof UpstreamFormatError) return { outcome: 'unclear', reason: error.message }
    throw error
  }
}
