import type { SeededBug } from '../seeded-bug.js'

const CATALYST = 'loaders/catalyst/authorize.ts'
const THREESCALE = 'loaders/threescale/authorize.ts'

/** Missing authorization checks, loader by loader. */
export const AUTHORIZATION_BUGS: readonly SeededBug[] = [
  {
    name: "any project's bills are returned",
    file: CATALYST,
    within: 'months',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: "a list filtered by buyer returns any project's bills",
    file: CATALYST,
    within: 'invoiceSources',
    from: 'sees(filter.buyer.nativeId)',
    to: 'true',
  },
  {
    name: "the list of bills includes every account's project",
    file: CATALYST,
    within: 'invoiceSources',
    from: 'sees(projectId)',
    to: 'true',
  },
  {
    name: "the list of buyers includes every account's project",
    file: CATALYST,
    within: 'own',
    from: 'sees(project.nativeId)',
    to: 'true',
  },
  {
    name: 'a caller with one customer granted gets the lines of all customers',
    file: CATALYST,
    within: 'customerBills',
    from: 'isVisible)',
    to: '() => true)',
  },
  {
    name: "a caller with one customer granted gets the running month's lines of all customers",
    file: CATALYST,
    within: 'customerQuotations',
    from: 'quotation && onlyVisibleQuotation(quotation, isVisible)',
    to: 'quotation',
  },
  {
    name: "any project's quotation is returned",
    file: CATALYST,
    within: 'quotations',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: "any project's name is returned",
    file: CATALYST,
    within: 'projects',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: "any project's usage is returned",
    file: CATALYST,
    within: 'measurements',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: "any project's credits are returned",
    file: CATALYST,
    within: 'credits',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: 'any invoice is returned by its id',
    file: 'loaders/threescale/invoices.ts',
    within: 'createThreescaleInvoices',
    from: 'billing.invoice(id, sees)',
    to: 'billing.invoice(id)',
  },
  {
    name: 'any account is returned by its id',
    file: THREESCALE,
    within: 'accounts',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: 'any buyer is returned as its invoices name it',
    file: THREESCALE,
    within: 'billedBuyers',
    from: 'sees(…)',
    to: 'true',
  },
  {
    name: 'the list of buyers includes all accounts',
    file: THREESCALE,
    within: 'allAccounts',
    from: "if (buyers === '*')",
    to: 'if (buyers)',
  },
  {
    name: "a list filtered by buyer returns any buyer's invoices",
    file: THREESCALE,
    within: 'sourcesFor',
    from: 'maySeeBuyer(principal, filter.buyer.nativeId)',
    to: 'true',
  },
  {
    name: "any invoice's payments are returned",
    file: THREESCALE,
    within: 'payments',
    from: '(await invoices.load(…)) === null',
    to: 'false',
  },
  {
    name: 'any contract is returned by its id',
    file: 'loaders/threescale/details.ts',
    within: 'contracts',
    from: 'billing.contract(id, sees)',
    to: 'billing.contract(id)',
  },
  {
    name: 'a caller with one customer granted gets the whole bill divided among all',
    file: 'loaders/catalyst/cost-allocations.ts',
    within: 'loadCostAllocation',
    from: '!maySeeProject(…)',
    to: 'false',
  },
]
