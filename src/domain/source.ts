/** The billing system of a document. */
export type BillingSource = 'CATALYST' | 'THREESCALE'

/** The side of the books. COST: the company is billed. REVENUE: the company bills its customers. */
export type Ledger = 'COST' | 'REVENUE'

/** The ledger of a billing system: Catalyst bills the company; with 3scale the company bills its API customers. */
export function ledgerOf(source: BillingSource): Ledger {
  return source === 'CATALYST' ? 'COST' : 'REVENUE'
}
