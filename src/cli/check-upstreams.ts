import type { Loaders } from '../loaders/loaders.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import { checkCatalyst } from './check-catalyst.js'
import { attempt, type Finding } from './check-result.js'

/** Everything that is configured, tried as it is used: with its credential, for figures, though for few of them. */
export async function findings({ catalyst, threescale }: Loaders): Promise<readonly Finding[]> {
  const found = await Promise.all([
    catalyst ? checkCatalyst(catalyst.billing) : [],
    threescale ? checkThreescale(threescale.billing) : [],
  ])
  return found.flat()
}

async function checkThreescale(billing: ThreescaleBilling): Promise<readonly Finding[]> {
  let buyerId = '1'
  const invoices = await attempt('3scale, Billing API', async () => {
    const page = await billing.invoicePage({ page: 1, perPage: 1, direction: 'desc' })
    buyerId = page.invoices[0]?.buyer.nativeId ?? buyerId
  })
  // Rights are looked at before the account is: that there is none such is an answer as well.
  const accounts = await attempt('3scale, Account Management API', () => billing.account(buyerId))
  return [invoices, accounts]
}
