import type { DocumentLine, ErpDocument } from './data.js'
import { ERP_FAILED, RatingError } from './errors.js'
import { float, type PythonValue } from './python-json.js'
import { isBilledBetween } from './range.js'
import { addTax, PRICE_DIGITS, QUANTITY_DIGITS, RATE_DIGITS, round } from './rounding.js'

/** Query of the ERP's documents. */
export interface OdooInvoiceQuery {
  readonly start: Date
  readonly end: Date
  readonly isDetailed: boolean
  /** Products omitted from the details. */
  readonly hiddenProducts: readonly string[]
}

/** Totals of one bill date, and its categories in a detailed response. */
interface Entry {
  totalCost: number
  totalCostTaxed: number
  status: string | undefined
  readonly isLegacy: boolean
  readonly categories: Map<string, Category>
}

interface Category {
  totalCost: number
  totalCostTaxed: number
  readonly breakdown: Map<string, PythonValue[]>
}

/**
 * `invoices` object of the odoo driver: by bill date, oldest first, with the documents of a day merged.
 *
 * @throws RatingError when a detailed response contains a product that is no longer sold
 */
export function listOdooInvoices(documents: readonly ErpDocument[], query: OdooInvoiceQuery): PythonValue {
  const entries = new Map<string, Entry>()
  for (const document of billedIn(documents, query)) {
    const entry = readDocument(document, query)
    const earlier = entries.get(document.billDate)
    // Legacy servers did not merge; a later document replaced an earlier one.
    entries.set(document.billDate, earlier && !entry.isLegacy ? merge(earlier, entry) : entry)
  }
  return Object.fromEntries([...entries].map(([date, entry]) => [date, printEntry(entry, query.isDetailed)]))
}

/** Cost of a line without GST. */
export function costOf(line: DocumentLine): number {
  return line.cost ?? round(line.quantity * line.rate, PRICE_DIGITS)
}

/** Cost of a line with GST. */
export function costTaxedOf(line: DocumentLine): number {
  return line.costTaxed ?? addTax(costOf(line))
}

function billedIn(documents: readonly ErpDocument[], { start, end }: OdooInvoiceQuery): readonly ErpDocument[] {
  return documents
    .filter(({ billDate }) => isBilledBetween(billDate, start, end))
    .toSorted((a, b) => (a.billDate < b.billDate ? -1 : a.billDate > b.billDate ? 1 : 0))
}

function readDocument(document: ErpDocument, { isDetailed, hiddenProducts }: OdooInvoiceQuery): Entry {
  const { status, isLegacy = false, lines } = document
  const sum = round(
    lines.reduce((total, line) => total + costOf(line), 0),
    PRICE_DIGITS,
  )
  const totalCost = document.totalCost ?? (isLegacy ? addTax(sum) : sum)
  const totalCostTaxed = document.totalCostTaxed ?? addTax(totalCost)
  const entry: Entry = { totalCost, totalCostTaxed, status, isLegacy, categories: new Map() }
  if (!isDetailed) return entry
  for (const line of lines) {
    if (line.isRetired) throw new RatingError(500, ERP_FAILED)
    if (hiddenProducts.includes(line.product)) {
      entry.totalCost -= isLegacy ? costTaxedOf(line) : costOf(line)
      entry.totalCostTaxed -= costTaxedOf(line)
    } else {
      addLine(entry, line)
    }
  }
  return entry
}

function addLine({ categories, isLegacy }: Entry, line: DocumentLine): void {
  const category = categories.get(line.category) ?? { totalCost: 0, totalCostTaxed: 0, breakdown: new Map() }
  categories.set(line.category, category)
  category.totalCost = round(category.totalCost + costOf(line), PRICE_DIGITS)
  category.totalCostTaxed = round(category.totalCostTaxed + costTaxedOf(line), PRICE_DIGITS)
  const printed = {
    resource_name: line.resourceName,
    quantity: float(round(line.quantity, QUANTITY_DIGITS)),
    rate: float(round(line.rate, RATE_DIGITS)),
    unit: line.unit,
    cost: float(costOf(line)),
    ...(isLegacy ? {} : { cost_taxed: float(costTaxedOf(line)) }),
  }
  append(category.breakdown, line.product, [printed])
}

function append(breakdown: Category['breakdown'], product: string, lines: readonly PythonValue[]): void {
  const earlier = breakdown.get(product)
  if (earlier) earlier.push(...lines)
  else breakdown.set(product, [...lines])
}

/** Adds a document to those of its day. Sums are not rounded here; the totals of a detailed response are, later. */
function merge(earlier: Entry, later: Entry): Entry {
  earlier.totalCost += later.totalCost
  earlier.totalCostTaxed += later.totalCostTaxed
  if (earlier.status !== later.status) earlier.status = 'not_paid'
  for (const [name, { totalCost, totalCostTaxed, breakdown }] of later.categories) {
    const category = earlier.categories.get(name)
    if (!category) {
      earlier.categories.set(name, { totalCost, totalCostTaxed, breakdown })
      continue
    }
    category.totalCost += totalCost
    category.totalCostTaxed += totalCostTaxed
    for (const [product, lines] of breakdown) append(category.breakdown, product, lines)
  }
  return earlier
}

function printEntry({ totalCost, totalCostTaxed, status, isLegacy, categories }: Entry, isDetailed: boolean) {
  const total = (cost: number) => float(isDetailed ? round(cost, PRICE_DIGITS) : cost)
  const details = [...categories].map(([name, category]) => [name, printCategory(category, isLegacy)])
  return {
    total_cost: total(totalCost),
    ...(isLegacy ? {} : { total_cost_taxed: total(totalCostTaxed) }),
    ...(status === undefined ? {} : { status }),
    ...(isDetailed ? { details: Object.fromEntries(details) } : {}),
  }
}

function printCategory({ totalCost, totalCostTaxed, breakdown }: Category, isLegacy: boolean): PythonValue {
  return {
    total_cost: float(totalCost),
    ...(isLegacy ? {} : { total_cost_taxed: float(totalCostTaxed) }),
    breakdown: Object.fromEntries(breakdown),
  }
}
