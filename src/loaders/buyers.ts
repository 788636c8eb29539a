import type { Buyer } from '../domain/party.js'
import type { BillingSource } from '../domain/source.js'
import type { CatalystLoaders } from './catalyst/loaders.js'
import type { Loaders } from './loaders.js'
import { toError } from './settle.js'
import type { ThreescaleLoaders } from './threescale/loaders.js'

/** Which buyers to keep; a missing member keeps all. */
export interface BuyerFilter {
  readonly source?: BillingSource | null | undefined
  /** In any case. */
  readonly nameContains?: string | null | undefined
}

/** Buyers of both systems, and what kept others out. */
export interface BuyerList {
  /** Catalyst's projects first, in the order configured, then 3scale's accounts by id. */
  readonly buyers: readonly Buyer[]
  readonly failures: readonly Error[]
}

/**
 * Who is billed in either system: the gateway's own projects, and the tenant's accounts that are not deleted.
 *
 * @throws the first failure when no system could answer
 */
export async function listBuyers(loaders: Loaders, { source, nameContains }: BuyerFilter): Promise<BuyerList> {
  const { catalyst, threescale } = loaders
  const questions = [
    ...(catalyst && source !== 'THREESCALE' ? [ownProjects(catalyst)] : []),
    ...(threescale && source !== 'CATALYST' ? [allAccounts(threescale)] : []),
  ]
  const answers = await Promise.all(questions)
  const failures = answers.flatMap(answer => answer.failures)
  const [failure] = failures
  if (failure && answers.every(answer => answer.buyers === null)) throw failure
  const buyers = answers.flatMap(answer => answer.buyers ?? [])
  return { buyers: nameContains ? buyers.filter(({ name }) => contains(name, nameContains)) : buyers, failures }
}

/** What one system tells; null when it could not answer at all. */
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

/** Macrons count: a buyer is found as its name is written. */
function contains(name: string | null, part: string): boolean {
  return name?.normalize('NFC').toLowerCase().includes(part.normalize('NFC').toLowerCase()) ?? false
}
