import type { Principal } from '../../access/principal.js'
import { requireScope } from '../../access/require-scope.js'
import { maySeeBuyer } from '../../access/rules.js'
import type { Invoice } from '../../domain/invoice.js'
import type { InvoiceFilter } from '../../domain/invoice-filter.js'
import type { InvoiceSource } from '../invoice-source.js'
import type { Load } from '../load.js'
import type { ThreescaleLoaders } from './loaders.js'

/** Lists of more buyers than this are picked from the tenant's list, rather than read one by one. */
const MAX_LISTS = 20

/**
 * The loaders as one principal may use them. The gateway's own token sees every buyer of the tenant, so this is all that keeps
 * one buyer's invoices from another: what is not granted is answered as what is not there.
 */
export function authorizeThreescale(all: ThreescaleLoaders, principal: Principal): ThreescaleLoaders {
  const { details } = all
  const sees = (buyerId: string): boolean => maySeeBuyer(principal, buyerId)
  const invoices = guarded(principal, async (id: string) => {
    const invoice = await all.invoices.load(id)
    return invoice && sees(invoice.buyer.nativeId) ? invoice : null
  })
  return {
    billing: all.billing,
    invoices,
    // Whose account it is is known beforehand, so that nobody is asked in vain.
    accounts: guarded(principal, async id => (sees(id) ? all.accounts.load(id) : null)),
    byBuyer: guarded(principal, async id => (sees(id) ? all.byBuyer.load(id) : [])),
    billedBuyers: guarded(principal, async id => (sees(id) ? all.billedBuyers.load(id) : null)),
    allAccounts: async () => {
      requireScope(principal, 'billing:read')
      const { buyers } = principal.grants
      if (buyers === '*') return all.allAccounts()
      const granted = await Promise.all([...buyers].map(id => all.accounts.load(id)))
      return granted.filter(account => account !== null)
    },
    provider: guarded(principal, () => all.provider.load()),
    invoiceSources: filter => {
      requireScope(principal, 'billing:read')
      return sourcesFor(principal, all, filter)
    },
    details: {
      payments: guarded(principal, async invoiceId =>
        (await invoices.load(invoiceId)) === null ? [] : details.payments.load(invoiceId),
      ),
      contractsByBuyer: guarded(principal, async id => (sees(id) ? details.contractsByBuyer.load(id) : [])),
      contracts: guarded(principal, async id => {
        const contract = await details.contracts.load(id)
        return contract && sees(contract.buyerId) ? contract : null
      }),
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

function guarded<K, V>(principal: Principal, load: (key: K) => Promise<V>): Load<K, V> {
  return {
    load: async key => {
      requireScope(principal, 'billing:read')
      return load(key)
    },
  }
}

/** One list where all is granted, or only one buyer wanted; else a list for each buyer that is granted. */
function sourcesFor(principal: Principal, all: ThreescaleLoaders, filter: InvoiceFilter): readonly InvoiceSource[] {
  const { buyers } = principal.grants
  if (filter.buyer) return maySeeBuyer(principal, filter.buyer.nativeId) ? all.invoiceSources(filter) : []
  if (buyers === '*') return all.invoiceSources(filter)
  if (buyers.size > MAX_LISTS) {
    return all.invoiceSources(filter).map(source => picked(source, one => maySeeBuyer(principal, one.buyer.nativeId)))
  }
  return [...buyers].flatMap(nativeId => all.invoiceSources(filter).map(source => ofBuyer(source, nativeId)))
}

/** One buyer's own list, whatever buyer the question leaves open. */
function ofBuyer({ source, scan, count }: InvoiceSource, nativeId: string): InvoiceSource {
  const only = (filter: InvoiceFilter): InvoiceFilter => ({ ...filter, buyer: { source: 'THREESCALE', nativeId } })
  return {
    source,
    scan: (filter, order, start) => scan(only(filter), order, start),
    count: (filter, order) => count(only(filter), order),
  }
}

/** Those invoices of a source that fit; they are counted one by one, since the server's own count is of all. */
function picked(source: InvoiceSource, fits: (invoice: Invoice) => boolean): InvoiceSource {
  const scan: InvoiceSource['scan'] = async function* (...question) {
    for await (const invoice of source.scan(...question)) if (fits(invoice)) yield invoice
  }
  return {
    source: source.source,
    scan,
    count: async (filter, order) => {
      let found = 0
      for await (const _ of scan(filter, order, null)) found++
      return found
    },
  }
}
