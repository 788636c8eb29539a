import type { ApplicationRecord } from '../../src/standin/threescale/contract-data.js'
import type { BuyerRecord } from '../../src/standin/threescale/data.js'
import { instantOf } from './tags.js'

/** Numbers of the tenant's buyers: more than authorization reads one by one, some of them deleted. */
export const BUYERS = Array.from({ length: 26 }, (_, index) => 101 + index)

/** Deleted buyers. Only their invoices remain. */
export const DELETED_BUYERS: readonly number[] = [125, 126]

/** A buyer's 3scale account id. */
export function accountId(buyer: number): number {
  return 5_000 + buyer
}

/** Id of a buyer's contract. */
export function contractId(buyer: number): number {
  return 300_000 + buyer
}

/** A buyer whose record carries its tag in every field. */
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

/** The buyer's contract. */
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
    credentials: { userKey: `key of by${buyer}`, providerVerificationKey: 'shared' },
    name: `app by${buyer}`,
    description: `of by${buyer}`,
  }
}
