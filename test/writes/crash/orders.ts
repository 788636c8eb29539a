import type { WriteInput } from '../../../src/writes/intent.js'
import type { WriteOrder } from '../../../src/writes/writer.js'
import type { Random } from '../../fuzz/random.js'
import type { CrashServer } from './crash-server.js'

type Kind = 'line' | 'issue' | 'invoice' | 'charge' | 'removal' | 'number'

/** Lines are what is written most, and what a repeated request doubles. */
const KINDS = ['line', 'line', 'line', 'issue', 'issue', 'invoice', 'charge', 'removal', 'number'] as const

/** Up to five different writes to one invoice or buyer, each with its key. */
export function drawOrders(server: CrashServer, random: Random, index: number): readonly [WriteOrder, ...WriteOrder[]] {
  const kind: Kind = random.pick(KINDS)
  const invoice = server.addInvoice(kind === 'charge' ? 1208 : 1217)
  const invoiceId = String(invoice.id)
  const line = (number: number): WriteInput => ({
    operation: 'addLineItem',
    invoiceId,
    name: `Line ${number}`,
    description: 'By hand',
    quantity: null,
    cost: '1.5',
    type: '',
    metricId: null,
    contractId: null,
  })
  const inputs: Readonly<Record<Kind, readonly WriteInput[]>> = {
    line: [line(1), line(2), line(1)],
    issue: [line(1), { operation: 'setInvoiceState', invoiceId, state: 'pending' }, line(2)],
    invoice: [{ operation: 'createInvoice', buyerId: '71', month: monthOf(index) }],
    charge: [{ operation: 'chargeInvoice', invoiceId }],
    removal: [line(1), { operation: 'removeLineItem', invoiceId, lineItemId: String(invoice.lineItems[0]?.id) }],
    number: [line(1), { operation: 'updateInvoice', invoiceId, month: null, number: numberOf(index) }],
  }
  const order = (input: WriteInput, number: number, principal = 'key:finance'): WriteOrder => ({
    principal,
    operation: input.operation,
    key: `run-${index}-key-${number}-of-a-caller`,
    input,
    allowSimilar: false,
  })
  const own = inputs[kind].map((input, number) => order(input, number))
  // Another caller that has chosen the same key.
  const foreign = own[0]?.operation === 'addLineItem' ? [order(line(3), 0, 'key:other')] : []
  return [...own, ...foreign] as unknown as readonly [WriteOrder, ...WriteOrder[]]
}

/** A month of its own for each run, so that invoices of other runs are not in the way. */
function monthOf(index: number): string {
  return `${2013 + (Math.floor(index / 12) % 11)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** An invoice number of its own for each run. */
function numberOf(index: number): string {
  return `2024-04-${String(10_000 + index).padStart(8, '0')}`
}
