import type { SeededBug } from '../seeded-bug.js'

const RUN_WRITE = 'graph/write/run-write.ts'
const WRITES = 'writes/writes.ts'

/** Mistakes in whose writes a caller makes, and whose it is shown. */
export const WRITE_BUGS: readonly SeededBug[] = [
  {
    name: 'a caller without the scope billing:write writes',
    file: RUN_WRITE,
    within: 'runWrite',
    from: "requireScope(context.principal, 'billing:write')",
    to: '',
  },
  {
    name: 'a caller without the scope billing:write on-charges',
    file: 'graph/write/run-on-charge.ts',
    within: 'runOnCharge',
    from: "requireScope(context.principal, 'billing:write')",
    to: '',
  },
  {
    name: 'a caller without the scope billing:write decides on an incident',
    file: 'graph/write/write.resolver.ts',
    within: 'resolveIncident',
    from: "requireScope(principal, 'billing:write')",
    to: '',
  },
  {
    name: "another buyer's invoice is written",
    file: RUN_WRITE,
    within: 'requireVisible',
    from: 'if (!invoice) throw recordNotFound(input)',
    to: '',
  },
  {
    name: 'an invoice is created for another buyer',
    file: RUN_WRITE,
    within: 'requireVisible',
    from: 'if (!maySeeBuyer(principal, input.buyerId)) throw recordNotFound(input)',
    to: '',
  },
  {
    name: 'a customer is charged on the invoice of a buyer that the caller does not see',
    file: 'loaders/economics/chargeable-cost.ts',
    within: 'requireWhole',
    from: 'if (customer && buyersVisible(loaders, found)) return customer',
    to: 'if (customer) return customer',
  },
  {
    name: "another caller's key returns its answer",
    file: 'writes/journal/intent-rows.ts',
    within: 'findByKey',
    from: "'principal = $1 AND operation = $2 AND key = $3'",
    to: "'$1 = $1 AND operation = $2 AND key = $3'",
  },
  {
    name: "a concurrent caller with the same content is shown another caller's write",
    file: 'writes/writer.ts',
    within: 'write',
    from: 'order.principal, order.operation',
    to: 'order.operation',
  },
  {
    name: "writeIntent shows another caller's write",
    file: 'writes/journal/journal.ts',
    within: 'findAll',
    from: "'principal = $1 AND key = $2 ORDER BY created_at'",
    to: "'$1 = $1 AND key = $2 ORDER BY created_at'",
  },
  {
    name: 'every caller is shown the incidents of all',
    file: WRITES,
    within: 'incidents',
    from: 'this.decidesForAll() ? all',
    to: 'all.length >= 0 ? all',
  },
  {
    name: 'an administrator of one buyer decides on the incidents of all',
    file: WRITES,
    within: 'decidesForAll',
    from: "hasScope(this.principal, 'admin') && this.principal.grants.buyers === '*'",
    to: "hasScope(this.principal, 'admin')",
  },
]
