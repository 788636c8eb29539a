import type { Principal } from '../access/principal.js'
import { maySeeBuyer } from '../access/rules.js'
import { type CustomerRegistry, EMPTY_REGISTRY } from '../domain/customer-registry.js'
import type { Clock } from '../request/clock.js'
import type { BillingSystems } from '../upstream/billing-systems.js'
import { authorizeCatalyst } from './catalyst/authorize.js'
import { type CatalystLoaders, createCatalystLoaders } from './catalyst/loaders.js'
import { once } from './settle.js'
import { authorizeThreescale } from './threescale/authorize.js'
import { createThreescaleLoaders, type ThreescaleLoaders } from './threescale/loaders.js'

/** The data loaders of one request. Each record is read once per request. */
export interface Loaders {
  /** Null when Catalyst is not configured. */
  readonly catalyst: CatalystLoaders | null
  /** Null when 3scale is not configured. */
  readonly threescale: ThreescaleLoaders | null
  /** The customer registry during this request. It is not limited to the caller's grants. */
  readonly registry: CustomerRegistry
  readonly clock: Clock
  readonly principal: Principal
}

/**
 * Loaders limited to what the principal may see. Never share them between requests or callers.
 *
 * The loaders of a system are created on first use: most queries read one system.
 */
export function createLoaders(
  systems: BillingSystems,
  clock: Clock,
  principal: Principal,
  registry: CustomerRegistry = EMPTY_REGISTRY,
): Loaders {
  const catalyst = once(() => systems.catalyst && authorizeCatalyst(createCatalystLoaders(systems.catalyst), principal))
  const sees = (buyerId: string): boolean => maySeeBuyer(principal, buyerId)
  const threescale = once(
    () => systems.threescale && authorizeThreescale(createThreescaleLoaders(systems.threescale, sees), principal),
  )
  return {
    get catalyst() {
      return catalyst()
    },
    get threescale() {
      return threescale()
    },
    registry,
    clock,
    principal,
  }
}
