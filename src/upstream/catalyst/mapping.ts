import type { Decimal } from '../../domain/decimal.js'
import type { Invoice, InvoiceState } from '../../domain/invoice.js'
import type { LineItem, LineItemType } from '../../domain/line-item.js'
import { addMoney, type Money, roundToCents, subtractMoney, sumMoney, toMoney, zeroMoney } from '../../domain/money.js'
import type { Notice } from '../../domain/notice.js'
import type { Buyer, Provider } from '../../domain/party.js'
import { type LocalDate, monthOf, toPeriod } from '../../domain/period.js'
import { addTax, removeTax, statedTax, sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import type { Provenance } from '../cache/fetched.js'
import type { JsonNumber } from '../decoding/json.js'
import { decimalOf } from '../decoding/shape.js'
import { splitProduct } from './product-key.js'
import type * as wire from './wire.js'

/** What the wire does not say and the configuration does. */
export interface MappingSettings {
  /** Of every amount; stated nowhere on the wire. */
  readonly currency: string
  /** GST as a fraction: 0.15. */
  readonly taxRate: Decimal
  /** Regions as Keystone spells them, to recognise them in product keys. */
  readonly regions: readonly string[]
}

/** Whose document it is and when it was read. */
export interface DocumentOrigin extends Provenance {
  readonly projectId: string
  readonly projectName: string
}

/** Catalyst's bills are all issued by the same company, which the wire never names. */
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

/** A project as the one who is billed. */
export function toBuyer(projectId: string, projectName: string): Buyer {
  const name = projectName === '' ? null : projectName
  return { kind: 'Buyer', source: 'CATALYST', nativeId: projectId, name, deleted: false, address: null }
}

/**
 * The bill of one date. Its key is the bill date, and the only name it has.
 *
 * @param lineItems its lines where they are mapped already
 */
export function toInvoice(
  date: LocalDate,
  document: wire.Document,
  origin: DocumentOrigin,
  terms: MappingSettings,
  lineItems: readonly LineItem[] | null = linesOf(`${origin.projectId}/${date}`, document, terms),
): Invoice {
  const nativeId = `${origin.projectId}/${date}`
  const total = toInvoiceTotal(document, terms)
  return {
    kind: 'Invoice',
    source: 'CATALYST',
    nativeId,
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
    notices: toNotices(document, total, lineItems),
    asOf: origin.asOf,
    stale: origin.stale,
  }
}

/** The old generation stated the total with GST and had no taxed members at all. */
function isLegacy(document: wire.Document): boolean {
  return document.total_cost_taxed === undefined
}

function toInvoiceTotal(document: wire.Document, terms: MappingSettings): TaxedMoney {
  const stated = toAmount(document.total_cost, terms)
  if (document.total_cost_taxed !== undefined) {
    return statedTax(stated, toAmount(document.total_cost_taxed, terms), terms.taxRate)
  }
  // Without any category there is nothing to add up.
  if (document.details === undefined || document.details.length === 0) return removeTax(stated, terms.taxRate)
  const net = sumOfCategories(document.details, terms)
  return { ...statedTax(net, stated, terms.taxRate), taxBasis: 'COMPUTED' }
}

/**
 * The total of a quotation, always stated without GST. The ERP's servers leave the taxed one out: it is then the sum of the
 * lines' own, each rounded to cents, as the other servers state it; only without lines it is computed from the total.
 */
export function toQuotationTotal(
  document: wire.Document,
  lineItems: readonly LineItem[] | null,
  terms: MappingSettings,
): TaxedMoney {
  const net = toAmount(document.total_cost, terms)
  if (document.total_cost_taxed !== undefined) {
    return statedTax(net, toAmount(document.total_cost_taxed, terms), terms.taxRate)
  }
  if (lineItems === null) return addTax(net, terms.taxRate)
  const { tax } = sumTaxedMoney(
    lineItems.map(line => line.cost),
    terms.currency,
  )
  const gross = addMoney(net, tax ?? zeroMoney(terms.currency))
  return { ...statedTax(net, gross, terms.taxRate), taxBasis: 'COMPUTED' }
}

/** A document's lines, in the order sent. */
export function toLineItems(
  details: wire.Entries<wire.Category>,
  document: Pick<LineItem, 'documentId' | 'invoiceId'>,
  terms: MappingSettings,
): readonly LineItem[] {
  return flattenLines(details).map((sent, position) => toLineItem(sent, position, document, terms))
}

/** A line and where it stood. */
export interface SentLine {
  readonly category: string
  readonly product: string
  readonly line: wire.Line
}

/** All lines, in the order sent: category, then product, then line. */
export function flattenLines(details: wire.Entries<wire.Category>): readonly SentLine[] {
  return details.flatMap(([category, { breakdown }]) =>
    breakdown.flatMap(([product, lines]) => lines.map(line => ({ category, product, line }))),
  )
}

/** One line, at its place among all of the document's. */
export function toLineItem(
  { category, product: key, line }: SentLine,
  position: number,
  document: Pick<LineItem, 'documentId' | 'invoiceId'>,
  terms: MappingSettings,
): LineItem {
  const { region, product } = splitProduct(key, terms.regions)
  const name = line.resource_name === false || line.resource_name === '' ? null : line.resource_name
  return {
    kind: 'LineItem',
    source: 'CATALYST',
    ...document,
    position,
    nativeId: null,
    name: name ?? product,
    description: null,
    type: toType(category, line, terms),
    rawType: category,
    quantity: decimalOf(line.quantity),
    unit: line.unit || null,
    rate: decimalOf(line.rate),
    cost: toLineCost(line, terms),
    resource: { resourceId: line.resource_id ?? null, name, region, category, product },
    metricId: null,
    contractId: null,
    planId: null,
  }
}

function linesOf(nativeId: string, { details }: wire.Document, terms: MappingSettings): readonly LineItem[] | null {
  return details ? toLineItems(details, { documentId: nativeId, invoiceId: nativeId }, terms) : null
}

function toLineCost(line: wire.Line, terms: MappingSettings): TaxedMoney {
  const net = toAmount(line.cost, terms)
  return line.cost_taxed === undefined
    ? addTax(net, terms.taxRate)
    : statedTax(net, toAmount(line.cost_taxed, terms), terms.taxRate)
}

/** Categories are the operator's free text: these words are the ones seen. */
function toType(category: string, line: wire.Line, terms: MappingSettings): LineItemType {
  if (/discount/i.test(category)) return 'DISCOUNT'
  if (/credit/i.test(category)) return 'CREDIT'
  if (/support/i.test(category)) return 'SUPPORT'
  // A unit of money is what the ERP gives to whatever has no price per hour or gigabyte.
  return line.unit === terms.currency || line.unit === false ? 'UNKNOWN' : 'RESOURCE_USAGE'
}

function toNotices(
  document: wire.Document,
  total: TaxedMoney,
  lineItems: readonly LineItem[] | null,
): readonly Notice[] {
  const notices: Notice[] = []
  if (isLegacy(document)) {
    const message = 'The bill is of the time when totals were stated with GST only: net and tax are computed.'
    notices.push({ code: 'LEGACY_TAX', message, difference: null })
  }
  if (lineItems) {
    const sum = sumMoney(
      lineItems.map(line => line.cost.net),
      total.net.currency,
    )
    const difference = subtractMoney(total.net, sum)
    if (difference.digits !== 0n) {
      const message = 'The total without tax as stated differs from the sum of the lines.'
      notices.push({ code: 'TOTAL_MISMATCH', message, difference })
    }
  }
  return notices
}

function sumOfCategories(details: wire.Entries<wire.Category>, terms: MappingSettings): Money {
  return sumMoney(
    details.map(([, category]) => toAmount(category.total_cost, terms)),
    terms.currency,
  )
}

/** Sums that the server did not round come with noise far behind the cents. */
function toAmount(number: JsonNumber, terms: MappingSettings): Money {
  return roundToCents(toMoney(decimalOf(number), terms.currency))
}
