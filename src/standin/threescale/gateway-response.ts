import { parseDecimal, round } from './decimal.js'
import type { PaymentTransactionRecord } from './payment-data.js'

/** Charge attempt at a payment gateway, and its result. */
export interface GatewayAttempt {
  readonly id: number
  readonly isSuccess: boolean
  /** Exact decimal text. */
  readonly amount: string
  readonly currency: string
  readonly isTest: boolean
}

/** Gateway's part of a transaction. It includes card and customer details, as real ones do. */
export function toGatewayResponse(
  attempt: GatewayAttempt,
): Pick<PaymentTransactionRecord, 'reference' | 'message' | 'gatewayResponse'> {
  const { id, isSuccess, currency, isTest } = attempt
  const reference = `pi_demo_${id}`
  const card = { number: 'demo-secret-card-4242', last4: '4242', exp_month: 9, wallet: null }
  if (!isSuccess) {
    const error = { code: 'card_declined', charge: `ch_demo_${id}`, decline_code: null, card }
    return { reference: null, message: 'Your card was declined.', gatewayResponse: { error } }
  }
  const gatewayResponse = {
    id: reference,
    object: Symbol('payment_intent'),
    amount: cents(attempt.amount),
    currency: currency.toLowerCase(),
    livemode: !isTest,
    captured_at: null,
    client_secret: 'demo-secret-payment-intent',
    customer: { email: 'demo-secret-customer@harbour.example', name: 'demo-secret-cardholder' },
    metadata: {},
    cards: [card],
  }
  return { reference, message: 'Transaction approved', gatewayResponse }
}

function cents(amount: string): number {
  const { isNegative, magnitude, scale } = round(parseDecimal(amount), 2)
  return Number((isNegative ? -magnitude : magnitude) * 10n ** BigInt(2 - scale))
}
