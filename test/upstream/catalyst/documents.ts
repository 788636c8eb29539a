import type { Invoice } from '../../../src/domain/invoice.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import type { Quotation } from '../../../src/domain/quotation.js'
import { decodeInvoices, decodeQuotations } from '../../../src/upstream/catalyst/decode.js'
import { toInvoice, toLineItems, toQuotationTotal } from '../../../src/upstream/catalyst/mapping.js'
import type { UpstreamRequest } from '../../../src/upstream/http/errors.js'
import { TERMS, TODAY } from './open-client.js'

/** Who is asked, in errors. */
export const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }

export const REGIONS = ['nz-por-1', 'nz-hlz-1']

/** The invoices in a body of `/v2/invoices`, in the order sent. */
export function readInvoices(body: string): readonly Invoice[] {
  const answer = decodeInvoices(Buffer.from(body), ASKED)
  const origin = {
    projectId: answer.project_id,
    projectName: answer.project_name,
    asOf: TODAY.toISOString(),
    stale: false,
  }
  return answer.invoices.map(([date, document]) => toInvoice(date, document, origin, { ...TERMS, regions: REGIONS }))
}

/** Total and lines of the one quotation in a body of `/v2/quotations`. */
export function readQuoted(body: string): Pick<Quotation, 'total'> & { readonly lineItems: readonly LineItem[] } {
  const [entry] = decodeQuotations(Buffer.from(body), ASKED).quotations
  if (!entry) throw new Error('no quotation')
  const terms = { ...TERMS, regions: REGIONS }
  const lineItems = toLineItems(entry[1].details ?? [], { documentId: 'quotation', invoiceId: null }, terms)
  return { total: toQuotationTotal(entry[1], entry[1].details ? lineItems : null, terms), lineItems }
}

/** A body of `/v2/invoices` for project p1. `invoices` is JSON text, so that numbers can be spelt at will. */
export function invoicesBody(invoices: string, more = '"project_id": "p1", "project_name": "one"'): string {
  return `{"start": "2026-10-01 00:00:00", "end": "2026-11-01 00:00:00", ${more}, "invoices": ${invoices}}`
}
