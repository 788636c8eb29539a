import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Directive, Info, Mutation, Query, Resolver } from 'type-graphql'
import { requireScope } from '../../access/rules.js'
import { loadInvoice } from '../../loaders/invoices.js'
import type { Loaders } from '../../loaders/loaders.js'
import { toWireState } from '../../upstream/threescale/mapping.js'
import type { WriteIntent } from '../../writes/intent.js'
import { refuse, WRITES_DISABLED } from '../../writes/refusal.js'
import type { Decision } from '../../writes/writes.js'
import type { Context } from '../context.js'
import { lineItemEdge } from '../line-item/line-item-connection.js'
import { readGlobalId } from '../node/global-id.js'
import { CALLS_UPSTREAM, CALLS_UPSTREAMS, listOf } from '../schema/query-cost.js'
import { runWrite, type Written } from './run-write.js'
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
import { userErrorsOf } from './write-errors.js'
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
    @Info() info: GraphQLResolveInfo,
  ): Promise<Written> {
    return runWrite(context, info, input, toCreateInvoice(input, context.loaders.clock()))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, { description: 'Changes the month or the number of an invoice, in any state.' })
  updateInvoice(
    @Arg('input', () => UpdateInvoiceInput, { description: INPUT }) input: UpdateInvoiceInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Written> {
    return runWrite(context, info, input, toUpdateInvoice(input, context.loaders.clock()))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, {
    description: 'Changes the state of an invoice. PENDING issues it, once every earlier write to it is settled.',
  })
  setInvoiceState(
    @Arg('input', () => SetInvoiceStateInput, { description: INPUT }) input: SetInvoiceStateInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Written> {
    return runWrite(context, info, input, toSetInvoiceState(input, toWireState(input.state)))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, {
    description: 'Charges the card that the buyer has stored with the total of an issued invoice, at most once.',
  })
  chargeInvoice(
    @Arg('input', () => ChargeInvoiceInput, { description: INPUT }) input: ChargeInvoiceInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Written> {
    return runWrite(context, info, input, toChargeInvoice(input))
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => LineItemPayloadType, { description: 'Adds a line item to an open or finalized invoice.' })
  async addLineItem(
    @Arg('input', () => AddLineItemInput, { description: INPUT }) input: AddLineItemInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LineItemPayloadType> {
    const { intent, invoice, userErrors } = await runWrite(context, info, input, toAddLineItem(input))
    const lineItem = invoice?.lineItems?.find(({ nativeId }) => nativeId === intent?.result?.lineItemId) ?? null
    return { invoice, userErrors, lineItem, lineItemEdge: lineItem && lineItemEdge(lineItem) }
  }

  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => InvoicePayloadType, { description: 'Removes a line item from an open or finalized invoice.' })
  removeLineItem(
    @Arg('input', () => RemoveLineItemInput, { description: INPUT }) input: RemoveLineItemInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Written> {
    return runWrite(context, info, input, toRemoveLineItem(input))
  }

  @Directive(CALLS_UPSTREAM)
  @Mutation(() => WriteIntentPayloadType, {
    description: 'Records the decision of a person on a write whose outcome cannot be read from 3scale.',
  })
  async resolveIncident(
    @Arg('input', () => ResolveIncidentInput, { description: 'The decision.' }) input: ResolveIncidentInput,
    @Ctx() { writes, principal, loaders }: Context,
  ): Promise<WriteIntentPayloadType> {
    requireScope(principal, 'billing:write')
    if (!writes) return { intent: null, userErrors: [WRITES_DISABLED] }
    const { key, outcome, note, operation = null, caller = null } = input
    try {
      const reference = input.reference == null ? null : await referenceOf(loaders, input.reference)
      return {
        intent: await writes.resolve({ key, operation, caller, isDone: outcome === 'DONE', reference, note }),
        userErrors: [],
      }
    } catch (error) {
      return { intent: null, userErrors: userErrorsOf(error) }
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

/** The invoice or line item of 3scale that an id names. @throws BadInputError; WriteRefusedError when the caller does not see it */
async function referenceOf(loaders: Loaders, text: string): Promise<Decision['reference']> {
  const id = readGlobalId('reference', text, 'Invoice', 'LineItem')
  const isNative = id.type === 'LineItem' && id.on === 'invoice' && 'nativeId' in id.line
  const [invoiceId, lineItemId] =
    id.type === 'Invoice' ? [id.nativeId, null] : [id.documentId, isNative ? id.line.nativeId : '']
  const invoice = id.source === 'THREESCALE' ? await loadInvoice(loaders, 'THREESCALE', invoiceId) : null
  const isThere = lineItemId === null || invoice?.lineItems?.some(({ nativeId }) => nativeId === lineItemId)
  if (invoice && isThere) return { invoiceId, lineItemId, buyerId: invoice.buyer.nativeId }
  throw refuse('NOT_FOUND', '3scale has no such invoice or line item.', 'reference')
}
