import type * as wire from './wire.js'

/**
 * The two kinds of rating server. `odoo`: bills of an ERP, of all regions in one answer. `jsonfile`: bills computed from
 * the usage of the one region that was asked.
 */
export type CatalystDriver = 'odoo' | 'jsonfile'

/** What a price list tells: only the ERP knows full names. Undefined when it prices nothing. */
export function driverOfProducts({ products }: wire.Products): CatalystDriver | undefined {
  const priced = products.flatMap(([, categories]) => categories.flatMap(([, list]) => list))
  if (priced.length === 0) return undefined
  return priced.some(product => product.full_name !== undefined) ? 'odoo' : 'jsonfile'
}

/** What detailed bills tell: only lines computed from usage name the resource's id. Undefined without any line. */
export function driverOfInvoices({ invoices }: wire.Invoices): CatalystDriver | undefined {
  const lines = invoices.flatMap(([, { details = [] }]) =>
    details.flatMap(([, { breakdown }]) => breakdown.flatMap(([, list]) => list)),
  )
  if (lines.length === 0) return undefined
  return lines.some(line => line.resource_id !== undefined) ? 'jsonfile' : 'odoo'
}
