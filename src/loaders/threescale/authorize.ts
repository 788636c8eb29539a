import type { Principal } from '../../access/principal.js'
import { maySeeBuyer, requireScope } from '../../access/rules.js'
import type { Invoice } from '../../domain/invoice.js'
import { ALL_INVOICES, type InvoiceFilter } from '../../domain/invoice-filter.js'
import type { YearMonth } from '../../domain/period.js'
import type { InvoiceSource } from '../invoice-source.js'
import type { Load } from '../load.js'
import type { ThreescaleLoaders } from './loaders.js'

/** With more buyers granted than this, their invoices are filtered from the tenant's list instead of read buyer by buyer. */
const MAX_LISTS = 20

/**
 * Loaders limited to a principal's grants. The gateway's own token sees every buyer of the tenant, so only this separates buyers:
 * a record that is not granted looks like one that does not exist.
 *
 * @param all by id, it has only the granted buyers' invoices and contracts: any other takes the same calls as a missing one
 */
export function authorizeThreescale(all: ThreescaleLoaders, principal: Principal): ThreescaleLoaders {
  const { details } = all
  const sees = (buyerId: string): boolean => maySeeBuyer(principal, buyerId)
  const invoices = requiring(principal, (id: string) => all.invoices.load(id))
  return {
    billing: all.billing,
    invoices,
    // An account's id is the buyer's, so no call is needed to refuse it.
    accounts: requiring(principal, async id => (sees(id) ? all.accounts.load(id) : null)),
    byBuyer: requiring(principal, async id => (sees(id) ? all.byBuyer.load(id) : [])),
    byMonth: requiring(principal, async key => (sees(key.buyerId) ? all.byMonth.load(key) : [])),
    billedBuyers: requiring(principal, async id => (sees(id) ? all.billedBuyers.load(id) : null)),
    allAccounts: async () => {
      requireScope(principal, 'billing:read')
      const { buyers } = principal.grants
      if (buyers === '*') return all.allAccounts()
      const granted = await Promise.all([...buyers].map(id => all.accounts.load(id)))
      return granted.filter(account => account !== null)
    },
    provider: requiring(principal, () => all.provider.load()),
    streamMonth: async function* (month) {
      requireScope(principal, 'billing:read')
      yield* streamVisible(principal, all, month)
    },
    invoiceSources: filter => {
      requireScope(principal, 'billing:read')
      return sourcesFor(principal, all, filter)
    },
    details: {
      payments: requiring(principal, async invoiceId =>
        (await invoices.load(invoiceId)) === null ? [] : details.payments.load(invoiceId),
      ),
      contractsByBuyer: requiring(principal, async id => (sees(id) ? details.contractsByBuyer.load(id) : [])),
      contracts: requiring(principal, id => details.contracts.load(id)),
      metrics: async () => {
        requireScope(principal, 'billing:read')
        return details.metrics()
      },
      plans: async () => {
        requireScope(principal, 'billing:read')
        return details.plans()
      },
    },
  }
}

/** A loader that requires the scope billing:read. */
function requiring<K, V>(principal: Principal, load: (key: K) => Promise<V>): Load<K, V> {
  return {
    load: async key => {
      requireScope(principal, 'billing:read')
      return load(key)
    },
  }
}

/** One list when all buyers are granted or the filter names one; otherwise one per granted buyer. */
function sourcesFor(principal: Principal, all: ThreescaleLoaders, filter: InvoiceFilter): readonly InvoiceSource[] {
  const { buyers } = principal.grants
  if (filter.buyer) return maySeeBuyer(principal, filter.buyer.nativeId) ? all.invoiceSources(filter) : []
  if (buyers === '*') return all.invoiceSources(filter)
  if (buyers.size > MAX_LISTS) {
    return all.invoiceSources(filter).map(source => filtered(source, one => maySeeBuyer(principal, one.buyer.nativeId)))
  }
  return [...buyers].flatMap(nativeId => all.invoiceSources({ ...filter, buyer: { source: 'THREESCALE', nativeId } }))
}

/** The tenant's invoices of a month, filtered; with few buyers granted, their own lists. */
async function* streamVisible(principal: Principal, all: ThreescaleLoaders, month: YearMonth): AsyncGenerator<Invoice> {
  const { buyers } = principal.grants
  if (buyers === '*' || buyers.size > MAX_LISTS) {
    for await (const invoice of all.streamMonth(month)) {
      if (maySeeBuyer(principal, invoice.buyer.nativeId)) yield invoice
    }
    return
  }
  const filter = { ...ALL_INVOICES, from: month, to: month }
  for (const source of sourcesFor(principal, all, filter)) yield* source.all('PERIOD_ASC')
}

/** The visible invoices of a source. They are counted one by one, because the server counts all invoices. */
function filtered(source: InvoiceSource, isVisible: (invoice: Invoice) => boolean): InvoiceSource {
  const visible = async function* (invoices: AsyncIterable<Invoice>): AsyncGenerator<Invoice> {
    for await (const invoice of invoices) if (isVisible(invoice)) yield invoice
  }
  const scan: InvoiceSource['scan'] = (order, start) => visible(source.scan(order, start))
  return {
    source: source.source,
    scan,
    all: order => visible(source.all(order)),
    count: async order => {
      let found = 0
      for await (const _ of scan(order, null)) found++
      return found
    },
  }
}
