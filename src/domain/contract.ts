/** What a buyer has agreed to pay for. */
export interface Plan {
  readonly nativeId: string
  readonly name: string
  /** `application_plan`, `service_plan`, `account_plan` */
  readonly type: string
}

/** A buyer's contract: 3scale's application. */
export interface Contract {
  readonly kind: 'Contract'
  readonly nativeId: string
  readonly name: string | null
  /** 3scale's own word: live, pending, suspended. */
  readonly state: string
  readonly plan: Plan
  /** 3scale account id. */
  readonly buyerId: string
}
