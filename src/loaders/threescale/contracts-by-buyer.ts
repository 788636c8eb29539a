import DataLoader from 'dataloader'
import type { Contract } from '../../domain/contract.js'
import type { ThreescaleBilling } from '../../upstream/threescale/billing.js'
import { settle, toError } from '../settle.js'

/** Key: 3scale account id. Value: the buyer's contracts; `[]` for a buyer without contracts, and for an unknown buyer. */
export type ContractsByBuyer = DataLoader<string, readonly Contract[]>

/**
 * For one buyer, reads its applications. For many, reads all applications and groups them, if that takes no more calls than one per
 * buyer.
 */
export function createContractsByBuyer(billing: ThreescaleBilling): ContractsByBuyer {
  return new DataLoader(
    async ids => {
      const [id] = ids
      if (ids.length === 1 && id !== undefined) return settle(ids, buyerId => billing.contractsOf(buyerId))
      const all = await readAll(billing, ids.length).catch(toError)
      if (all instanceof Error) return ids.map(() => all)
      if (all === null) return settle(ids, buyerId => billing.contractsOf(buyerId))
      const byBuyer = Map.groupBy(all, contract => contract.buyerId)
      return ids.map(buyerId => byBuyer.get(buyerId) ?? [])
    },
    { name: 'contractsByBuyer' },
  )
}

/** All contracts; null when the list has more pages than `maxPages`. */
async function readAll(billing: ThreescaleBilling, maxPages: number): Promise<readonly Contract[] | null> {
  const { totalPages, items } = await billing.contractPage(1)
  if (totalPages > maxPages) return null
  const contracts = [...items]
  for (let page = 2; page <= totalPages; page++) contracts.push(...(await billing.contractPage(page)).items)
  return contracts
}
