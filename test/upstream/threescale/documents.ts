import type { UpstreamRequest } from '../../../src/upstream/http/errors.js'

/** For decoders that are asked without a client. */
export const asked: UpstreamRequest = { upstream: 'threescale', operation: 'GET /api/test.xml' }

/** The start of every document. */
export const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

/** What stands inside each element of an invoice or line; null leaves the element out. */
export type Contents = Readonly<Record<string, string | null>>

/** A party of that id. */
export function partyContent(id: string): string {
  return elements({
    id,
    org_name: 'Acme',
    address: '1 Road',
    city: 'Leeds',
    state: 'Yorkshire',
    country: 'GB',
    phone: '12',
    zip: 'LS1',
  })
}

/** A `<line-item>` of 100.0, changed by `contents`. */
export function lineElement(contents: Contents = {}): string {
  const line = {
    id: '9001',
    name: 'Hits',
    description: 'All of them',
    quantity: '12',
    type: 'LineItem::VariableCost',
    metric_id: '801',
    plan_id: '301',
    contract_id: '501',
    contract_type: 'Contract',
    cost: '100.0',
  }
  return `<line-item>${elements({ ...line, ...contents })}</line-item>`
}

/** An `<invoice>` of 121.0 for buyer 71, changed by `contents`. */
export function invoiceElement(contents: Contents = {}): string {
  const invoice = {
    id: '1201',
    friendly_id: '2024-01-00000001',
    creation_type: 'background',
    state: 'pending',
    paid_at: '',
    due_on: '2024-02-05',
    issued_on: '2024-02-03',
    currency: 'EUR',
    cost: '121.0',
    vat_rate: '21.0',
    vat_amount: '21.0',
    cost_without_vat: '100.0',
    period: '<from>2024-01-01</from><to>2024-01-31</to>',
    provider: partyContent('4'),
    buyer: partyContent('71'),
    'line-items': lineElement(),
    payment_transactions_count: '0',
  }
  return `<invoice version="1.0">${elements({ ...invoice, ...contents })}</invoice>`
}

/** A document of one invoice. */
export function invoiceDocument(contents: Contents = {}): string {
  return declaration + invoiceElement(contents)
}

/** The attributes of `<pagination>` for one page that holds all. */
export function totals(entries: number): string {
  return `total_pages="1" current_page="1" per_page="20" total_entries="${entries}"`
}

/** A document of a list. */
export function pageDocument(invoices: readonly string[], attributes = totals(invoices.length)): string {
  return `${declaration}<invoices version="1.0"><pagination ${attributes}/>${invoices.join('')}</invoices>`
}

/** Text as the bytes of a body. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function elements(contents: Contents): string {
  return Object.entries(contents)
    .map(([name, content]) => (content === null ? '' : `<${name}>${content}</${name}>`))
    .join('')
}
