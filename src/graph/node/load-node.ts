import type { Contract } from '../../domain/contract.js'
import type { Customer } from '../../domain/customer.js'
import type { GlobalId, LineItemId } from '../../domain/global-id.js'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import type { Metric } from '../../domain/metric.js'
import type { Buyer, Provider } from '../../domain/party.js'
import type { Payment } from '../../domain/payment.js'
import { findCustomer } from '../../loaders/customers/customers.js'
import { loadInvoice } from '../../loaders/invoices.js'
import { loadInvoiceLine, loadQuotationLine } from '../../loaders/line-items.js'
import type { Loaders } from '../../loaders/loaders.js'
import { loadBuyer, loadProvider } from '../../loaders/parties.js'
import { loadContract, loadMetric, loadPayment } from '../../loaders/threescale/line-item-details.js'

/** A record with a global id. */
export type NodeValue = Invoice | LineItem | Buyer | Provider | Payment | Contract | Metric | Customer

/** The record with a global id; null when it does not exist. */
export async function loadNode(loaders: Loaders, id: GlobalId): Promise<NodeValue | null> {
  switch (id.type) {
    case 'Invoice':
      return loadInvoice(loaders, id.source, id.nativeId)
    case 'LineItem':
      return loadLineItem(loaders, id)
    case 'Buyer':
      return loadBuyer(loaders, id.source, id.nativeId)
    case 'Provider':
      return loadProvider(loaders, id.source, id.nativeId)
    case 'Payment':
      return loadPayment(loaders, id.invoiceId, id.nativeId)
    case 'Contract':
      return loadContract(loaders, id.nativeId)
    case 'Metric':
      return loadMetric(loaders, id.nativeId)
    case 'Customer':
      return findCustomer(loaders, id)
  }
}

function loadLineItem(loaders: Loaders, id: LineItemId): Promise<LineItem | null> {
  return id.on === 'invoice' ? loadInvoiceLine(loaders, id, id.line) : loadQuotationLine(loaders, id)
}
