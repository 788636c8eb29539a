/** A 3scale plan: the pricing that a buyer has subscribed to. */
export interface Plan {
  readonly nativeId: string
  readonly name: string
  /** `application_plan`, `service_plan`, `account_plan` */
  readonly type: string
}

/** A buyer's contract. 3scale: application. */
export interface Contract {
  readonly kind: 'Contract'
  readonly nativeId: string
  readonly name: string | null
  /** As named by 3scale: live, pending, suspended. */
  readonly state: string
  readonly plan: Plan
  /** 3scale account id. */
  readonly buyerId: string
}
