import type { Invoice } from '../domain/invoice.js'
import type { LineItem } from '../domain/line-item.js'
import type { Buyer, Provider } from '../domain/party.js'
import { loadInvoice } from '../loaders/invoices.js'
import { loadInvoiceLine, loadQuotationLine } from '../loaders/line-items.js'
import type { Loaders } from '../loaders/loaders.js'
import { loadBuyer, loadProvider } from '../loaders/parties.js'
import { formatGlobalId, formatLineItemId, type GlobalId, type LineItemId, parseGlobalId } from './global-id.js'

/** What an id can name. */
export type NodeValue = Invoice | LineItem | Buyer | Provider

/** The id of anything that has one. */
export function formatNodeId(node: NodeValue): string {
  return node.kind === 'LineItem' ? formatLineItemId(node) : formatGlobalId(node)
}

/** @throws BadInputError for text that is no id of any kind */
export function parseNodeId(argument: string, text: string): GlobalId {
  return parseGlobalId(argument, text, 'Invoice', 'LineItem', 'Buyer', 'Provider')
}

/** What the id names; null when there is nothing of that name. */
export function loadNode(loaders: Loaders, id: GlobalId, withLines: boolean): Promise<NodeValue | null> {
  switch (id.type) {
    case 'Invoice':
      return loadInvoice(loaders, id.source, id.nativeId, withLines)
    case 'LineItem':
      return loadLineItem(loaders, id)
    case 'Buyer':
      return loadBuyer(loaders, id.source, id.nativeId)
    case 'Provider':
      return loadProvider(loaders, id.source, id.nativeId)
  }
}

function loadLineItem(loaders: Loaders, id: LineItemId): Promise<LineItem | null> {
  return id.on === 'invoice' ? loadInvoiceLine(loaders, id, id.line) : loadQuotationLine(loaders, id)
}
