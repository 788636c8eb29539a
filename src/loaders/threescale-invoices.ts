import DataLoader from 'dataloader'
import type { Invoice } from '../domain/invoice.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import { settle } from './settle.js'

/** Key: 3scale invoice id. Value: the invoice, or null when the tenant has none such. */
export type ThreescaleInvoices = DataLoader<string, Invoice | null>

/** 3scale has no question for several ids: one call each, unless a list has brought it already. */
export function createThreescaleInvoices(billing: ThreescaleBilling): ThreescaleInvoices {
  return new DataLoader(ids => settle(ids, id => billing.invoice(id)), { name: 'threescaleInvoices' })
}
