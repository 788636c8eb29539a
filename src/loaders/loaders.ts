import type { Principal } from '../access/principal.js'
import type { Clock } from '../request/clock.js'
import type { BillingSystems } from '../upstream/billing-systems.js'
import { authorizeCatalyst } from './catalyst/authorize.js'
import { type CatalystLoaders, createCatalystLoaders } from './catalyst/loaders.js'
import { authorizeThreescale } from './threescale/authorize.js'
import { createThreescaleLoaders, type ThreescaleLoaders } from './threescale/loaders.js'

/** One loader a question, for one request of one caller: what is asked twice is fetched once. */
export interface Loaders {
  readonly catalyst: CatalystLoaders | null
  readonly threescale: ThreescaleLoaders | null
  readonly clock: Clock
  readonly principal: Principal
}

/** A fresh set, as the principal may use it: they must never outlive the request, nor be shared between callers. */
export function createLoaders({ catalyst, threescale }: BillingSystems, clock: Clock, principal: Principal): Loaders {
  return {
    catalyst: catalyst && authorizeCatalyst(createCatalystLoaders(catalyst), principal),
    threescale: threescale && authorizeThreescale(createThreescaleLoaders(threescale), principal),
    clock,
    principal,
  }
}
