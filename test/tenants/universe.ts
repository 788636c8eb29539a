import type { ThreescaleData } from '../../src/standin/threescale/data.js'
import { CUSTOMERS } from './amount-tags.js'
import { accountId, BUYERS, contractId } from './marked-buyers.js'
import { BILLS, CUSTOMERS_IN, REGIONS } from './marked-projects.js'
import { markedTenant } from './marked-tenant.js'

/** Types that have ids. */
export type IdKind = 'Invoice' | 'LineItem' | 'Buyer' | 'Provider' | 'Payment' | 'Contract' | 'Metric' | 'Customer'

/** A buyer and a project that do not exist, with ids of the usual form. */
export const NO_BUYER = 199
export const NO_PROJECT = 9

/** Every id in the test data, and some that do not exist. */
export function everyId(): Readonly<Record<IdKind, readonly string[]>> {
  const tenant = markedTenant()
  const projects = [...CUSTOMERS_IN.keys(), NO_PROJECT].map(project => `pj${project}`)
  const buyers = [...BUYERS, NO_BUYER]
  return {
    Invoice: [
      ...tenant.invoices.map(({ id }) => `threescale:invoice:${id}`),
      `threescale:invoice:77${NO_BUYER}`,
      ...projects.flatMap(project => BILLS.map(({ billDate }) => `catalyst:invoice:${project}:${billDate}`)),
    ],
    LineItem: [...soldLines(tenant), ...projects.flatMap(cloudLines)],
    Buyer: [
      ...buyers.map(buyer => `threescale:buyer:${accountId(buyer)}`),
      ...projects.map(project => `catalyst:buyer:${project}`),
    ],
    Provider: ['threescale:provider:4', 'threescale:provider:5', 'catalyst:provider:catalyst-cloud'],
    Payment: tenant.paymentTransactions.map(({ id, invoiceId }) => `threescale:payment:${invoiceId}:${id}`),
    Contract: buyers.map(buyer => `threescale:contract:${contractId(buyer)}`),
    Metric: ['threescale:metric:801', 'threescale:metric:899'],
    Customer: [
      ...[...CUSTOMERS, 99].map(customer => `catalyst:customer:cu-${customer}`),
      ...[...CUSTOMERS, 99].map(customer => `registry:customer:rg${customer}`),
    ],
  }
}

function soldLines({ invoices }: ThreescaleData): readonly string[] {
  return invoices.flatMap(({ id, lineItems }) => lineItems.map(line => `threescale:line-item:${id}:${line.id}`))
}

function cloudLines(project: string): readonly string[] {
  const places = Array.from({ length: 8 }, (_, place) => place)
  const billed = BILLS.flatMap(({ billDate }) =>
    places.map(place => `catalyst:line-item:${project}:${billDate}:${place}`),
  )
  const quoted = REGIONS.flatMap(region =>
    places.map(place => `catalyst:line-item:${project}:quotation-2026-11-22:${region}:${place}`),
  )
  return [...billed, ...quoted]
}
