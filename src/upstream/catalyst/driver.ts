import type * as wire from './wire.js'

/**
 * The two kinds of rating server. `odoo`: invoices of an ERP, of all regions in one response. `jsonfile`: invoices computed
 * from the usage of the region that is called.
 */
export type CatalystDriver = 'odoo' | 'jsonfile'

/** The driver by a price list: only an ERP has full names. Undefined for a list without prices. */
export function driverOfProducts({ products }: wire.Products): CatalystDriver | undefined {
  const priced = products.flatMap(([, categories]) => categories.flatMap(([, list]) => list))
  if (priced.length === 0) return undefined
  return priced.some(product => product.full_name !== undefined) ? 'odoo' : 'jsonfile'
}

/** The driver by detailed invoices: only lines computed from usage have a resource id. Undefined without any line. */
export function driverOfInvoices({ invoices }: wire.Invoices): CatalystDriver | undefined {
  const lines = invoices.flatMap(([, { details = [] }]) =>
    details.flatMap(([, { breakdown }]) => breakdown.flatMap(([, list]) => list)),
  )
  if (lines.length === 0) return undefined
  return lines.some(line => line.resource_id !== undefined) ? 'jsonfile' : 'odoo'
}
