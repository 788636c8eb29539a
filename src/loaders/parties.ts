import type { Buyer, Provider } from '../domain/party.js'
import type { BillingSource } from '../domain/source.js'
import { UpstreamDeniedError } from '../upstream/http/errors.js'
import type { Loaders } from './loaders.js'
import type { ThreescaleLoaders } from './threescale/loaders.js'

/** A buyer by its native id; null when it does not exist or its system is not configured. */
export async function loadBuyer(loaders: Loaders, source: BillingSource, nativeId: string): Promise<Buyer | null> {
  if (source === 'CATALYST') return (await loaders.catalyst?.projects.load(nativeId)) ?? null
  return loaders.threescale && loadThreescaleBuyer(loaders.threescale, nativeId)
}

/** The state of a buyer as named by 3scale; null for a project and a deleted buyer. */
export async function loadBuyerState(loaders: Loaders, buyer: Buyer): Promise<string | null> {
  if (buyer.source === 'CATALYST' || buyer.deleted) return null
  return (await loaders.threescale?.accounts.load(buyer.nativeId))?.state ?? null
}

/** A provider by its native id; null when it does not exist or its system is not configured. */
export async function loadProvider(
  loaders: Loaders,
  source: BillingSource,
  nativeId: string,
): Promise<Provider | null> {
  if (source === 'CATALYST') {
    const provider = loaders.catalyst?.billing.provider
    return provider?.nativeId === nativeId ? provider : null
  }
  const provider = await loaders.threescale?.provider.load()
  return provider?.nativeId === nativeId ? provider : null
}

async function loadThreescaleBuyer(threescale: ThreescaleLoaders, id: string): Promise<Buyer | null> {
  try {
    const account = await threescale.accounts.load(id)
    if (account) return account.buyer
  } catch (error) {
    // A token for billing alone may not read accounts, but the buyer's invoices contain its name.
    if (!(error instanceof UpstreamDeniedError)) throw error
  }
  return threescale.billedBuyers.load(id)
}
