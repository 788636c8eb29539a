import type { InvoiceFilter } from '../../src/domain/invoice-filter.js'
import { createLoaders, type Loaders, type ThreescaleLoaders } from '../../src/loaders/loaders.js'
import type { ThreescaleBilling } from '../../src/upstream/threescale/billing.js'
import { clock } from '../upstream/threescale/billing-stand-in.js'

/** A filter of 3scale's invoices that keeps all but what `filter` says. */
export function threescaleFilter(filter: Partial<InvoiceFilter> = {}): InvoiceFilter {
  return { sources: ['THREESCALE'], states: null, from: null, to: null, buyer: null, number: null, ...filter }
}

/** The loaders of one request, 3scale alone being configured. */
export function freshRequest(billing: ThreescaleBilling): Loaders & { readonly threescale: ThreescaleLoaders } {
  const loaders = createLoaders({ catalyst: null, threescale: billing }, clock)
  if (!loaders.threescale) throw new Error('no loaders of 3scale')
  return { ...loaders, threescale: loaders.threescale }
}
