import type { Buyer } from '../domain/party.js'
import type { BillingSource } from '../domain/source.js'
import type { Loaders } from './loaders.js'
import { toError } from './settle.js'

/** Which buyers to keep; a missing member keeps all. */
export interface BuyerFilter {
  readonly source?: BillingSource | null | undefined
  /** In any case. */
  readonly nameContains?: string | null | undefined
}

/** Buyers of both systems, and what kept others out. */
export interface BuyerList {
  /** Catalyst's project first, then 3scale's accounts by id. */
  readonly buyers: readonly Buyer[]
  readonly failures: readonly Error[]
}

/**
 * Who is billed in either system: the gateway's own project, and the tenant's accounts that are not deleted.
 *
 * @throws the first failure when no system could answer
 */
export async function listBuyers(loaders: Loaders, { source, nameContains }: BuyerFilter): Promise<BuyerList> {
  const { catalyst, threescale } = loaders
  const questions = [
    ...(catalyst && source !== 'THREESCALE' ? [ownProject(loaders)] : []),
    ...(threescale && source !== 'CATALYST' ? [allAccounts(loaders)] : []),
  ]
  const answers = await Promise.all(questions.map(question => question.catch(toError)))
  const failures = answers.filter(answer => answer instanceof Error)
  const [failure] = failures
  if (failure && failures.length === answers.length) throw failure
  const buyers = answers.flatMap(answer => (answer instanceof Error ? [] : answer))
  return { buyers: nameContains ? buyers.filter(({ name }) => contains(name, nameContains)) : buyers, failures }
}

async function ownProject({ catalyst }: Loaders): Promise<readonly Buyer[]> {
  const project = catalyst && (await catalyst.projects.load(await catalyst.billing.ownProjectId()))
  return project ? [project] : []
}

async function allAccounts({ threescale }: Loaders): Promise<readonly Buyer[]> {
  return ((await threescale?.allAccounts()) ?? []).map(({ buyer }) => buyer)
}

/** Macrons count: a buyer is found as its name is written. */
function contains(name: string | null, part: string): boolean {
  return name?.normalize('NFC').toLowerCase().includes(part.normalize('NFC').toLowerCase()) ?? false
}
