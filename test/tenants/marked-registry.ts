import type { CustomerRegistry } from '../../src/domain/customer-registry.js'
import { accountId } from './marked-buyers.js'

/** A registered customer, by tags: its key and name contain `rg1`, its prefix is `cu-1`. */
export interface Registered {
  readonly customer: number
  /** The only project of its claim, so that no cost adds up several projects. */
  readonly project: number
  readonly buyer: number
}

/** The registered customers, the first one of the registry first. */
export const REGISTERED: readonly Registered[] = [
  { customer: 1, project: 1, buyer: 104 },
  { customer: 10, project: 3, buyer: 105 },
  { customer: 2, project: 5, buyer: 115 },
  { customer: 20, project: 1, buyer: 106 },
  { customer: 3, project: 4, buyer: 113 },
]

/** A registry in which every text of a customer carries its tag. */
export const MARKED_REGISTRY: CustomerRegistry = {
  customers: REGISTERED.map(({ customer, project, buyer }) => ({
    key: `rg${customer}`,
    name: `rg${customer} hosting`,
    claims: [
      { prefix: `cu-${customer}`, match: 'SEGMENT', projectId: `pj${project}`, from: null, until: null, except: [] },
    ],
    buyers: [String(accountId(buyer))],
  })),
  pools: [],
  exchangeRates: [],
}
