import type { Random } from '../fuzz/random.js'
import { accountId } from './marked-buyers.js'
import { REGISTERED } from './marked-registry.js'
import { markedTenant } from './marked-tenant.js'
import { NO_BUYER } from './universe.js'

/** The mutations that write to 3scale, and the decision on an incident. */
export const MUTATIONS = [
  'createInvoice',
  'updateInvoice',
  'setInvoiceState',
  'chargeInvoice',
  'addLineItem',
  'removeLineItem',
  'onCharge',
  'resolveIncident',
] as const
export type MutationField = (typeof MUTATIONS)[number]

/** A mutation to send. */
export interface RandomMutation {
  readonly field: MutationField
  /** Without its key. */
  readonly input: Readonly<Record<string, unknown>>
  /** The buyer, by its tag, whose record it names; null for a decision. */
  readonly buyer: number | null
  /** The registered customer that is charged, by its tag. */
  readonly customer?: number
}

/** Most writes meet: several callers write to these. */
const BUYERS = [104, 104, 104, 104, 104, 105, 105, 113, NO_BUYER] as const
const { invoices } = markedTenant()
const MONTH = '2026-10'

/** A random mutation. Some name a record that does not exist. @param nonce makes its content a new one */
export function randomMutation(random: Random, nonce: number): RandomMutation {
  const field = random.pick(MUTATIONS)
  const buyer = random.pick(BUYERS)
  const invoice = random.pickAny(invoices.filter(({ buyerId }) => buyerId === accountId(buyer)))
  const invoiceId = `threescale:invoice:${invoice?.id ?? 77_000 + NO_BUYER}`
  const line = random.pickAny(invoice?.lineItems ?? [])
  switch (field) {
    case 'createInvoice':
      return { field, buyer, input: { buyerId: `threescale:buyer:${accountId(buyer)}`, allowSimilar: true } }
    case 'updateInvoice':
      return { field, buyer, input: { invoiceId, number: `${MONTH}-${String(50_000_000 + nonce)}` } }
    case 'setInvoiceState':
      return { field, buyer, input: { invoiceId, state: random.pick(['FINALIZED', 'PENDING', 'PAID', 'UNPAID']) } }
    case 'chargeInvoice':
      return { field, buyer, input: { invoiceId } }
    case 'addLineItem':
      return { field, buyer, input: { invoiceId, name: `By hand ${nonce}`, cost: '1.50' } }
    case 'removeLineItem': {
      const lineItemId = `${invoiceId.replace('invoice', 'line-item')}:${line?.id ?? 500_000 + NO_BUYER}`
      return { field, buyer, input: { lineItemId } }
    }
    case 'onCharge': {
      const { customer, buyer: charged } = random.pickAny([...REGISTERED.slice(0, 1), ...REGISTERED.slice(0, 3)]) ?? {
        customer: 99,
        buyer: NO_BUYER,
      }
      const terms = { month: MONTH, exchangeRate: random.pick(['0.5', '0.6']) }
      return { field, buyer: charged, customer, input: { customer: { key: `rg${customer}` }, ...terms } }
    }
    case 'resolveIncident':
      return { field, buyer: null, input: { outcome: random.pick(['DONE', 'NOT_DONE']), note: 'looked it up' } }
  }
}
