import type { Invoice } from '../../../src/domain/invoice.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import type { Quotation } from '../../../src/domain/quotation.js'
import { decodeInvoices, decodeQuotations } from '../../../src/upstream/catalyst/decode.js'
import { eachLine, type LineDocument, toLineItem } from '../../../src/upstream/catalyst/line-items.js'
import { toInvoice } from '../../../src/upstream/catalyst/mapping.js'
import { toQuotationTotal } from '../../../src/upstream/catalyst/totals.js'
import type * as wire from '../../../src/upstream/catalyst/wire.js'
import type { UpstreamRequest } from '../../../src/upstream/http/errors.js'
import { TERMS, TODAY } from './open-client.js'

/** The request that errors name. */
export const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }

export const REGIONS = ['nz-por-1', 'nz-hlz-1']

/** What configuration and Keystone say. */
export const SETTINGS = { ...TERMS, regions: REGIONS }

/** The invoices in a body of `/v2/invoices`, in the order sent. */
export function readInvoices(body: string): readonly Invoice[] {
  return mapInvoices(decodeInvoices(Buffer.from(body), ASKED))
}

/** Invoices in the order sent. */
export function mapInvoices(sent: wire.Invoices, settings = SETTINGS, asOf = TODAY.toISOString()): readonly Invoice[] {
  const origin = { projectId: sent.project_id, projectName: sent.project_name, asOf, stale: false }
  return sent.invoices.map(([date, document]) => {
    const id = `${sent.project_id}/${date}`
    const lineItems = document.details && mapLines(document.details, { documentId: id, invoiceId: id }, settings)
    return toInvoice(date, document, lineItems ?? null, origin, settings)
  })
}

function mapLines(
  details: wire.Entries<wire.Category>,
  document: LineDocument,
  settings = SETTINGS,
): readonly LineItem[] {
  return [...eachLine(details, settings)].map((sent, position) => toLineItem(sent, position, document, settings))
}

/** Total and lines of the one quotation in a body of `/v2/quotations`. */
export function readQuoted(body: string): Pick<Quotation, 'total'> & { readonly lineItems: readonly LineItem[] } {
  const [entry] = decodeQuotations(Buffer.from(body), ASKED).quotations
  if (!entry) throw new Error('no quotation')
  const lineItems = mapLines(entry[1].details ?? [], { documentId: 'quotation', invoiceId: null })
  return { total: toQuotationTotal(entry[1], entry[1].details ? lineItems : null, SETTINGS), lineItems }
}

/** A body of `/v2/invoices` for project p1. `invoices` is JSON text, so that numbers can be written in any way. */
export function invoicesBody(invoices: string, more = '"project_id": "p1", "project_name": "one"'): string {
  return `{"start": "2026-10-01 00:00:00", "end": "2026-11-01 00:00:00", ${more}, "invoices": ${invoices}}`
}
