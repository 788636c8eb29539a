import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { requireScope } from '../../access/rules.js'
import { toWireState } from '../../upstream/threescale/mapping.js'
import type { WriteIntent } from '../../writes/intent.js'
import { JournalUnavailableError } from '../../writes/journal/sql.js'
import { WriteRefusedError } from '../../writes/refusal.js'
import type { Context } from '../context.js'
import { lineItemEdge } from '../line-item/line-item-connection.js'
import { readGlobalId } from '../node/global-id.js'
import { CALLS_UPSTREAM, CALLS_UPSTREAMS, listOf } from '../schema/query-cost.js'
import { JOURNAL_UNAVAILABLE, runWrite, WRITES_DISABLED, type Written } from './run-write.js'
import {
  AddLineItemInput,
  ChargeInvoiceInput,
  CreateInvoiceInput,
  RemoveLineItemInput,
  ResolveIncidentInput,
  SetInvoiceStateInput,
  UpdateInvoiceInput,
} from './write.args.js'
import { InvoicePayloadType, LineItemPayloadType, WriteIntentPayloadType, WriteIntentType } from './write.type.js'
import {
  toAddLineItem,
  toChargeInvoice,
  toCreateInvoice,
  toRemoveLineItem,
  toSetInvoiceState,
  toUpdateInvoice,
} from './write-orders.js'

const INPUT = 'What to write.'

@Resolver()
export class WriteResolver {
  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, { description: 'Creates an open invoice without line items for a buyer.' })
  createInvoice(
    @Arg('input', () => CreateInvoiceInput, { description: INPUT }) input: CreateInvoiceInput,
    @Ctx() context: Context,
  ): Promise<Written> {
    return runWrite(context, input, toCreateInvoice(input, context.loaders.clock()))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, { description: 'Changes the month or the number of an invoice, in any state.' })
  updateInvoice(
    @Arg('input', () => UpdateInvoiceInput, { description: INPUT }) input: UpdateInvoiceInput,
    @Ctx() context: Context,
  ): Promise<Written> {
    return runWrite(context, input, toUpdateInvoice(input, context.loaders.clock()))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, {
    description: 'Changes the state of an invoice. PENDING issues it, once every earlier write to it is settled.',
  })
  setInvoiceState(
    @Arg('input', () => SetInvoiceStateInput, { description: INPUT }) input: SetInvoiceStateInput,
    @Ctx() context: Context,
  ): Promise<Written> {
    return runWrite(context, input, toSetInvoiceState(input, toWireState(input.state)))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, {
    description: 'Charges the card that the buyer has stored with the total of an issued invoice, at most once.',
  })
  chargeInvoice(
    @Arg('input', () => ChargeInvoiceInput, { description: INPUT }) input: ChargeInvoiceInput,
    @Ctx() context: Context,
  ): Promise<Written> {
    return runWrite(context, input, toChargeInvoice(input))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => LineItemPayloadType, { description: 'Adds a line item to an open or finalized invoice.' })
  async addLineItem(
    @Arg('input', () => AddLineItemInput, { description: INPUT }) input: AddLineItemInput,
    @Ctx() context: Context,
  ): Promise<LineItemPayloadType> {
    const { intent, invoice, userErrors } = await runWrite(context, input, toAddLineItem(input))
    const lineItem = invoice?.lineItems?.find(({ nativeId }) => nativeId === intent?.result?.lineItemId) ?? null
    return { invoice, userErrors, lineItem, lineItemEdge: lineItem && lineItemEdge(lineItem) }
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, { description: 'Removes a line item from an open or finalized invoice.' })
  removeLineItem(
    @Arg('input', () => RemoveLineItemInput, { description: INPUT }) input: RemoveLineItemInput,
    @Ctx() context: Context,
  ): Promise<Written> {
    return runWrite(context, input, toRemoveLineItem(input))
  }

  @Directive(CALLS_UPSTREAM)
  @Mutation(() => WriteIntentPayloadType, {
    description: 'Records the decision of a person on a write whose outcome cannot be read from 3scale.',
  })
  async resolveIncident(
    @Arg('input', () => ResolveIncidentInput, { description: 'The decision.' }) input: ResolveIncidentInput,
    @Ctx() { writes, principal }: Context,
  ): Promise<WriteIntentPayloadType> {
    requireScope(principal, 'billing:write')
    if (!writes) return { intent: null, userErrors: [WRITES_DISABLED] }
    const { key, outcome, note } = input
    try {
      const reference = input.reference == null ? null : referenceOf(input.reference)
      return { intent: await writes.resolve({ key, isDone: outcome === 'DONE', reference, note }), userErrors: [] }
    } catch (error) {
      if (error instanceof WriteRefusedError) return { intent: null, userErrors: [error.refusal] }
      if (error instanceof JournalUnavailableError) return { intent: null, userErrors: [JOURNAL_UNAVAILABLE] }
      throw error
    }
  }

  @Directive(CALLS_UPSTREAM)
  @Query(() => WriteIntentType, {
    nullable: true,
    description: 'What became of a write, by its idempotency key; null if the caller has none with this key.',
  })
  async writeIntent(
    @Arg('key', () => String, { description: 'Idempotency key.' }) key: string,
    @Ctx() { writes, principal }: Context,
  ): Promise<WriteIntent | null> {
    requireScope(principal, 'billing:write')
    return (await writes?.intent(key)) ?? null
  }

  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(10))
  @Query(() => [WriteIntentType], {
    description:
      "The caller's writes whose outcome a person has to decide, oldest first; those of every caller with the scope admin and a grant for all buyers.",
  })
  async incidents(@Ctx() { writes, principal }: Context): Promise<readonly WriteIntent[]> {
    requireScope(principal, 'billing:write')
    return (await writes?.incidents()) ?? []
  }
}

/** The native id of an invoice or a line item. @throws BadInputError */
function referenceOf(text: string): string {
  const id = readGlobalId('reference', text, 'Invoice', 'LineItem')
  if (id.type === 'Invoice') return id.nativeId
  return id.on === 'invoice' && 'nativeId' in id.line ? id.line.nativeId : id.documentId
}
