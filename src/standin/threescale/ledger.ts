import type { InvoiceRecord, ThreescaleData } from './data.js'
import type { PaymentTransactionRecord } from './payment-data.js'

/** Changes the records of a tenant. Ids and numbers are never reused. */
export interface Ledger {
  /** Present database of the tenant. */
  readonly data: ThreescaleData
  /** Adds an invoice. @throws RangeError when there is one with the same id */
  addInvoice(invoice: InvoiceRecord): void
  /** Replaces the invoice with the same id. */
  replaceInvoice(invoice: InvoiceRecord): void
  addPayment(payment: PaymentTransactionRecord): void
  /** Changes the VAT rate of a buyer and its unissued invoices, in percent. Their update times do not change. */
  changeVatRate(buyerId: number, vatRate: string): void
  nextInvoiceId(): number
  nextLineItemId(): number
  nextPaymentId(): number
  /** Next friendly id. @param prefix the month `YYYY-MM` or the year `YYYY` */
  nextFriendlyId(prefix: string): string
}

/** Ledger over a copy of the lists of `given`. */
export function createLedger(given: ThreescaleData): Ledger {
  const invoices = [...given.invoices]
  const buyers = [...given.buyers]
  const paymentTransactions = [...given.paymentTransactions]
  const highest = new Map<string, number>()
  const note = (counter: string, number: number): void => {
    highest.set(counter, Math.max(highest.get(counter) ?? 0, number))
  }
  const next = (counter: string): number => {
    const number = (highest.get(counter) ?? 0) + 1
    highest.set(counter, number)
    return number
  }
  const noteInvoice = ({ id, friendlyId, lineItems }: InvoiceRecord): void => {
    note('invoice', id)
    for (const line of lineItems) note('line item', line.id)
    const [, prefix, number] = /^(\d{4}(?:-\d{2})?)-(\d{8})$/.exec(friendlyId) ?? []
    // The counter continues from the highest number, even if that was set manually.
    if (prefix !== undefined) note(prefix, Number(number))
  }
  for (const invoice of invoices) noteInvoice(invoice)
  for (const payment of paymentTransactions) note('payment', payment.id)

  return {
    data: { ...given, invoices, buyers, paymentTransactions },
    addInvoice(invoice) {
      if (invoices.some(({ id }) => id === invoice.id)) throw new RangeError(`invoice ${invoice.id} exists already`)
      invoices.push(invoice)
      noteInvoice(invoice)
    },
    replaceInvoice(invoice) {
      const index = invoices.findIndex(({ id }) => id === invoice.id)
      invoices.splice(index, 1, invoice)
      noteInvoice(invoice)
    },
    addPayment(payment) {
      paymentTransactions.push(payment)
    },
    changeVatRate(buyerId, vatRate) {
      for (const [index, buyer] of buyers.entries()) {
        if (buyer.id === buyerId) buyers[index] = { ...buyer, vatRate }
      }
      for (const [index, invoice] of invoices.entries()) {
        const follows = invoice.state === 'open' || invoice.state === 'finalized'
        if (invoice.buyerId === buyerId && follows) invoices[index] = { ...invoice, vatRate }
      }
    },
    nextInvoiceId: () => next('invoice'),
    nextLineItemId: () => next('line item'),
    nextPaymentId: () => next('payment'),
    nextFriendlyId: prefix => `${prefix}-${String(next(prefix)).padStart(8, '0')}`,
  }
}
