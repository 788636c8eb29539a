import type { GraphQLResolveInfo } from 'graphql'
import { maySeeBuyer, requireScope } from '../../access/rules.js'
import type { Invoice } from '../../domain/invoice.js'
import { loadInvoice } from '../../loaders/invoices.js'
import { toError } from '../../loaders/settle.js'
import type { WriteInput, WriteIntent } from '../../writes/intent.js'
import { refusalOf } from '../../writes/intent-refusal.js'
import { WRITES_DISABLED, type WriteRefusal } from '../../writes/refusal.js'
import { recordNotFound } from '../../writes/target-check.js'
import type { Context } from '../context.js'
import { pathOf } from '../errors/partial-failures.js'
import { userErrorsOf } from './write-errors.js'
import type { CheckedInput } from './write-orders.js'

/** A write that was made, with its invoice, or the reasons why it was not. */
export interface Written {
  readonly intent: WriteIntent | null
  readonly invoice: Invoice | null
  readonly userErrors: readonly WriteRefusal[]
}

/**
 * Makes a write for the caller. A record that the caller may not see looks like one that does not exist.
 *
 * @throws ForbiddenError without the scope billing:write
 */
export async function runWrite(
  context: Context,
  info: GraphQLResolveInfo,
  order: { readonly idempotencyKey: string; readonly allowSimilar?: boolean },
  { input, problems }: CheckedInput,
): Promise<Written> {
  requireScope(context.principal, 'billing:write')
  const { writes } = context
  if (!writes) return refused([WRITES_DISABLED])
  if (!input) return refused(problems)
  try {
    await writes.requireUsableKey(order.idempotencyKey, input)
    await requireVisible(context, input)
    const intent = await writes.write(order.idempotencyKey, input, order.allowSimilar ?? false)
    if (intent.state !== 'DONE') return { intent, invoice: null, userErrors: [refusalOf(intent)] }
    const invoiceId = intent.result?.invoiceId
    const invoice = invoiceId === undefined ? null : await invoiceAfter(context, info, invoiceId)
    return { intent, invoice, userErrors: [] }
  } catch (error) {
    return refused(userErrorsOf(error))
  }
}

/** An invoice after a write; null when it cannot be read now, which the errors of the response say. The write stands. */
export async function invoiceAfter(
  { loaders, failures }: Context,
  info: GraphQLResolveInfo,
  invoiceId: string,
): Promise<Invoice | null> {
  try {
    return await loadInvoice(loaders, 'THREESCALE', invoiceId)
  } catch (error) {
    failures.report([toError(error)], pathOf(info))
    return null
  }
}

/** @throws WriteRefusedError when the caller does not see the record that the write would change */
async function requireVisible({ principal, createLoaders }: Context, input: WriteInput): Promise<void> {
  if (input.operation === 'createInvoice') {
    requireScope(principal, 'billing:read')
    // Whether there is such a buyer shows when its invoices are read: its account requires another scope of the token.
    if (!maySeeBuyer(principal, input.buyerId)) throw recordNotFound(input)
    return
  }
  const invoice = await loadInvoice(createLoaders(), 'THREESCALE', input.invoiceId)
  if (!invoice) throw recordNotFound(input)
}

function refused(userErrors: readonly WriteRefusal[]): Written {
  return { intent: null, invoice: null, userErrors }
}
