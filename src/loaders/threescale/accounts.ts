import DataLoader from 'dataloader'
import type { BuyerAccount } from '../../domain/party.js'
import type { ThreescaleBilling } from '../../upstream/threescale/billing.js'
import { loadMany } from './load-many.js'

/** Key: 3scale account id. Value: the buyer's account; null when the tenant has no such account. */
export type ThreescaleAccounts = DataLoader<string, BuyerAccount | null>

/** One call per account; large batches are searched in the list of all accounts. */
export function createThreescaleAccounts(billing: ThreescaleBilling): ThreescaleAccounts {
  const list = {
    readPage: (page: number) => billing.accountPage(page),
    idOf: ({ buyer }: BuyerAccount) => buyer.nativeId,
  }
  return new DataLoader(ids => loadMany(ids, list, id => billing.account(id)), { name: 'threescaleAccounts' })
}

/** Loads all buyers that are not deleted, by id, and primes the accounts with them. */
export async function loadAllAccounts(
  billing: ThreescaleBilling,
  accounts: ThreescaleAccounts,
): Promise<readonly BuyerAccount[]> {
  const all = await billing.accounts()
  for (const account of all) accounts.prime(account.buyer.nativeId, account)
  return all
}
