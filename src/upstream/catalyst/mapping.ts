import type { Invoice, InvoiceState } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import type { Buyer, Provider } from '../../domain/party.js'
import { type LocalDate, monthOf, toPeriod } from '../../domain/period.js'
import type { Provenance } from '../cache/fetched.js'
import { toLineItems } from './line-items.js'
import type { MappingSettings } from './totals.js'
import { noticesOfTotal, toInvoiceTotal } from './totals.js'
import type * as wire from './wire.js'

/** The project that a document bills, and when it was fetched. */
export interface DocumentOrigin extends Provenance {
  readonly projectId: string
  readonly projectName: string
}

/** The company that issues all of Catalyst's invoices. Responses never name it. */
export const CATALYST_CLOUD: Provider = {
  kind: 'Provider',
  source: 'CATALYST',
  nativeId: 'catalyst-cloud',
  name: 'Catalyst Cloud',
  address: null,
}

/** The ERP's payment states, and those of the generation before. */
const STATES: ReadonlyMap<string, InvoiceState> = new Map([
  ['paid', 'PAID'],
  ['not_paid', 'UNPAID'],
  ['partial', 'UNPAID'],
  ['in_payment', 'PENDING'],
  ['reversed', 'CANCELLED'],
  ['open', 'OPEN'],
  ['draft', 'OPEN'],
  ['cancel', 'CANCELLED'],
])

/** A project as buyer. */
export function toBuyer(projectId: string, projectName: string): Buyer {
  const name = projectName === '' ? null : projectName
  return { kind: 'Buyer', source: 'CATALYST', nativeId: projectId, name, deleted: false, address: null }
}

/** Invoices in the order sent. Other requests get their turn between large parts of them. */
export async function toInvoices(
  documents: wire.Invoices['invoices'],
  origin: DocumentOrigin,
  settings: MappingSettings,
): Promise<readonly Invoice[]> {
  const invoices: Invoice[] = []
  for (const [date, document] of documents) {
    const { details } = document
    const nativeId = nativeIdOf(date, origin)
    const lineItems = details
      ? await toLineItems(details, { documentId: nativeId, invoiceId: nativeId }, settings)
      : null
    invoices.push(toInvoice(date, document, lineItems, origin, settings))
  }
  return invoices
}

/** The invoice of one date, which is the only name it has. */
export function toInvoice(
  date: LocalDate,
  document: wire.Document,
  lineItems: readonly LineItem[] | null,
  origin: DocumentOrigin,
  settings: MappingSettings,
): Invoice {
  const total = toInvoiceTotal(document, settings)
  return {
    kind: 'Invoice',
    source: 'CATALYST',
    nativeId: nativeIdOf(date, origin),
    number: null,
    state: STATES.get(document.status ?? '') ?? 'UNKNOWN',
    rawState: document.status ?? null,
    creationType: null,
    period: toPeriod(monthOf(date)),
    issuedOn: date,
    dueOn: null,
    paidAt: null,
    provider: CATALYST_CLOUD,
    buyer: toBuyer(origin.projectId, origin.projectName),
    total,
    lineItems,
    hasPayments: false,
    notices: noticesOfTotal(document, total, lineItems),
    asOf: origin.asOf,
    stale: origin.stale,
  }
}

function nativeIdOf(date: LocalDate, { projectId }: DocumentOrigin): string {
  return `${projectId}/${date}`
}
