import type { NamedText } from './named-texts.js'

/** The states of an application or a subscription. */
export type ContractState = 'pending' | 'live' | 'suspended'

/** What every kind of contract has; all kinds share one space of ids. */
export interface ContractRecord {
  readonly id: number
  readonly buyerId: number
  readonly planId: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** An application: a contract of a buyer with one service. */
export interface ApplicationRecord extends ContractRecord {
  readonly state: ContractState
  readonly serviceId: number
  readonly firstTrafficAt?: Date
  readonly firstDailyTrafficAt?: Date
  /** Secrets, by the service's way of identifying. */
  readonly credentials: ApplicationCredentials
  readonly name: string
  /** Printed unless blank. */
  readonly description?: string
  /** Names and values in printing order. */
  readonly extraFields?: readonly NamedText[]
}

/** One key, or an id that is public and keys that are not. */
export type ApplicationCredentials =
  | { readonly userKey: string; readonly providerVerificationKey: string }
  | { readonly applicationId: string; readonly keys: readonly string[] }

/** A subscription to a service as such, beside any application. */
export interface SubscriptionRecord extends ContractRecord {
  readonly state: ContractState
  readonly serviceId: number
  readonly paidUntil: Date
  /** Exact decimal text. */
  readonly setupFee: string
}
