import { claimantsIn } from '../customer-claims.js'
import type { CustomerRegistry } from '../customer-registry.js'
import type { Invoice } from '../invoice.js'
import { type LineItem, resourceName } from '../line-item.js'
import type { Quotation } from '../quotation.js'
import { sumTaxedMoney, type TaxedMoney } from '../taxed-money.js'

type CostByKey = ReadonlyMap<string | null, TaxedMoney>

/** A bill is divided for one customer after the other. Its sums live as long as the bill and the registry. */
const known = new WeakMap<CustomerRegistry, WeakMap<Invoice | Quotation, CostByKey>>()

/**
 * The sum of a document's lines that a registered customer claims; null when the document does not list its lines. The first call
 * for a document adds up the lines of all customers.
 *
 * @param projectId the project that the document bills
 */
export function claimedCost(
  document: Invoice | Quotation,
  registry: CustomerRegistry,
  projectId: string,
  key: string,
): TaxedMoney | null {
  if (document.lineItems === null) return null
  const sums = sumsOf(document, document.lineItems, registry, projectId)
  return sums.get(key) ?? sumTaxedMoney([], document.total.net.currency)
}

function sumsOf(
  document: Invoice | Quotation,
  lines: readonly LineItem[],
  registry: CustomerRegistry,
  projectId: string,
): CostByKey {
  const ofRegistry = known.get(registry) ?? new WeakMap<Invoice | Quotation, CostByKey>()
  known.set(registry, ofRegistry)
  const found = ofRegistry.get(document)
  if (found) return found
  const claimantOf = claimantsIn(registry, { projectId, month: document.period.month })
  const byKey = Map.groupBy(lines, line => claimantOf(resourceName(line))?.key ?? null)
  const sums = new Map([...byKey].map(([key, own]) => [key, sumOf(own, document.total.net.currency)]))
  ofRegistry.set(document, sums)
  return sums
}

function sumOf(lines: readonly LineItem[], currency: string): TaxedMoney {
  return sumTaxedMoney(
    lines.map(({ cost }) => cost),
    currency,
  )
}
