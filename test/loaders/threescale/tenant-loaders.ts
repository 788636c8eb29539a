import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { ALL_INVOICES, type InvoiceFilter } from '../../../src/domain/invoice-filter.js'
import type { Load } from '../../../src/loaders/load.js'
import { createLoaders, type Loaders } from '../../../src/loaders/loaders.js'
import { createThreescaleInvoices, type ThreescaleInvoices } from '../../../src/loaders/threescale/invoices.js'
import type { ThreescaleLoaders } from '../../../src/loaders/threescale/loaders.js'
import { createThreescalePages, type ThreescalePages } from '../../../src/loaders/threescale/pages.js'
import type { ThreescaleBilling } from '../../../src/upstream/threescale/billing.js'
import { clock } from '../../upstream/threescale/billing-stand-in.js'

/** A filter of 3scale's invoices that keeps all but what `filter` says. */
export function threescaleFilter(filter: Partial<InvoiceFilter> = {}): InvoiceFilter {
  return { ...ALL_INVOICES, sources: ['THREESCALE'], ...filter }
}

/** The loaders of one request, 3scale alone being configured. */
export function freshRequest(billing: ThreescaleBilling): Loaders & { readonly threescale: ThreescaleLoaders } {
  const loaders = createLoaders({ catalyst: null, threescale: billing }, clock, FULL_ACCESS)
  if (!loaders.threescale) throw new Error('no loaders of 3scale')
  return { ...loaders, threescale: loaders.threescale }
}

/** Many keys in one batch; a key that fails gives its error. */
export function loadMany<K, V>(loader: Load<K, V>, keys: readonly K[]): Promise<(V | Error)[]> {
  return Promise.all(keys.map(key => loader.load(key).catch((error: Error) => error)))
}

/** The pages of invoices, which no guard hands on. */
export function openPages(billing: ThreescaleBilling): ThreescalePages {
  const invoices: ThreescaleInvoices = createThreescaleInvoices(
    billing,
    () => true,
    page => pages.load(page),
  )
  const pages: ThreescalePages = createThreescalePages(billing, () => true, invoices)
  return pages
}
