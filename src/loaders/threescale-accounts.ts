import DataLoader from 'dataloader'
import type { BuyerAccount } from '../domain/party.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import { settle } from './settle.js'

/** Key: 3scale account id. Value: the buyer's account, or null when the tenant has none such. */
export type ThreescaleAccounts = DataLoader<string, BuyerAccount | null>

/** One call an account. */
export function createThreescaleAccounts(billing: ThreescaleBilling): ThreescaleAccounts {
  return new DataLoader(ids => settle(ids, id => billing.account(id)), { name: 'threescaleAccounts' })
}
