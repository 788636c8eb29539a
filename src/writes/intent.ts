import { createHash } from 'node:crypto'
import type { OnChargeStep } from '../domain/on-charge/steps.js'
import type { OnChargeTarget } from '../domain/on-charge/target.js'
import type { YearMonth } from '../domain/period.js'
import type { WriteRefusal } from './refusal.js'

/** A new invoice of one buyer, open and without lines. */
export interface CreateInvoice {
  readonly operation: 'createInvoice'
  readonly buyerId: string
  readonly month: YearMonth
  /** True where the caller gave no month: `month` is the one that was running at the first request with the key. */
  readonly isMonthByDefault?: true
}

/** Another month or number for an invoice. At least one is given. */
export interface UpdateInvoice {
  readonly operation: 'updateInvoice'
  readonly invoiceId: string
  readonly month: YearMonth | null
  readonly number: string | null
}

/** Another state for an invoice, as 3scale spells it. */
export interface SetInvoiceState {
  readonly operation: 'setInvoiceState'
  readonly invoiceId: string
  readonly state: string
}

/** A charge of the buyer's stored card with an invoice's total. */
export interface ChargeInvoice {
  readonly operation: 'chargeInvoice'
  readonly invoiceId: string
}

/** A new line on an invoice. */
export interface AddLineItem {
  readonly operation: 'addLineItem'
  readonly invoiceId: string
  readonly name: string
  readonly description: string
  /** An integer as text; null for none. */
  readonly quantity: string | null
  /** Of the whole line, without tax: a decimal with one to four places. */
  readonly cost: string
  /** `LineItem::PlanCost`, `LineItem::VariableCost` or ''. */
  readonly type: string
  readonly metricId: string | null
  readonly contractId: string | null
  /** The marker of an on-charged line, `[bg1o:….0]`; absent for any other line. */
  readonly onChargeMarker?: string
}

/** The removal of a line from an invoice. */
export interface RemoveLineItem {
  readonly operation: 'removeLineItem'
  readonly invoiceId: string
  readonly lineItemId: string
}

/** A step of an on-charge run. The cost is a decimal as text. */
export interface OnChargeRunStep extends Omit<OnChargeStep, 'cost'> {
  readonly cost: string
}

/**
 * A plan to on-charge a month that a caller has approved. It is never sent itself: each step is a write of its own. RECORDED while
 * steps are left, DONE when the lines were read back and sum to the total.
 */
export interface OnChargeRun {
  readonly operation: 'onCharge'
  readonly invoiceId: string
  readonly customerKey: string
  readonly buyerId: string
  readonly month: YearMonth
  readonly target: OnChargeTarget
  readonly steps: readonly OnChargeRunStep[]
  readonly total: string
  readonly currency: string
  readonly planHash: string
}

/** What a caller asks to be written to 3scale. */
export type WriteInput =
  | CreateInvoice
  | UpdateInvoice
  | SetInvoiceState
  | ChargeInvoice
  | AddLineItem
  | RemoveLineItem
  | OnChargeRun
export type WriteOperation = WriteInput['operation']

/**
 * The state of an intent:
 *
 * - `RECORDED`: durable, and not sent yet
 * - `SENT`: durable before the request leaves; the response is awaited
 * - `IN_DOUBT`: no clear response; settled by reading back
 * - `ABSENT`: read back, and nothing was written; the same key sends again
 * - `DONE`, `REJECTED`: settled and never sent again; a copy of the request that was carried out makes it an `INCIDENT`
 * - `INCIDENT`: reading back cannot tell; a person decides
 * - `EXPIRED`: never sent, and too old to be
 */
export type WriteState = 'RECORDED' | 'SENT' | 'IN_DOUBT' | 'ABSENT' | 'DONE' | 'REJECTED' | 'INCIDENT' | 'EXPIRED'

/** True for an intent that blocks other writes to its target: the journal's unsettled one. */
export function isUnsettled({ state }: { readonly state: WriteState }): boolean {
  return state === 'SENT' || state === 'IN_DOUBT' || state === 'INCIDENT'
}

/**
 * True for a write that, once it is done, is refused by the check before it, or changes nothing when it is made again. Any other one makes
 * something anew, whatever is there.
 */
export function preventsRepetition(operation: WriteOperation): boolean {
  return ['updateInvoice', 'setInvoiceState', 'chargeInvoice', 'removeLineItem'].includes(operation)
}

/** Identifies an intent: a caller's key counts for one caller and one operation. */
export interface IntentKey {
  /** The id of the caller: `key:router`. */
  readonly principal: string
  readonly operation: WriteOperation
  /** 16 to 64 characters of the caller's choice. */
  readonly key: string
}

/** What was written, once an intent is done. */
export interface WriteResult {
  readonly invoiceId: string
  /** Of a new line; null for other operations. */
  readonly lineItemId: string | null
}

/** What a read after an unclear response has found. */
export interface ReadBack {
  /** When, RFC 3339. */
  readonly at: string
  readonly outcome: 'FOUND' | 'ABSENT' | 'REJECTED'
}

/** A write that a caller asked for, as the journal holds it. Times are RFC 3339, UTC. */
export interface WriteIntent extends IntentKey {
  /** A UUID. */
  readonly id: string
  readonly input: WriteInput
  /** What only one write at a time may change: `invoice/1201`, `buyer/71`. */
  readonly target: string
  /** The same for intents that write the same thing. */
  readonly contentHash: string
  /** How many times it was sent. */
  readonly attempt: number
  readonly state: WriteState
  readonly createdAt: string
  readonly sentAt: string | null
  /** From then on reading back is conclusive. */
  readonly settlesAfter: string | null
  /** Ids of records that were there before it was sent, by which a new one is recognised. */
  readonly idsBefore: readonly string[]
  /** The first of the two reads that settle it. */
  readonly readBack: ReadBack | null
  readonly result: WriteResult | null
  /** Why it was rejected or is an incident; null for neither. */
  readonly refusal: WriteRefusal | null
  /** Why the response was unclear, which duplicates recovery has removed, or who has resolved an incident and why; null for none. */
  readonly note: string | null
}

/** A new intent, before the journal holds it. */
export interface IntentDraft extends IntentKey {
  readonly input: WriteInput
  readonly target: string
  /** True allows the same content as another intent of the last day. */
  readonly allowSimilar: boolean
  /** The id of the intent whose content this one takes over, because what that one wrote is gone, or no longer open. */
  readonly supersedes?: string
}

/** The same for inputs that write the same thing, whatever their keys. Lines with one on-charge marker charge the same thing. */
export function contentHashOf(input: WriteInput): string {
  if (input.operation === 'addLineItem' && input.onChargeMarker !== undefined) {
    return createHash('sha256')
      .update(JSON.stringify(['on-charge', input.onChargeMarker]))
      .digest('hex')
  }
  // A month that was given, and the same by default, make the same invoice.
  const written = Object.entries(input).filter(([name]) => name !== 'isMonthByDefault')
  const members = written.sort(([left], [right]) => (left < right ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(members)).digest('hex')
}
