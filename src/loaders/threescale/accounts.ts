import DataLoader from 'dataloader'
import type { BuyerAccount } from '../../domain/party.js'
import type { ThreescaleBilling } from '../../upstream/threescale/billing.js'
import { loadMany } from './load-many.js'

/** Key: 3scale account id. Value: the buyer's account, or null when the tenant has none such. */
export type ThreescaleAccounts = DataLoader<string, BuyerAccount | null>

/** One call an account; many are looked up in the list of all. */
export function createThreescaleAccounts(billing: ThreescaleBilling): ThreescaleAccounts {
  const list = {
    ask: (page: number) => billing.accountPage(page),
    idOf: ({ buyer }: BuyerAccount) => buyer.nativeId,
  }
  return new DataLoader(ids => loadMany(ids, list, id => billing.account(id)), { name: 'threescaleAccounts' })
}

/** All buyers that are not deleted, by id; read once, and then known one by one as well. */
export type AllAccounts = () => Promise<readonly BuyerAccount[]>

/** Reads the tenant's buyers, page by page. */
export function createAllAccounts(billing: ThreescaleBilling, accounts: ThreescaleAccounts): AllAccounts {
  const read = async (): Promise<readonly BuyerAccount[]> => {
    const all = await billing.accounts()
    for (const account of all) accounts.prime(account.buyer.nativeId, account)
    return all
  }
  let asked: ReturnType<AllAccounts> | undefined
  return () => {
    asked ??= read()
    return asked
  }
}
