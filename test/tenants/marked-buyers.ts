import type { ApplicationRecord } from '../../src/standin/threescale/contract-data.js'
import type { BuyerRecord } from '../../src/standin/threescale/data.js'
import { instantOf } from './tags.js'

/** The tenant's buyers: more than a guard reads one by one, and some that are deleted. */
export const BUYERS = Array.from({ length: 26 }, (_, index) => 101 + index)

/** Which of them are gone, save for their invoices. */
export const DELETED_BUYERS: readonly number[] = [125, 126]

/** A buyer's 3scale account id. */
export function accountId(buyer: number): number {
  return 5_000 + buyer
}

/** A buyer's contract. */
export function contractId(buyer: number): number {
  return 300_000 + buyer
}

/** A buyer in whose record all is its own. */
export function markedBuyer(buyer: number): BuyerRecord {
  return {
    id: accountId(buyer),
    orgName: `by${buyer} & Sons`,
    createdAt: instantOf('2026-01-05', buyer),
    updatedAt: instantOf('2026-01-05', buyer),
    state: 'approved',
    isDeleted: DELETED_BUYERS.includes(buyer),
    legalAddress: {
      lines: [`by${buyer} Quay`, `Floor by${buyer}`],
      city: `City by${buyer}`,
      state: `State by${buyer}`,
      country: `Country by${buyer}`,
      phone: `phone by${buyer}`,
      zip: `zip by${buyer}`,
    },
  }
}

/** Its contract. */
export function markedContract(buyer: number): ApplicationRecord {
  const at = instantOf('2026-01-05', buyer)
  return {
    id: contractId(buyer),
    buyerId: accountId(buyer),
    planId: 301,
    serviceId: 11,
    createdAt: at,
    updatedAt: at,
    state: 'live',
    credentials: { userKey: `key of by${buyer}`, providerVerificationKey: 'everybody' },
    name: `app by${buyer}`,
    description: `of by${buyer}`,
  }
}
