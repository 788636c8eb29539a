import { compareDecimals, parseDecimal } from '../../domain/decimal.js'
import type * as wire from '../../upstream/threescale/wire.js'
import type { AddLineItem, WriteIntent, WriteResult } from '../intent.js'
import { lineMarker } from '../marker.js'
import { refuse } from '../refusal.js'
import { type Finding, invoiceTarget, isEditable, mismatch, type Operation, rejected } from './operation.js'

/** Adds a line to an invoice. The line's description ends with a marker, by which it is found again. */
export const addLineItem: Operation<AddLineItem> = {
  target: ({ invoiceId }) => invoiceTarget(invoiceId),
  check: async (input, { fresh }) => {
    const invoice = await fresh.freshInvoice(input.invoiceId)
    requireEditable(invoice)
    requireUncharged(input, invoice)
    return []
  },
  write: ({ invoiceId, name, description, quantity, cost, type, metricId, contractId }, marker) => ({
    call: 'addLineItem',
    invoiceId,
    fields: {
      name,
      description: description + marker,
      cost,
      // One parameter of the wrapper must be there, or the server refuses the form.
      type,
      ...(quantity === null ? {} : { quantity }),
      ...(metricId === null ? {} : { metric_id: metricId }),
      ...(contractId === null ? {} : { contract_id: contractId }),
    },
  }),
  confirm: (intent, { lineItem }) => {
    const difference = lineItem ? differenceOf(intent, lineItem) : 'no line item came back'
    return difference === null && lineItem ? resultOf(intent, lineItem) : mismatch(difference ?? 'the line item')
  },
  explain: ({ metricId, contractId }, response) => {
    if (response.status !== 404) return rejected(response)
    const ids =
      metricId === null && contractId === null ? 'the invoice' : "the invoice, or its buyer's metric or contract"
    return { code: 'NOT_FOUND', message: `3scale does not know ${ids}.`, field: null }
  },
  readBack: async (intent, { fresh }) => {
    const invoice = await fresh.freshInvoice(intent.input.invoiceId)
    return findLine(intent, invoice)
  },
}

function findLine(intent: WriteIntent & { readonly input: AddLineItem }, invoice: wire.Invoice): Finding {
  const marker = lineMarker(intent)
  const [first, ...others] = invoice.lineItems.filter(({ description }) => description.endsWith(marker))
  if (!first) return { outcome: 'ABSENT' }
  const difference = differenceOf(intent, first)
  if (difference !== null) return { outcome: 'INCIDENT', refusal: mismatch(difference) }
  const duplicates = others.map(({ id }) => id)
  if (duplicates.length > 0 && !isEditable(invoice)) {
    const message = `Invoice ${invoice.id} has the line item more than once (${[first.id, ...duplicates].join(', ')}) and is issued.`
    return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
  }
  return { outcome: 'FOUND', result: resultOf(intent, first), duplicates }
}

/** @throws WriteRefusedError for an invoice whose lines are fixed */
export function requireEditable(invoice: wire.Invoice): void {
  if (isEditable(invoice)) return
  const state = invoice.state.toUpperCase()
  throw refuse(
    'INVOICE_NOT_EDITABLE',
    `The invoice is ${state}: lines change only while it is OPEN or FINALIZED.`,
    'invoiceId',
  )
}

/** @throws WriteRefusedError when another on-charge was faster, or its journal was lost */
function requireUncharged({ onChargeMarker, name }: AddLineItem, { id, lineItems }: wire.Invoice): void {
  if (onChargeMarker === undefined) return
  const found = lineItems.find(({ description }) => description.endsWith(` ${onChargeMarker}`))
  if (!found) return
  throw refuse(
    'PLAN_CHANGED',
    `Invoice ${id} has a line with the marker of ${JSON.stringify(name)} already: ${found.id}.`,
  )
}

function resultOf({ input }: { readonly input: AddLineItem }, line: wire.LineItem): WriteResult {
  return { invoiceId: input.invoiceId, lineItemId: line.id }
}

/** Which member of the line differs from what was sent; null for none. */
function differenceOf(intent: WriteIntent & { readonly input: AddLineItem }, line: wire.LineItem): string | null {
  const { input } = intent
  if (line.name !== input.name) return 'another name'
  if (line.description !== input.description + lineMarker(intent)) return 'another description'
  if (compareDecimals(parseDecimal(line.cost), parseDecimal(input.cost)) !== 0) return 'another cost'
  if (line.quantity !== (input.quantity ?? '')) return 'another quantity'
  if (line.type !== input.type) return 'another type'
  if (line.metric_id !== (input.metricId ?? '')) return 'another metric'
  if (line.contract_id !== (input.contractId ?? '')) return 'another contract'
  return null
}
