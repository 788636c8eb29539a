import { claimantsIn } from '../customer-claims.js'
import type { CustomerRegistry } from '../customer-registry.js'
import type { Invoice } from '../invoice.js'
import { type LineItem, resourceName } from '../line-item.js'
import type { Quotation } from '../quotation.js'
import { sumTaxedMoney, type TaxedMoney } from '../taxed-money.js'

/** What a customer claims of a document. */
interface Claimed {
  readonly lines: readonly LineItem[]
  readonly cost: TaxedMoney
}

type ClaimedByKey = ReadonlyMap<string | null, Claimed>

/** A bill is divided for one customer after the other. Its sums live as long as the bill and the registry. */
const known = new WeakMap<CustomerRegistry, WeakMap<Invoice | Quotation, ClaimedByKey>>()

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
  const claimed = claimedByKey(document, document.lineItems, registry, projectId)
  return claimed.get(key)?.cost ?? sumTaxedMoney([], document.total.net.currency)
}

/** The lines of that sum, in the order billed; `[]` when the document does not list its lines. */
export function claimedLines(
  document: Invoice | Quotation,
  registry: CustomerRegistry,
  projectId: string,
  key: string,
): readonly LineItem[] {
  return claimedByKey(document, document.lineItems ?? [], registry, projectId).get(key)?.lines ?? []
}

function claimedByKey(
  document: Invoice | Quotation,
  lines: readonly LineItem[],
  registry: CustomerRegistry,
  projectId: string,
): ClaimedByKey {
  const ofRegistry = known.get(registry) ?? new WeakMap<Invoice | Quotation, ClaimedByKey>()
  known.set(registry, ofRegistry)
  const found = ofRegistry.get(document)
  if (found) return found
  const claimantOf = claimantsIn(registry, { projectId, month: document.period.month })
  const byKey = Map.groupBy(lines, line => claimantOf(resourceName(line))?.key ?? null)
  const { currency } = document.total.net
  const claimed = new Map([...byKey].map(([key, own]) => [key, { lines: own, cost: sumOf(own, currency) }]))
  ofRegistry.set(document, claimed)
  return claimed
}

function sumOf(lines: readonly LineItem[], currency: string): TaxedMoney {
  return sumTaxedMoney(
    lines.map(({ cost }) => cost),
    currency,
  )
}
