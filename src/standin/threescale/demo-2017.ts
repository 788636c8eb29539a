import type { InvoiceRecord } from './data.js'
import { manualLine } from './demo-draft.js'

const BUYER_ID = 101
const MONTH = '2017-07'

/** Below the ids of the demo's other invoices and lines, which are younger. */
const INVOICE_ID = 1000
const FIRST_LINE_ID = 8991

/**
 * The invoice for customer-wcc's resources of July 2017: six of the seven lines of the cloud bill, 70.26 of 81.69 without tax. The
 * line of customer-wcc-gdc, 11.43, was forgotten. Each line's marker says what it on-charges.
 */
export const INVOICE_OF_JULY_2017: InvoiceRecord = {
  id: INVOICE_ID,
  friendlyId: `${MONTH}-00000001`,
  creationType: 'manual',
  state: 'paid',
  createdAt: new Date('2017-08-02T01:15:30Z'),
  updatedAt: new Date('2017-08-04T03:15:30Z'),
  issuedOn: '2017-08-02',
  dueOn: '2017-08-04',
  // By bank transfer, so 3scale has no payment transaction.
  paidAt: new Date('2017-08-04T03:15:30Z'),
  paymentTransactionsCount: 0,
  currency: 'NZD',
  vatRate: '15',
  period: MONTH,
  buyerId: BUYER_ID,
  lineItems: [
    onCharged('customer-wcc-ipsec-router-fdc', 'n1.router', '11.85', 'bs6nuaodxm6l63de'),
    onCharged('customer-wcc-ipsec-router-gdc', 'n1.router', '11.85', 'adtlrg3j7645ap7y'),
    onCharged('customer-wcc-fdc-vpnservice', 'n1.vpn', '11.85', 'ej3hzxp3symqzjwe'),
    onCharged('customer-wcc-gdc-vpnservice', 'n1.vpn', '11.85', 'xank62bulom556e7'),
    onCharged('customer-wcc-fdc', 'n1.network', '11.43', '3kcpvl6atqntf4mq'),
    onCharged('customer-wcc', 'n1.network', '11.43', 'vpnujenvheqglxzd'),
  ].map((line, index) => ({ ...line, id: FIRST_LINE_ID + index })),
}

/** @param identity in the marker: the gateway computes it of the customer wcc of the demo's registry, this buyer, month and name */
function onCharged(name: string, product: string, cost: string, identity: string) {
  return manualLine(name, cost, { description: `July 2017: ${product} [bg1o:${identity}.0]`, quantity: 1 })
}
