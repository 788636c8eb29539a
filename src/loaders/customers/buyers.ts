import type { Buyer } from '../../domain/party.js'
import type { Loaders } from '../loaders.js'
import { loadBuyer } from '../parties.js'
import { toError } from '../settle.js'

/** Buyers of a customer, and the errors because of which some of them have no details. */
export interface BuyersOfCustomer {
  readonly buyers: readonly Buyer[]
  readonly failures: readonly Error[]
}

/** The 3scale buyers with these native ids, in that order. One that 3scale does not have is left out; one that fails has its id only. */
export async function loadBuyersOf(loaders: Loaders, nativeIds: readonly string[]): Promise<BuyersOfCustomer> {
  const failures: Error[] = []
  const buyers = await Promise.all(
    nativeIds.map(nativeId =>
      loadBuyer(loaders, 'THREESCALE', nativeId).catch((error: unknown): Buyer => {
        failures.push(toError(error))
        return { kind: 'Buyer', source: 'THREESCALE', nativeId, name: null, deleted: false, address: null }
      }),
    ),
  )
  return { buyers: buyers.filter(buyer => buyer !== null), failures }
}
