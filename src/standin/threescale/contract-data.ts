import type { NamedText } from './named-texts.js'

/** State of an application or a subscription. */
export type ContractState = 'pending' | 'live' | 'suspended'

/** Members of every kind of contract. All kinds share one id sequence. */
export interface ContractRecord {
  readonly id: number
  readonly buyerId: number
  readonly planId: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Application: a contract of a buyer with one service. */
export interface ApplicationRecord extends ContractRecord {
  readonly state: ContractState
  readonly serviceId: number
  readonly firstTrafficAt?: Date
  readonly firstDailyTrafficAt?: Date
  /** Secrets, in the form of the service's authentication. */
  readonly credentials: ApplicationCredentials
  readonly name: string
  /** Not printed if blank. */
  readonly description?: string
  /** Names and values in printing order. */
  readonly extraFields?: readonly NamedText[]
}

/** Credentials of an application: one key, or a public id and secret keys. */
export type ApplicationCredentials =
  | { readonly userKey: string; readonly providerVerificationKey: string }
  | { readonly applicationId: string; readonly keys: readonly string[] }

/** Subscription to a service, independent of applications. */
export interface SubscriptionRecord extends ContractRecord {
  readonly state: ContractState
  readonly serviceId: number
  readonly paidUntil: Date
  /** Exact decimal text. */
  readonly setupFee: string
}
