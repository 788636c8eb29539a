import type { PaymentTransactionRecord } from '../../../src/standin/threescale/payment-data.js'

const common = { invoiceId: 1201, buyerId: 71, currency: 'EUR', amount: '437.69', isTest: false } as const

/** Payments in the samples, in another order. All are of invoice 1201, although that counts only two. */
export const paymentTransactions: readonly PaymentTransactionRecord[] = [
  {
    ...common,
    id: 3002,
    createdAt: new Date('2023-12-07T09:15:40Z'),
    updatedAt: new Date('2023-12-07T09:15:42Z'),
    reference: 'pi_demo_2',
    isSuccess: true,
    action: 'purchase',
    message: 'Transaction approved',
    gatewayResponse: {
      id: 'pi_demo_2',
      amount: 43769,
      livemode: true,
      captured_at: null,
      cards: [{ last4: '4242' }, { last4: '1881' }],
    },
  },
  {
    ...common,
    id: 3001,
    createdAt: new Date('2023-12-05T08:00:01Z'),
    updatedAt: new Date('2023-12-05T08:00:03Z'),
    reference: null,
    isSuccess: false,
    action: 'purchase',
    message: 'Your card was declined.',
    gatewayResponse: { error: { code: 'card_declined', charge: 'ch_demo_1', decline_code: null } },
  },
  {
    ...common,
    id: 3003,
    createdAt: new Date('2023-12-07T09:16:00Z'),
    updatedAt: new Date('2023-12-07T09:16:00Z'),
    reference: '',
    isSuccess: false,
    amount: '0',
    action: null,
    message: null,
    gatewayResponse: {},
    isTest: true,
  },
]
