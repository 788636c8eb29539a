import type { SeededBug } from '../seeded-bug.js'

/** Something that is told beside what was asked for, and tells of others. */
export const BUGS_IN_TELLING: readonly SeededBug[] = [
  {
    name: 'a prefix that is compared letter by letter, not by segment',
    file: 'access/rules.ts',
    from: "matchesPrefix(name, prefix, 'SEGMENT')",
    to: "matchesPrefix(name, prefix, 'STARTS_WITH')",
  },
  {
    name: 'a count that is taken before the guard picks',
    file: 'loaders/threescale/authorize.ts',
    from: `let found = 0
      for await (const _ of scan(filter, order, null)) found++
      return found`,
    to: 'return source.count(filter, order)',
  },
  {
    name: 'the bill around the lines, total and all, for who may see one customer',
    file: 'loaders/catalyst/customer-costs.ts',
    from: 'cost && !catalyst.showsBills(projectId) ? withoutBills(cost) : cost',
    to: 'cost',
  },
  {
    name: "the total of the bill as a customer's cost",
    file: 'domain/customer-cost.ts',
    from: "basis: 'INVOICE',",
    to: "total: first.total,\n    basis: 'INVOICE',",
  },
  {
    name: "a line's place among the lines of others",
    file: 'domain/visible-lines.ts',
    from: 'visible.map((line, position) => ({ ...line, position, invoiceId: null }))',
    to: 'visible.map(line => ({ ...line, invoiceId: null }))',
  },
  {
    name: 'a bill of nothing for a customer who has no line on it',
    file: 'domain/visible-lines.ts',
    from: 'return seen.filter(({ lineItems }) => lineItems?.length !== 0)',
    to: 'return seen',
  },
  {
    name: 'an error for a foreign invoice, and null for one that there is not',
    file: 'loaders/threescale/authorize.ts',
    from: 'return invoice && sees(invoice.buyer.nativeId) ? invoice : null',
    to: "if (invoice && !sees(invoice.buyer.nativeId)) requireScope(principal, 'admin')\n    return invoice",
  },
  {
    name: 'entities from loaders without a guard',
    file: 'graph/node/entities.ts',
    from: 'return loadNode(loaders, readKey((representation ?? {}) as Representation))',
    to: `const { createThreescaleLoaders } = await import('../../loaders/threescale/loaders.js')
  const threescale = loaders.threescale && createThreescaleLoaders(loaders.threescale.billing)
  return loadNode({ ...loaders, threescale }, readKey((representation ?? {}) as Representation))`,
  },
]
