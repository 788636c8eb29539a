import type { Customer } from '../../domain/customer.js'
import { type CustomerFigures, reconcile } from '../../domain/economics/reconciliation.js'
import { monthAt, type Period, toPeriod, type YearMonth } from '../../domain/period.js'
import { listCustomers } from '../customers/customers.js'
import type { Loaders } from '../loaders.js'
import { loadSides } from './customer-sides.js'

/** A customer's figures of a month. */
export interface CustomerReconciliation extends CustomerFigures {
  readonly customer: Customer
}

/** The figures of all customers of the registry that the caller may see, in its order. */
export interface Reconciliation {
  readonly period: Period
  readonly customers: readonly CustomerReconciliation[]
}

/** A reconciliation, and the errors because of which it has gaps. */
export interface ReconciliationAnswer {
  readonly reconciliation: Reconciliation
  readonly failures: readonly Error[]
}

/** Compares the cost of each visible customer with its invoices. One call for each project, and the pages of 3scale's list. */
export async function loadReconciliation(loaders: Loaders, month: YearMonth): Promise<ReconciliationAnswer> {
  const read = await Promise.all(listCustomers(loaders).map(customer => reconcileCustomer(loaders, customer, month)))
  return {
    reconciliation: { period: toPeriod(month), customers: read.map(({ figures }) => figures) },
    failures: read.flatMap(({ failures }) => failures),
  }
}

/** Compares the cost of one customer with its invoices. */
export async function reconcileCustomer(loaders: Loaders, customer: Customer, month: YearMonth) {
  const { failures, ...sides } = await loadSides(loaders, customer, month)
  const { exchangeRates } = loaders.registry
  const now = monthAt(loaders.clock())
  const figures = reconcile({ month, now, ...sides, exchangeRates })
  return { figures: { customer, ...figures }, failures }
}
