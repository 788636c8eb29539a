/** The employee that a customer calls. */
export interface AccountManager {
  readonly name: string
  readonly email: string
}

/** Reference to Billgraph's buyer by the billing system's own number, so that the CRM stores no ids of Billgraph. */
export interface BuyerReference {
  readonly source: 'CATALYST' | 'THREESCALE'
  /** 3scale's account id. */
  readonly nativeId: string
}

/** A customer in the CRM. */
export interface Customer {
  /** Prefix of the names of the customer's cloud resources. */
  readonly prefix: string
  readonly companyName: string
  readonly accountManager: AccountManager
  /** Null for a customer that is not billed. */
  readonly billing: BuyerReference | null
}

const aroha: AccountManager = { name: 'Aroha Ngata', email: 'aroha@crm.example' }
const tomas: AccountManager = { name: 'Tomás Reyes', email: 'tomas@crm.example' }

/** The demo's customers, sorted by prefix. Billgraph's demo has their resources and accounts. */
export const demoCustomers: readonly Customer[] = [
  { prefix: 'customer-acme', companyName: 'Acme Analytics', accountManager: tomas, billing: threescale('102') },
  { prefix: 'customer-acme2', companyName: 'Acme 2 Labs', accountManager: tomas, billing: threescale('114') },
  { prefix: 'customer-pīwakawaka', companyName: 'Pīwakawaka', accountManager: aroha, billing: threescale('103') },
  { prefix: 'customer-wcc', companyName: 'WCC Hosting', accountManager: aroha, billing: threescale('101') },
  { prefix: 'intranet', companyName: 'Our own intranet', accountManager: aroha, billing: null },
]

function threescale(nativeId: string): BuyerReference {
  return { source: 'THREESCALE', nativeId }
}
