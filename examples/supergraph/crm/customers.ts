/** Someone whom customers call. */
export interface AccountManager {
  readonly name: string
  readonly email: string
}

/** How Billgraph knows who is billed: by the system's own number, so that nobody keeps Billgraph's ids. */
export interface BuyerReference {
  readonly source: 'CATALYST' | 'THREESCALE'
  /** 3scale's account id. */
  readonly nativeId: string
}

/** A customer as the CRM has it. */
export interface Customer {
  /** What the names of its cloud resources begin with. */
  readonly prefix: string
  readonly name: string
  readonly accountManager: AccountManager
  /** Null where nothing is billed. */
  readonly billing: BuyerReference | null
}

const aroha: AccountManager = { name: 'Aroha Ngata', email: 'aroha@crm.example' }
const tomas: AccountManager = { name: 'Tomás Reyes', email: 'tomas@crm.example' }

/** The customers of the demo, in the order of their prefixes. Billgraph's demo has their resources and accounts. */
export const demoCustomers: readonly Customer[] = [
  { prefix: 'customer-acme', name: 'Acme Analytics', accountManager: tomas, billing: threescale('102') },
  { prefix: 'customer-acme2', name: 'Acme 2 Labs', accountManager: tomas, billing: threescale('114') },
  { prefix: 'customer-pīwakawaka', name: 'Pīwakawaka', accountManager: aroha, billing: threescale('103') },
  { prefix: 'customer-wcc', name: 'WCC Hosting', accountManager: aroha, billing: threescale('101') },
  { prefix: 'intranet', name: 'Our own intranet', accountManager: aroha, billing: null },
]

function threescale(nativeId: string): BuyerReference {
  return { source: 'THREESCALE', nativeId }
}
