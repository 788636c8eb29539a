import { compareDecimals, parseDecimal } from '../../domain/decimal.js'
import type * as wire from '../../upstream/threescale/wire.js'
import { type AddLineItem, isUnsettled, type WriteIntent, type WriteResult } from '../intent.js'
import { lineMarker } from '../marker.js'
import { refuse } from '../refusal.js'
import {
  type ArgumentTexts,
  type Finding,
  invoiceTarget,
  isEditable,
  mismatch,
  type Operation,
  rejected,
} from './operation.js'

const TEXTS: ArgumentTexts = [
  ['Name ', 'name'],
  ['Description ', 'description'],
  ['Type ', 'type'],
  ['Invalid Line item type', 'type'],
]

/** Adds a line to an invoice. The line's description ends with a marker, by which it is found again. */
export const addLineItem: Operation<AddLineItem> = {
  target: ({ invoiceId }) => invoiceTarget(invoiceId),
  check: async (input, { fresh }) => {
    const invoice = await fresh.freshInvoice(input.invoiceId)
    requireEditable(invoice, 'invoiceId')
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
    // The check before found it editable. It was issued since, and the network may have repeated the request before that.
    if (response.texts.includes('Invalid invoice state')) return 'unclear'
    // The invoice was there when it was checked.
    const given = [metricId === null ? [] : ['metricId'], contractId === null ? [] : ['contractId']].flat()
    return rejected(response, { notFound: given.length === 0 ? ['invoiceId'] : given, about: TEXTS })
  },
  readBack: async (intent, { fresh, ofTarget }) => {
    const invoice = await fresh.freshInvoice(intent.input.invoiceId)
    return findLine(intent, invoice, ofTarget)
  },
}

function findLine(
  intent: WriteIntent & { readonly input: AddLineItem },
  invoice: wire.Invoice,
  ofTarget: readonly WriteIntent[],
): Finding {
  const marker = lineMarker(intent)
  const lines = invoice.lineItems.filter(({ description }) => description.endsWith(marker))
  if (intent.result && isRemoved(intent.result, lines, ofTarget)) return foundRemoved(intent.result, lines, invoice)
  // The one that the caller was told of stays; otherwise the first.
  const kept = lines.find(({ id }) => id === intent.result?.lineItemId) ?? lines[0]
  if (!kept) return { outcome: 'ABSENT' }
  const difference = differenceOf(intent, kept)
  if (difference !== null) return { outcome: 'INCIDENT', refusal: mismatch(difference) }
  const duplicates = lines.filter(line => line !== kept).map(({ id }) => id)
  if (duplicates.length > 0 && !isEditable(invoice)) {
    const message = `Invoice ${invoice.id} has the line item more than once (${lines.map(({ id }) => id).join(', ')}) and is issued.`
    return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
  }
  return { outcome: 'FOUND', result: resultOf(intent, kept), duplicates }
}

/**
 * True when a write removed the line of the result, or may have removed it. A line with the same marker is then from a late copy of the
 * request.
 */
function isRemoved(
  { lineItemId }: WriteResult,
  lines: readonly wire.LineItem[],
  ofTarget: readonly WriteIntent[],
): boolean {
  const isThere = lines.some(({ id }) => id === lineItemId)
  return ofTarget.some(
    other =>
      other.input.operation === 'removeLineItem' &&
      other.input.lineItemId === lineItemId &&
      (other.state === 'DONE' || (isUnsettled(other) && !isThere)),
  )
}

function foundRemoved(result: WriteResult, lines: readonly wire.LineItem[], invoice: wire.Invoice): Finding {
  const duplicates = lines.map(({ id }) => id)
  if (lines.length === 0 || isEditable(invoice)) return { outcome: 'FOUND', result, duplicates }
  const message = `Invoice ${invoice.id} has a line item that was removed once more (${duplicates.join(', ')}) and is issued.`
  return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
}

/** @param field the argument that names the invoice or its line @throws WriteRefusedError for an invoice whose lines are fixed */
export function requireEditable(invoice: wire.Invoice, field: string): void {
  if (isEditable(invoice)) return
  const state = invoice.state.toUpperCase()
  throw refuse(
    'INVOICE_NOT_EDITABLE',
    `The invoice is ${state}: lines change only while it is OPEN or FINALIZED.`,
    field,
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
