import type { Invoice } from '../../src/domain/invoice.js'
import { sortInvoices } from '../../src/domain/invoice-order.js'
import type { BillingSource } from '../../src/domain/source.js'
import type { InvoiceSource } from '../../src/loaders/invoice-source.js'

/** A source of given invoices that counts what is read of it. */
export interface MemorySource extends InvoiceSource {
  /** Invoices handed on so far, over all scans. */
  readonly read: number
  readonly opened: number
  readonly closed: number
}

/** @param failAfter fails instead of handing on one invoice more than these */
export function memorySource(
  source: BillingSource,
  invoices: readonly Invoice[],
  failAfter = Number.POSITIVE_INFINITY,
): MemorySource {
  const state = { read: 0, opened: 0, closed: 0 }
  return {
    source,
    get read() {
      return state.read
    },
    get opened() {
      return state.opened
    },
    get closed() {
      return state.closed
    },
    async *scan(order) {
      state.opened++
      try {
        for (const [index, invoice] of sortInvoices(invoices, order).entries()) {
          if (index >= failAfter) throw new Error(`${source} fails`)
          state.read++
          yield invoice
        }
        if (failAfter <= invoices.length) throw new Error(`${source} fails`)
      } finally {
        state.closed++
      }
    },
    count: async () => invoices.length,
    async *all() {
      yield* invoices
    },
  }
}

const nothing = { digits: 0n, scale: 0, currency: 'NZD' }

/** An invoice of which only its place in a list matters. */
export function placedInvoice(source: BillingSource, nativeId: string, month: string): Invoice {
  return {
    kind: 'Invoice',
    source,
    nativeId,
    number: null,
    state: 'OPEN',
    rawState: null,
    creationType: null,
    period: { month, start: `${month}-01`, endExclusive: `${month}-28` },
    issuedOn: null,
    dueOn: null,
    paidAt: null,
    provider: { kind: 'Provider', source, nativeId: '4', name: 'P', address: null },
    buyer: { kind: 'Buyer', source, nativeId: '71', name: 'B', deleted: false, address: null },
    total: { net: nothing, tax: null, gross: null, taxRate: null, taxBasis: 'UNKNOWN' },
    lineItems: null,
    hasPayments: false,
    notices: [],
    asOf: '',
    stale: false,
  }
}
