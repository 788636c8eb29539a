import { Field, ObjectType } from 'type-graphql'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import type { WriteIntent } from '../../writes/intent.js'
import { InvoiceType } from '../invoice/invoice.type.js'
import { LineItemType } from '../line-item/line-item.type.js'
import { LineItemEdgeType } from '../line-item/line-item-connection.type.js'
import { DateTimeScalar } from '../schema/scalars.js'
import { UserErrorCode, WriteState } from './write.enums.js'

@ObjectType('UserError', {
  simpleResolvers: true,
  description: 'Why a write was not made, or why its outcome is unknown.',
})
export abstract class UserErrorType {
  @Field(() => [String], { nullable: true, description: 'Path of the argument at fault; null if there is none.' })
  readonly field!: readonly string[] | null

  @Field(() => String, { description: 'Message for people.' })
  readonly message!: string

  @Field(() => UserErrorCode, { description: 'Reason.' })
  readonly code!: keyof typeof UserErrorCode
}

@ObjectType('InvoicePayload', { simpleResolvers: true, description: 'Result of a write to an invoice.' })
export abstract class InvoicePayloadType {
  @Field(() => InvoiceType, {
    nullable: true,
    description:
      'The invoice after the write; null if the write was not made, its outcome is not known, or the invoice could not be read afterwards, which errors says.',
  })
  readonly invoice!: Invoice | null

  @Field(() => [UserErrorType], { description: 'Reasons for which the write was not made; empty if it was.' })
  readonly userErrors!: readonly UserErrorType[]
}

@ObjectType('LineItemPayload', { simpleResolvers: true, description: 'Result of adding a line item.' })
export abstract class LineItemPayloadType extends InvoicePayloadType {
  @Field(() => LineItemType, {
    nullable: true,
    description: 'The new line item; null if it was not added, or could not be read afterwards.',
  })
  readonly lineItem!: LineItem | null

  @Field(() => LineItemEdgeType, {
    nullable: true,
    description: 'Edge of the new line item, for lists that a client has; null where lineItem is.',
  })
  readonly lineItemEdge!: { readonly cursor: string; readonly node: LineItem } | null
}

@ObjectType('WriteIntent', { simpleResolvers: true, description: 'A write as the journal holds it.' })
export abstract class WriteIntentType {
  @Field(() => String, { description: 'Idempotency key.' })
  readonly key!: string

  @Field(() => String, { description: 'Mutation, such as addLineItem.' })
  readonly operation!: WriteIntent['operation']

  @Field(() => WriteState, { description: 'State of the write.' })
  readonly state!: keyof typeof WriteState

  @Field(() => DateTimeScalar, { description: 'Time when it was recorded.' })
  readonly createdAt!: string

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time when it was last sent; null if it never was.' })
  readonly sentAt!: string | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Earliest time at which its outcome can be read from 3scale; null if it was never sent.',
  })
  readonly settlesAfter!: string | null
}

@ObjectType('WriteIntentPayload', { simpleResolvers: true, description: 'Result of resolving an incident.' })
export abstract class WriteIntentPayloadType {
  @Field(() => WriteIntentType, { nullable: true, description: 'The resolved write; null if it was not resolved.' })
  readonly intent!: WriteIntent | null

  @Field(() => [UserErrorType], { description: 'Reasons for which it was not resolved; empty if it was.' })
  readonly userErrors!: readonly UserErrorType[]
}
