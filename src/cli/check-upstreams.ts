import type { Loaders } from '../loaders/loaders.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import { checkCatalyst } from './check-catalyst.js'
import { type CheckResult, checkPart } from './check-result.js'

/** Checks each part of the configured upstreams with its credential and as small a read as there is. */
export async function checkUpstreams({ catalyst, threescale }: Loaders): Promise<readonly CheckResult[]> {
  const results = await Promise.all([
    catalyst ? checkCatalyst(catalyst.billing) : [],
    threescale ? checkThreescale(threescale.billing) : [],
  ])
  return results.flat()
}

async function checkThreescale(billing: ThreescaleBilling): Promise<readonly CheckResult[]> {
  let buyerId = '1'
  const invoices = await checkPart('3scale, Billing API', async () => {
    const page = await billing.invoicePage({ page: 1, perPage: 1, direction: 'desc' })
    buyerId = page.invoices[0]?.buyer.nativeId ?? buyerId
  })
  // 3scale checks the token's scopes before it looks for the account, so an account that does not exist passes as well.
  const accounts = await checkPart('3scale, Account Management API', () => billing.account(buyerId))
  return [invoices, accounts]
}
