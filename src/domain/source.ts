/** The billing system a document comes from. */
export type BillingSource = 'CATALYST' | 'THREESCALE'

/** COST: what we are billed. REVENUE: what we bill. */
export type Ledger = 'COST' | 'REVENUE'

/** Catalyst bills us; through 3scale we bill our API customers. */
export function ledgerOf(source: BillingSource): Ledger {
  return source === 'CATALYST' ? 'COST' : 'REVENUE'
}
