import type { LeakBug } from './leak-bug.js'

/** Details of a response that reveal something about data the caller may not see. */
export const DISCLOSURE_BUGS: readonly LeakBug[] = [
  {
    name: 'a customer prefix matches by character instead of by segment',
    file: 'access/rules.ts',
    within: 'maySeeResource',
    from: "matchesPrefix(name, prefix, 'SEGMENT')",
    to: "matchesPrefix(name, prefix, 'STARTS_WITH')",
  },
  {
    name: 'an invoice count includes invoices the caller may not see',
    isOfPairs: true,
    file: 'loaders/threescale/authorize.ts',
    within: 'count',
    from: 'let found = 0 for await (const _ of scan(…)) found++ return found',
    to: 'return source.count(order)',
  },
  {
    name: 'a caller with one customer granted gets the whole bill around its lines',
    file: 'loaders/catalyst/customer-costs.ts',
    within: 'loadProjectCost',
    from: '!catalyst.showsBills(…)',
    to: 'false',
  },
  {
    name: "the bill's total is returned as one customer's cost",
    file: 'domain/customer-cost.ts',
    within: 'costOnInvoices',
    from: "basis: 'INVOICE',",
    to: "total: first.total,\n    basis: 'INVOICE',",
  },
  {
    name: "a line reveals its position among other customers' lines",
    file: 'domain/visible-lines.ts',
    within: 'pick',
    from: 'visible.map((line, position) => ({ ...line, position, invoiceId: null }))',
    to: 'visible.map(line => ({ ...line, invoiceId: null }))',
  },
  {
    name: 'a bill without any visible line is returned empty',
    file: 'domain/visible-lines.ts',
    within: 'onlyVisibleLines',
    from: 'return seen.filter(({ lineItems }) => lineItems?.length !== 0)',
    to: 'return seen',
  },
  {
    name: "another caller's invoice yields an error, a missing one null",
    isOfPairs: true,
    file: 'upstream/threescale/client.ts',
    within: 'readVisible',
    from: 'throw new UpstreamNotFoundError(',
    to: "throw new UpstreamDeniedError('refused the gateway', ",
  },
  {
    name: 'a caller with a buyer granted gets the claims of its customer',
    file: 'access/visible-customer.ts',
    within: 'visibleCustomer',
    from: 'customer.claims.filter(claim => maySeeClaim(principal, claim))',
    to: 'customer.claims',
  },
  {
    name: 'a caller with a prefix granted gets the buyers of its customer',
    file: 'access/visible-customer.ts',
    within: 'visibleCustomer',
    from: 'customer.buyers.filter(id => maySeeBuyer(principal, id))',
    to: 'customer.buyers',
  },
  {
    name: 'every customer of the registry is listed',
    file: 'access/visible-customer.ts',
    within: 'visibleCustomer',
    from: 'if (claims.length === 0 && buyers.length === 0) return null',
    to: '',
  },
  {
    name: 'entities are loaded without authorization',
    file: 'graph/node/entities.ts',
    within: 'loadEntity',
    from: 'return loadNode(loaders, readKey((representation ?? {}) as Representation))',
    to: `const { createThreescaleLoaders } = await import('../../loaders/threescale/loaders.js')
  const threescale = loaders.threescale && createThreescaleLoaders(loaders.threescale.billing, () => true)
  return loadNode({ ...loaders, threescale }, readKey((representation ?? {}) as Representation))`,
  },
]
