/** Attempt to charge a card that reached the payment gateway. */
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
  /** Unchanged response of the gateway. It can contain card and customer details. */
  readonly gatewayResponse: GatewayObject
  readonly isTest: boolean
}

/** Value in a gateway's response; `symbol` is a Ruby symbol. */
export type GatewayValue = string | number | boolean | symbol | null | readonly GatewayObject[] | GatewayObject

/** Named values of a gateway's response, in its order. */
export interface GatewayObject {
  readonly [name: string]: GatewayValue
}
