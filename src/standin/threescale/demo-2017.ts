import { createHash } from 'node:crypto'
import type { InvoiceRecord } from './data.js'
import { manualLine } from './demo-draft.js'

const BUYER_ID = 101
const MONTH = '2017-07'

/** Below the ids of the demo's other invoices and lines, which are younger. */
const INVOICE_ID = 1000
const FIRST_LINE_ID = 8991

/**
 * The invoice for customer-wcc's resources of July 2017: six of the seven lines of the cloud bill, 70.26 of 81.69 without tax. The
 * line of customer-wcc-gdc, 11.43, was forgotten. Each line's marker says that it was on-charged from a cloud resource.
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
    ...['customer-wcc-ipsec-router-fdc', 'customer-wcc-ipsec-router-gdc'].map(name =>
      onCharged(name, 'n1.router', '11.85'),
    ),
    ...['customer-wcc-fdc-vpnservice', 'customer-wcc-gdc-vpnservice'].map(name => onCharged(name, 'n1.vpn', '11.85')),
    ...['customer-wcc-fdc', 'customer-wcc'].map(name => onCharged(name, 'n1.network', '11.43')),
  ].map((line, index) => ({ ...line, id: FIRST_LINE_ID + index })),
}

function onCharged(name: string, product: string, cost: string) {
  const identity = [BUYER_ID, MONTH, name, product].join('|')
  const marker = createHash('sha256').update(identity).digest('hex').slice(0, 12)
  return manualLine(name, cost, { description: `${product}, July 2017 [oc:v1:${marker}]`, quantity: 1 })
}
