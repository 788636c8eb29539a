import { MONTHS_AHEAD } from '../../domain/on-charge/plan.js'
import { addMonths, monthAt } from '../../domain/period.js'
import {
  checkCost,
  checkDescription,
  checkKey,
  checkMonth,
  checkName,
  checkNumber,
  checkQuantity,
  type Problem,
} from '../../writes/input-rules.js'
import type { WriteInput } from '../../writes/intent.js'
import { TARGET_STATES } from '../../writes/operations/set-invoice-state.js'
import type { WriteRefusal } from '../../writes/refusal.js'
import { BadInputError } from '../errors/bad-input.js'
import { readGlobalId } from '../node/global-id.js'
import type {
  AddLineItemInput,
  ChargeInvoiceInput,
  CreateInvoiceInput,
  RemoveLineItemInput,
  SetInvoiceStateInput,
  UpdateInvoiceInput,
} from './write.args.js'

/** An input that was checked: what is to be written, or every problem of it. */
export type CheckedInput =
  | { readonly input: WriteInput; readonly problems: readonly [] }
  | { readonly input: null; readonly problems: readonly WriteRefusal[] }

/** The types that a line item can be given, as 3scale spells them. */
const TYPES = { PLAN_COST: 'LineItem::PlanCost', VARIABLE_COST: 'LineItem::VariableCost', MANUAL: '' } as const

/** The states that an invoice can be set to. */
const STATES = [...TARGET_STATES].map(state => state.toUpperCase())

/** An id of each kind of record that a write names. */
const EXAMPLES = {
  Buyer: 'threescale:buyer:71',
  Invoice: 'threescale:invoice:1201',
  Metric: 'threescale:metric:801',
  Contract: 'threescale:contract:501',
} as const

export function toCreateInvoice(input: CreateInvoiceInput, now: Date): CheckedInput {
  const running = monthAt(now)
  const { idempotencyKey, buyerId, month = null } = input
  const buyer = readId('buyerId', buyerId, 'Buyer')
  return checked(
    [
      checkKey(idempotencyKey),
      buyer.problem,
      month === null ? null : checkMonth(month, addMonths(running, MONTHS_AHEAD)),
    ],
    () => ({
      operation: 'createInvoice',
      buyerId: buyer.id,
      ...(month === null ? { month: running, isMonthByDefault: true } : { month }),
    }),
  )
}

export function toUpdateInvoice(
  { idempotencyKey, invoiceId, month, number }: UpdateInvoiceInput,
  now: Date,
): CheckedInput {
  const invoice = readId('invoiceId', invoiceId, 'Invoice')
  const isEmpty = month == null && number == null
  return checked(
    [
      checkKey(idempotencyKey),
      invoice.problem,
      month == null ? null : checkMonth(month, addMonths(monthAt(now), MONTHS_AHEAD)),
      number == null ? null : checkNumber(number),
      isEmpty ? badInput('month', 'month and number are both missing: at least one of them is required.') : null,
    ],
    () => ({ operation: 'updateInvoice', invoiceId: invoice.id, month: month ?? null, number: number ?? null }),
  )
}

/** @param wireState the state as 3scale spells it; undefined for a state that 3scale does not have */
export function toSetInvoiceState(
  { idempotencyKey, invoiceId, state }: SetInvoiceStateInput,
  wireState: string | undefined,
): CheckedInput {
  const invoice = readId('invoiceId', invoiceId, 'Invoice')
  const unknown =
    wireState === undefined ? badInput('state', `state: ${state} is not one of ${STATES.join(', ')}.`) : null
  return checked([checkKey(idempotencyKey), invoice.problem, unknown], () => ({
    operation: 'setInvoiceState',
    invoiceId: invoice.id,
    state: wireState ?? '',
  }))
}

export function toChargeInvoice({ idempotencyKey, invoiceId }: ChargeInvoiceInput): CheckedInput {
  const invoice = readId('invoiceId', invoiceId, 'Invoice')
  return checked([checkKey(idempotencyKey), invoice.problem], () => ({
    operation: 'chargeInvoice',
    invoiceId: invoice.id,
  }))
}

export function toAddLineItem(input: AddLineItemInput): CheckedInput {
  const { idempotencyKey, name, cost, quantity } = input
  const description = input.description ?? ''
  const type = input.type ?? 'MANUAL'
  const invoice = readId('invoiceId', input.invoiceId, 'Invoice')
  const metric = input.metricId == null ? null : readId('metricId', input.metricId, 'Metric')
  const contract = input.contractId == null ? null : readId('contractId', input.contractId, 'Contract')
  const isKnown = type in TYPES
  return checked(
    [
      checkKey(idempotencyKey),
      invoice.problem,
      checkName(name),
      checkDescription(description),
      checkCost(cost),
      quantity == null ? null : checkQuantity(quantity),
      isKnown ? null : badInput('type', `type: ${type} is not PLAN_COST, VARIABLE_COST or MANUAL.`),
      metric?.problem,
      contract?.problem,
    ],
    () => ({
      operation: 'addLineItem',
      invoiceId: invoice.id,
      name,
      description,
      quantity: quantity == null ? null : String(quantity),
      cost,
      type: TYPES[type as keyof typeof TYPES],
      metricId: metric?.id ?? null,
      contractId: contract?.id ?? null,
    }),
  )
}

export function toRemoveLineItem({ idempotencyKey, lineItemId }: RemoveLineItemInput): CheckedInput {
  const line = readLineId(lineItemId)
  return checked([checkKey(idempotencyKey), line.problem], () => ({
    operation: 'removeLineItem',
    invoiceId: line.invoiceId,
    lineItemId: line.id,
  }))
}

function checked(problems: readonly (Problem | undefined)[], create: () => WriteInput): CheckedInput {
  const found = problems.filter(problem => problem != null)
  return found.length > 0 ? { input: null, problems: found } : { input: create(), problems: [] }
}

interface ReadId {
  readonly id: string
  readonly problem: Problem
}

/** The id of a 3scale record, or what is wrong with it. */
function readId(field: string, text: string, kind: keyof typeof EXAMPLES): ReadId {
  try {
    const id = readGlobalId(field, text, kind)
    if ('source' in id && id.source !== 'THREESCALE') {
      const message = `${field}: ${JSON.stringify(text)} is not a record of 3scale; expected an id such as ${EXAMPLES[kind]}.`
      return { id: '', problem: badInput(field, message) }
    }
    return { id: id.nativeId, problem: null }
  } catch (error) {
    if (error instanceof BadInputError) return { id: '', problem: badInput(field, error.message) }
    throw error
  }
}

function readLineId(text: string): ReadId & { readonly invoiceId: string } {
  const wrong = badInput(
    'lineItemId',
    `lineItemId: ${JSON.stringify(text.slice(0, 60))} is not the id of a line item of 3scale; expected an id such as threescale:line-item:1201:9002.`,
  )
  try {
    const id = readGlobalId('lineItemId', text, 'LineItem')
    if (id.source !== 'THREESCALE' || id.on !== 'invoice' || !('nativeId' in id.line)) {
      return { id: '', invoiceId: '', problem: wrong }
    }
    return { id: id.line.nativeId, invoiceId: id.documentId, problem: null }
  } catch (error) {
    if (error instanceof BadInputError) return { id: '', invoiceId: '', problem: badInput('lineItemId', error.message) }
    throw error
  }
}

function badInput(field: string, message: string): WriteRefusal {
  return { code: 'BAD_USER_INPUT', message, field: [field] }
}
