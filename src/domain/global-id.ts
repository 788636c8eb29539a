import type { Contract } from './contract.js'
import { type Customer, isCustomerKey, isCustomerPrefix } from './customer.js'
import type { Invoice } from './invoice.js'
import type { LineItem } from './line-item.js'
import type { Metric } from './metric.js'
import { isProjectId, isRegion, isThreescaleId } from './native-id.js'
import type { Buyer, Provider } from './party.js'
import type { Payment } from './payment.js'
import { isBillDate } from './period.js'
import type { BillingSource } from './source.js'

/** A parsed global id: the kind of record and its key. */
export type GlobalId =
  | { readonly type: 'Invoice'; readonly source: BillingSource; readonly nativeId: string }
  | { readonly type: 'Buyer'; readonly source: BillingSource; readonly nativeId: string }
  | { readonly type: 'Provider'; readonly source: BillingSource; readonly nativeId: string }
  | { readonly type: 'Payment'; readonly invoiceId: string; readonly nativeId: string }
  | { readonly type: 'Contract'; readonly nativeId: string }
  | { readonly type: 'Metric'; readonly nativeId: string }
  | { readonly type: 'Customer'; readonly prefix: string }
  | { readonly type: 'Customer'; readonly key: string }
  | LineItemId

/** A line item's key: on an invoice by 3scale's id or by position, on a quotation by position. */
export type LineItemId = { readonly type: 'LineItem'; readonly source: BillingSource; readonly documentId: string } & (
  | { readonly on: 'invoice'; readonly line: { readonly position: number } | { readonly nativeId: string } }
  | { readonly on: 'quotation'; readonly projectId: string; readonly region: string; readonly position: number }
)

/** The parts of a record that its global id is made of. */
export type Identified =
  | Pick<Invoice | Buyer | Provider, 'kind' | 'source' | 'nativeId'>
  | Pick<LineItem, 'kind' | 'source' | 'documentId' | 'nativeId' | 'position'>
  | Pick<Payment, 'kind' | 'invoiceId' | 'nativeId'>
  | Pick<Contract | Metric, 'kind' | 'nativeId'>
  | Customer

/** A prefix of 255 characters, each percent-encoded as up to nine. */
const MAX_LENGTH = 2_400

/** The global id of a record, `source:kind:nativeId`: `threescale:invoice:1201`, `catalyst:invoice:<project>:2026-10-31`. */
export function formatGlobalId(record: Identified): string {
  switch (record.kind) {
    case 'Customer':
      // Only the prefix of a customer whose claims are all hidden is empty. Its key reveals none of them.
      if (record.prefix === '') return `registry:customer:${record.registered?.key ?? ''}`
      // A lone surrogate cannot be encoded. No resource name contains one.
      return `catalyst:customer:${encodeURIComponent(record.prefix.toWellFormed())}`
    case 'Payment':
      return `threescale:payment:${record.invoiceId}:${record.nativeId}`
    case 'Contract':
    case 'Metric':
      return `threescale:${record.kind.toLowerCase()}:${record.nativeId}`
    case 'LineItem':
      return joinId(record.source, 'line-item', `${record.documentId}/${record.nativeId ?? record.position}`)
    default:
      return joinId(record.source, record.kind.toLowerCase(), record.nativeId)
  }
}

function joinId(source: BillingSource, kind: string, path: string): string {
  return `${source.toLowerCase()}:${kind}:${path.replaceAll('/', ':')}`
}

/** Parses a global id; null for any text that `formatGlobalId` cannot return. */
export function parseGlobalId(text: string): GlobalId | null {
  if (text.length > MAX_LENGTH) return null
  const [source, kind, ...rest] = text.split(':')
  if (source === 'registry') return parseKey(kind, rest)
  if (source === 'threescale') return parseThreescaleId(kind, rest)
  return source === 'catalyst' ? parseCatalystId(kind, rest) : null
}

function parseThreescaleId(kind: string | undefined, rest: readonly string[]): GlobalId | null {
  const source = 'THREESCALE'
  const [nativeId = '', partId = ''] = rest
  if (!rest.every(isThreescaleId)) return null
  if (kind === 'line-item' && rest.length === 2) {
    return { type: 'LineItem', source, documentId: nativeId, on: 'invoice', line: { nativeId: partId } }
  }
  if (kind === 'payment' && rest.length === 2) return { type: 'Payment', invoiceId: nativeId, nativeId: partId }
  if (rest.length !== 1) return null
  if (kind === 'contract') return { type: 'Contract', nativeId }
  if (kind === 'metric') return { type: 'Metric', nativeId }
  if (kind === 'invoice') return { type: 'Invoice', source, nativeId }
  if (kind === 'buyer') return { type: 'Buyer', source, nativeId }
  return kind === 'provider' ? { type: 'Provider', source, nativeId } : null
}

function parseCatalystId(kind: string | undefined, rest: readonly string[]): GlobalId | null {
  const source = 'CATALYST'
  const [project = '', date = ''] = rest
  if (kind === 'customer' && rest.length === 1) return parseCustomerId(project)
  if (!isProjectId(project)) return null
  if (kind === 'buyer' && rest.length === 1) return { type: 'Buyer', source, nativeId: project }
  if (kind === 'provider' && rest.length === 1) return { type: 'Provider', source, nativeId: project }
  if (kind === 'line-item') return parseCatalystLineId(project, rest.slice(1))
  if (kind !== 'invoice' || rest.length !== 2 || !isBillDate(date)) return null
  return { type: 'Invoice', source, nativeId: `${project}/${date}` }
}

function parseKey(kind: string | undefined, [key = '', ...rest]: readonly string[]): GlobalId | null {
  return kind === 'customer' && rest.length === 0 && isCustomerKey(key) ? { type: 'Customer', key } : null
}

function parseCustomerId(text: string): GlobalId | null {
  try {
    const prefix = decodeURIComponent(text)
    // Only the canonical encoding is accepted, so that a customer has one id.
    const isCanonical = isCustomerPrefix(prefix) && encodeURIComponent(prefix) === text
    return isCanonical ? { type: 'Customer', prefix } : null
  } catch {
    return null
  }
}

function parseCatalystLineId(projectId: string, rest: readonly string[]): LineItemId | null {
  const position = Number(/^\d{1,7}$/.exec(rest.at(-1) ?? '')?.[0] ?? Number.NaN)
  const [document = '', region = ''] = rest
  if (Number.isNaN(position)) return null
  const common = { type: 'LineItem', source: 'CATALYST' } as const
  if (rest.length === 2 && isBillDate(document)) {
    return { ...common, documentId: `${projectId}/${document}`, on: 'invoice', line: { position } }
  }
  const isQuotation = document.startsWith('quotation-') && isBillDate(document.slice('quotation-'.length))
  if (rest.length !== 3 || !isQuotation || !isRegion(region)) return null
  return { ...common, documentId: `${projectId}/${document}/${region}`, on: 'quotation', projectId, region, position }
}
