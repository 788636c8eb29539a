import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { Grants } from '../../../src/access/principal.js'
import type { Scope } from '../../../src/access/scope.js'
import type { CustomerClaim, CustomerRegistry, RegisteredCustomer } from '../../../src/domain/customer-registry.js'
import { EMPTY_REGISTRY } from '../../../src/domain/customer-registry.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'

/** A customer that claims a prefix in every project and month. */
export function customerOf(
  key: string,
  prefix: string,
  buyers: readonly string[],
  claim: Partial<CustomerClaim> = {},
): RegisteredCustomer {
  const scope = { projectId: null, from: null, until: null, except: [] }
  return { key, name: key, claims: [{ prefix, match: 'SEGMENT', ...scope, ...claim }], buyers }
}

/** Customers of the demo's data. */
export const DEMO_CUSTOMERS: readonly RegisteredCustomer[] = [
  customerOf('wcc', 'customer-wcc', ['101']),
  customerOf('acme', 'customer-acme', ['102']),
  customerOf('piwakawaka', 'customer-pīwakawaka', ['103']),
]

/** Both stand-ins with the demo's data, and a gateway with a registry. */
export function startEconomics({
  registry,
  caller = {},
  ...options
}: Parameters<typeof startTestSetup>[0] & {
  readonly registry?: Partial<CustomerRegistry>
  /** Full access, except for these. */
  readonly caller?: Partial<Grants> & { readonly scopes?: readonly Scope[] }
} = {}): Promise<TestSetup> {
  const { scopes, ...grants } = caller
  const principal = {
    ...FULL_ACCESS,
    scopes: scopes ? new Set(scopes) : FULL_ACCESS.scopes,
    grants: { ...FULL_ACCESS.grants, ...grants },
  }
  const current = new CurrentRegistry({ ...EMPTY_REGISTRY, customers: DEMO_CUSTOMERS, ...registry })
  return startTestSetup({
    ...options,
    server: { ...options.server, registry: current, authenticate: async () => principal },
  })
}

/** The requests for bills and quotations, without the price list, which reveals the kind of server once. */
export function billRequests({ catalyst }: TestSetup): readonly string[] {
  return catalyst.requests.filter(request => request !== 'GET /v2/products')
}
