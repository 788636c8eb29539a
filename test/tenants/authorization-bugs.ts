import type { SeededBug } from '../seeded-bug.js'

const CATALYST = 'loaders/catalyst/authorize.ts'
const THREESCALE = 'loaders/threescale/authorize.ts'

/** A guard that is left out, loader by loader. */
export const BUGS_IN_GUARDS: readonly SeededBug[] = [
  {
    name: 'bills of any project',
    file: CATALYST,
    from: 'sees(question.projectId) ? all.months.load(question) : []',
    to: 'all.months.load(question)',
  },
  {
    name: "lists of any project's bills, by its buyer",
    file: CATALYST,
    from: 'if (filter.buyer) return sees(filter.buyer.nativeId) ? all.invoiceSources(filter) : []',
    to: 'if (filter.buyer) return all.invoiceSources(filter)',
  },
  {
    name: "all accounts' projects in the list of bills",
    file: CATALYST,
    from: 'projectId === null ? !isComplete(principal, 0) : sees(projectId)',
    to: 'projectId === null ? !isComplete(principal, 0) : true',
  },
  {
    name: "all accounts' projects among the buyers",
    file: CATALYST,
    from: '({ project }) => sees(project.nativeId)',
    to: '({ project }) => project.nativeId !== null',
  },
  {
    name: "everybody's lines for who may see one customer",
    file: CATALYST,
    from: 'return onlyVisibleLines(await all.customerBills.load(question), isVisible)',
    to: 'return all.customerBills.load(question)',
  },
  {
    name: "everybody's lines of the running month for who may see one customer",
    file: CATALYST,
    from: 'quotation && onlyVisibleQuotation(quotation, isVisible)',
    to: 'quotation',
  },
  {
    name: 'the quotation of any project',
    file: CATALYST,
    from: 'sees(question.projectId) ? all.quotations.load(question) : NO_QUOTATION',
    to: 'all.quotations.load(question)',
  },
  {
    name: 'the name of any project',
    file: CATALYST,
    from: '(sees(id) ? all.projects.load(id) : null)',
    to: 'all.projects.load(id)',
  },
  {
    name: 'usage of any project',
    file: CATALYST,
    from: 'sees(question.projectId) ? all.measurements.load(question) : { measurements: [], failures: [] }',
    to: 'all.measurements.load(question)',
  },
  {
    name: 'credits of any project',
    file: CATALYST,
    from: '(sees(id) ? all.credits.load(id) : [])',
    to: 'all.credits.load(id)',
  },
  {
    name: 'any invoice by its id',
    file: THREESCALE,
    from: 'return invoice && sees(invoice.buyer.nativeId) ? invoice : null',
    to: 'return invoice',
  },
  {
    name: 'any account by its id',
    file: THREESCALE,
    from: '(sees(id) ? all.accounts.load(id) : null)',
    to: 'all.accounts.load(id)',
  },
  {
    name: 'any buyer as its invoices name it',
    file: THREESCALE,
    from: '(sees(id) ? all.billedBuyers.load(id) : null)',
    to: 'all.billedBuyers.load(id)',
  },
  {
    name: 'all accounts in the list of buyers',
    file: THREESCALE,
    from: "if (buyers === '*') return all.allAccounts()",
    to: 'if (buyers) return all.allAccounts()',
  },
  {
    name: "lists of any buyer's invoices",
    file: THREESCALE,
    from: 'return maySeeBuyer(principal, filter.buyer.nativeId) ? all.invoiceSources(filter) : []',
    to: 'return all.invoiceSources(filter)',
  },
  {
    name: 'payments of any invoice',
    file: THREESCALE,
    from: '(await invoices.load(invoiceId)) === null ? [] : details.payments.load(invoiceId)',
    to: 'details.payments.load(invoiceId)',
  },
  {
    name: 'any contract by its id',
    file: THREESCALE,
    from: 'return contract && sees(contract.buyerId) ? contract : null',
    to: 'return contract',
  },
]
