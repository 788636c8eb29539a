/** One attempt to charge a card that reached the payment gateway. */
export interface PaymentTransactionRecord {
  readonly id: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly invoiceId: number
  readonly buyerId: number
  readonly reference: string | null
  readonly isSuccess: boolean
  /** Exact decimal text. */
  readonly amount: string
  readonly currency: string
  readonly action: string | null
  readonly message: string | null
  /** What the gateway answered, as it came: it can hold card and customer details. */
  readonly gatewayResponse: GatewayObject
  readonly isTest: boolean
}

/** A value of a gateway's answer; a symbol is Ruby's. */
export type GatewayValue = string | number | boolean | symbol | null | readonly GatewayObject[] | GatewayObject

/** Named values of a gateway's answer, in its order. */
export interface GatewayObject {
  readonly [name: string]: GatewayValue
}
