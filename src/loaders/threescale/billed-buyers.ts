import DataLoader from 'dataloader'
import type { Buyer } from '../../domain/party.js'
import { settle, toError } from '../settle.js'
import { walkInvoices } from './invoice-walk.js'
import { isTenantListShorter } from './invoices-by-buyer.js'
import type { ThreescalePages } from './pages.js'

/** Key: 3scale account id. Value: the buyer as on its newest invoice; null for a buyer that was never billed. */
export type BilledBuyers = DataLoader<string, Buyer | null>

/**
 * For one buyer, reads the first invoice of its own list. For many, reads the tenant's list until each was found, if the whole list
 * takes no more calls than one list per buyer.
 */
export function createBilledBuyers(pages: ThreescalePages): BilledBuyers {
  return new DataLoader(
    async ids => {
      if (ids.length === 1 || !(await isTenantListShorter(pages, ids.length))) {
        return settle(ids, async id => (await findBuyers(pages, [id], id)).get(id) ?? null)
      }
      const found = await findBuyers(pages, ids).catch(toError)
      return ids.map(id => (found instanceof Error ? found : (found.get(id) ?? null)))
    },
    { name: 'billedBuyers' },
  )
}

/** @param buyerId searches this buyer's own list instead of the tenant's */
async function findBuyers(
  pages: ThreescalePages,
  ids: readonly string[],
  buyerId?: string,
): Promise<ReadonlyMap<string, Buyer>> {
  const missing = new Set(ids)
  const found = new Map<string, Buyer>()
  for await (const { buyer } of walkInvoices(page => pages.load(page), { buyerId }, 'PERIOD_DESC')) {
    if (missing.delete(buyer.nativeId)) found.set(buyer.nativeId, buyer)
    if (missing.size === 0) break
  }
  return found
}
