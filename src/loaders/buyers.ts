import type { Buyer } from '../domain/party.js'
import type { BillingSource } from '../domain/source.js'
import type { CatalystLoaders } from './catalyst/loaders.js'
import type { Loaders } from './loaders.js'
import { toError } from './settle.js'
import type { ThreescaleLoaders } from './threescale/loaders.js'

/** A filter for buyers. A missing member matches every buyer. */
export interface BuyerFilter {
  readonly source?: BillingSource | null | undefined
  /** Case-insensitive. */
  readonly nameContains?: string | null | undefined
}

/** Buyers of both systems, and the errors because of which others are missing. */
export interface BuyerList {
  /** Catalyst projects in the order configured, then 3scale accounts by id. */
  readonly buyers: readonly Buyer[]
  readonly failures: readonly Error[]
}

/**
 * The buyers of both systems: the configured projects, and the tenant's accounts that are not deleted.
 *
 * @throws the first failure when every system fails
 */
export async function listBuyers(loaders: Loaders, { source, nameContains }: BuyerFilter): Promise<BuyerList> {
  const { catalyst, threescale } = loaders
  const reads = [
    ...(catalyst && source !== 'THREESCALE' ? [ownProjects(catalyst)] : []),
    ...(threescale && source !== 'CATALYST' ? [allAccounts(threescale)] : []),
  ]
  const results = await Promise.all(reads)
  const failures = results.flatMap(result => result.failures)
  const [failure] = failures
  if (failure && results.every(result => result.buyers === null)) throw failure
  const buyers = results.flatMap(result => result.buyers ?? [])
  return { buyers: nameContains ? buyers.filter(({ name }) => contains(name, nameContains)) : buyers, failures }
}

/** The buyers of one system; null when it failed as a whole. */
interface BuyersOfSystem {
  readonly buyers: readonly Buyer[] | null
  readonly failures: readonly Error[]
}

async function ownProjects(catalyst: CatalystLoaders): Promise<BuyersOfSystem> {
  const { projects, failures } = await catalyst.own()
  return { buyers: projects.length === 0 ? null : projects.map(({ project }) => project), failures }
}

async function allAccounts(threescale: ThreescaleLoaders): Promise<BuyersOfSystem> {
  try {
    return { buyers: (await threescale.allAccounts()).map(({ buyer }) => buyer), failures: [] }
  } catch (error) {
    return { buyers: null, failures: [toError(error)] }
  }
}

/** Case-insensitive, but not accent-insensitive: macrons must match. */
function contains(name: string | null, part: string): boolean {
  return name?.normalize('NFC').toLowerCase().includes(part.normalize('NFC').toLowerCase()) ?? false
}
