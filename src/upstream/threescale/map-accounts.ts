import type { Contract, Plan } from '../../domain/contract.js'
import type { Metric } from '../../domain/metric.js'
import { parseMoney } from '../../domain/money.js'
import type { Payment } from '../../domain/payment.js'
import { mapOnce } from '../decoding/deep-freeze.js'
import type * as wire from './wire.js'

/** An attempt to charge an invoice. */
export function toPayment(sent: wire.PaymentTransaction): Payment {
  return {
    kind: 'Payment',
    nativeId: sent.id,
    invoiceId: sent.invoice_id,
    success: sent.success,
    amount: parseMoney(sent.amount, sent.currency || 'XXX'),
    reference: sent.reference || null,
    message: sent.message || null,
    action: sent.action || null,
    createdAt: new Date(sent.created_at).toISOString(),
  }
}

/** The contract that an application stands for. */
export const toContract = mapOnce(
  (sent: wire.Application): Contract => ({
    kind: 'Contract',
    nativeId: sent.id,
    name: sent.name || null,
    state: sent.state,
    plan: toPlan(sent.plan),
    buyerId: sent.user_account_id,
  }),
)

/** A plan of any kind. */
export function toPlan({ id, name, type }: wire.Plan): Plan {
  return { nativeId: id, name, type }
}

/** A metric or method, under its display name. */
export const toMetric = mapOnce(
  (sent: wire.Metric): Metric => ({
    kind: 'Metric',
    nativeId: sent.id,
    name: sent.friendly_name,
    systemName: sent.system_name,
    unit: sent.unit || null,
    description: sent.description || null,
  }),
)
