import { requireScope } from '../../access/rules.js'
import type { Invoice } from '../../domain/invoice.js'
import { loadInvoice } from '../../loaders/invoices.js'
import type { Loaders } from '../../loaders/loaders.js'
import type { WriteInput, WriteIntent } from '../../writes/intent.js'
import { JournalUnavailableError } from '../../writes/journal/sql.js'
import { refusalOf } from '../../writes/intent-refusal.js'
import { type WriteRefusal, WriteRefusedError } from '../../writes/refusal.js'
import { recordNotFound } from '../../writes/target-check.js'
import type { Context } from '../context.js'
import type { CheckedInput } from './write-orders.js'

/** A write that was made, with its invoice, or the reasons why it was not. */
export interface Written {
  readonly intent: WriteIntent | null
  readonly invoice: Invoice | null
  readonly userErrors: readonly WriteRefusal[]
}

/** The refusal of every write while no journal is configured. */
export const WRITES_DISABLED: WriteRefusal = {
  code: 'WRITES_DISABLED',
  message: 'Writes are not configured: set WRITES_JOURNAL to a file or a PostgreSQL database.',
  field: null,
}

/** The refusal of a write while the journal fails. Recovery logs why. */
export const JOURNAL_UNAVAILABLE: WriteRefusal = {
  code: 'WRITES_DISABLED',
  message: 'The journal of writes cannot be used now, and nothing is sent without it. Retry with the same key.',
  field: null,
}

/**
 * Makes a write for the caller. A record that the caller may not see looks like one that does not exist.
 *
 * @throws ForbiddenError without the scope billing:write
 */
export async function runWrite(
  context: Context,
  order: { readonly idempotencyKey: string; readonly allowSimilar?: boolean },
  { input, problems }: CheckedInput,
): Promise<Written> {
  requireScope(context.principal, 'billing:write')
  const { writes, loaders } = context
  if (!writes) return refused([WRITES_DISABLED])
  if (!input) return refused(problems)
  try {
    await writes.requireUsableKey(order.idempotencyKey, input)
    await requireVisible(context.createLoaders(), input)
    const intent = await writes.write(order.idempotencyKey, input, order.allowSimilar ?? false)
    if (intent.state !== 'DONE') return { intent, invoice: null, userErrors: [refusalOf(intent)] }
    const invoiceId = intent.result?.invoiceId
    const invoice = invoiceId === undefined ? null : await loadInvoice(loaders, 'THREESCALE', invoiceId)
    return { intent, invoice, userErrors: [] }
  } catch (error) {
    if (error instanceof WriteRefusedError) return refused([error.refusal])
    if (error instanceof JournalUnavailableError) return refused([JOURNAL_UNAVAILABLE])
    throw error
  }
}

/** @throws WriteRefusedError when the caller does not see the record that the write would change */
async function requireVisible(loaders: Loaders, input: WriteInput): Promise<void> {
  if (input.operation === 'createInvoice') {
    const buyer = await loaders.threescale?.accounts.load(input.buyerId)
    if (!buyer) throw recordNotFound(input)
    return
  }
  const invoice = await loadInvoice(loaders, 'THREESCALE', input.invoiceId)
  if (!invoice) throw recordNotFound(input)
}

function refused(userErrors: readonly WriteRefusal[]): Written {
  return { intent: null, invoice: null, userErrors }
}
