import type { Contract } from '../../domain/contract.js'
import type { Customer } from '../../domain/customer.js'
import type { LineItem } from '../../domain/line-item.js'
import type { Metric } from '../../domain/metric.js'
import { isProjectId, isRegion, isThreescaleId } from '../../domain/native-id.js'
import type { Payment } from '../../domain/payment.js'
import { isBillDate } from '../../domain/period.js'
import type { BillingSource } from '../../domain/source.js'
import { isCustomerPrefix } from '../customer-cost/prefix.js'
import { BadInputError } from '../errors/bad-input.js'

/** What an id names. */
export type GlobalId =
  | { readonly type: 'Invoice'; readonly source: BillingSource; readonly nativeId: string }
  | { readonly type: 'Buyer'; readonly source: BillingSource; readonly nativeId: string }
  | { readonly type: 'Provider'; readonly source: BillingSource; readonly nativeId: string }
  | { readonly type: 'Payment'; readonly invoiceId: string; readonly nativeId: string }
  | { readonly type: 'Contract'; readonly nativeId: string }
  | { readonly type: 'Metric'; readonly nativeId: string }
  | { readonly type: 'Customer'; readonly prefix: string }
  | LineItemId

/** A line, on an invoice by 3scale's id or by its place, or on a quotation by its place. */
export type LineItemId = { readonly type: 'LineItem'; readonly source: BillingSource; readonly documentId: string } & (
  | { readonly on: 'invoice'; readonly line: { readonly position: number } | { readonly nativeId: string } }
  | { readonly on: 'quotation'; readonly projectId: string; readonly region: string; readonly position: number }
)

type GlobalIdType = GlobalId['type']

/** A customer's prefix of 255 characters, each of nine when it is encoded. */
const MAX_LENGTH = 2_400

const PREFIX: Readonly<Record<BillingSource, string>> = { CATALYST: 'catalyst', THREESCALE: 'threescale' }

const EXAMPLES: Readonly<Record<GlobalIdType, string>> = {
  Invoice: 'an invoice, such as threescale:invoice:1201 or catalyst:invoice:<project>:2026-10-31',
  LineItem: 'a line item, such as threescale:line-item:1201:9002 or catalyst:line-item:<project>:2026-10-31:0',
  Buyer: 'a buyer, such as threescale:buyer:71 or catalyst:buyer:<project>',
  Payment: 'a payment, such as threescale:payment:1201:3002',
  Contract: 'a contract, such as threescale:contract:501',
  Metric: 'a metric, such as threescale:metric:801',
  Customer: 'a customer, such as catalyst:customer:customer-wcc',
  Provider: 'a provider, such as threescale:provider:4 or catalyst:provider:catalyst-cloud',
}

/** Writes the id of an invoice, a buyer or a provider. */
export function formatGlobalId(node: {
  kind: 'Invoice' | 'Buyer' | 'Provider'
  source: BillingSource
  nativeId: string
}) {
  return `${PREFIX[node.source]}:${node.kind.toLowerCase()}:${node.nativeId.replace('/', ':')}`
}

/** Writes the id of an attempt to charge an invoice. */
export function formatPaymentId({ invoiceId, nativeId }: Payment): string {
  return `threescale:payment:${invoiceId}:${nativeId}`
}

/** Writes the id of what only 3scale has. */
export function formatThreescaleId({ kind, nativeId }: Contract | Metric): string {
  return `threescale:${kind.toLowerCase()}:${nativeId}`
}

/** Writes the id of a customer; what a prefix can hold and an id cannot is percent-encoded. */
export function formatCustomerId({ prefix }: Customer): string {
  // A lone half of a character has no encoding; no name of a resource holds one.
  return `catalyst:customer:${encodeURIComponent(prefix.toWellFormed())}`
}

/** Writes the id of a line. */
export function formatLineItemId(line: LineItem): string {
  const document = line.documentId.replaceAll('/', ':')
  return `${PREFIX[line.source]}:line-item:${document}:${line.nativeId ?? line.position}`
}

/**
 * Reads an id.
 *
 * @param expected kinds that make sense where the id stands
 * @throws BadInputError for any other text
 */
export function parseGlobalId<T extends GlobalIdType>(
  argument: string,
  text: string,
  ...expected: readonly T[]
): Extract<GlobalId, { type: T }> {
  const id = text.length <= MAX_LENGTH ? readGlobalId(text) : null
  if (id && isOneOf(id, expected)) return id
  throw new BadInputError(argument, text, `${describe(expected)}${hint(text)}`)
}

function readGlobalId(text: string): GlobalId | null {
  const [system, kind, ...rest] = text.split(':')
  if (system === 'threescale') return readThreescaleId(kind, rest)
  return system === 'catalyst' ? readCatalystId(kind, rest) : null
}

function readThreescaleId(kind: string | undefined, rest: readonly string[]): GlobalId | null {
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

function readCatalystId(kind: string | undefined, rest: readonly string[]): GlobalId | null {
  const source = 'CATALYST'
  const [project = '', date = ''] = rest
  if (kind === 'customer' && rest.length === 1) return readCustomerId(project)
  if (!isProjectId(project)) return null
  if (kind === 'buyer' && rest.length === 1) return { type: 'Buyer', source, nativeId: project }
  if (kind === 'provider' && rest.length === 1) return { type: 'Provider', source, nativeId: project }
  if (kind === 'line-item') return readCatalystLineId(project, rest.slice(1))
  if (kind !== 'invoice' || rest.length !== 2 || !isBillDate(date)) return null
  return { type: 'Invoice', source, nativeId: `${project}/${date}` }
}

function readCustomerId(text: string): GlobalId | null {
  try {
    const prefix = decodeURIComponent(text)
    // Only what is written here is read: a customer has one id.
    const isCanonical = isCustomerPrefix(prefix) && encodeURIComponent(prefix) === text
    return isCanonical ? { type: 'Customer', prefix } : null
  } catch {
    return null
  }
}

function readCatalystLineId(projectId: string, rest: readonly string[]): LineItemId | null {
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

function isOneOf<T extends GlobalIdType>(id: GlobalId, types: readonly T[]): id is Extract<GlobalId, { type: T }> {
  return types.some(type => type === id.type)
}

function describe(types: readonly GlobalIdType[]): string {
  const [type, ...more] = types
  return type && more.length === 0
    ? `the id of ${EXAMPLES[type]}`
    : 'an id of this graph, such as threescale:invoice:1201'
}

/** What people call an invoice looks like an id and is none. */
function hint(text: string): string {
  return /^\d{4}(-\d{2})?-\d{8}$/.test(text)
    ? '; to find an invoice by its number ask invoices(filter: { number })'
    : ''
}
