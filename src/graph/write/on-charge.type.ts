import { Field, ObjectType } from 'type-graphql'
import type { Invoice } from '../../domain/invoice.js'
import type { Money } from '../../domain/money.js'
import type { Notice } from '../../domain/notice.js'
import type { OnChargeAction as Action } from '../../domain/on-charge/steps.js'
import { InvoiceType } from '../invoice/invoice.type.js'
import { NoticeType } from '../invoice/notice.type.js'
import { MoneyType } from '../money/money.type.js'
import { publish } from '../schema/enums.js'
import { UserErrorType } from './write.type.js'

export const OnChargeAction = publish<Action>('OnChargeAction', 'What on-charging does with a line item.', {
  CREATE: 'It is added.',
  KEEP: 'It stays as it is.',
  REPLACE: 'It is removed from an open invoice, and added with another cost.',
  ADJUST: 'It is added, and corrects line items that can no longer be replaced.',
  REMOVE: 'It is removed.',
})

@ObjectType('OnChargeStep', { simpleResolvers: true, description: 'A step of a plan to on-charge a month.' })
export abstract class OnChargeStepType {
  @Field(() => OnChargeAction, { description: 'What happens to the line item.' })
  readonly action!: keyof typeof OnChargeAction

  @Field(() => String, {
    description:
      'Marker at the end of the description, by which the line item is recognised: [bg1o:k5zq2m7ayd3xwplc.0].',
  })
  readonly marker!: string

  @Field(() => String, { description: 'Name of the line item.' })
  readonly name!: string

  @Field(() => MoneyType, {
    description: 'Cost of the line item after the step, without tax; before it, if the action is REMOVE.',
  })
  readonly cost!: Money
}

@ObjectType('OnChargePayload', {
  simpleResolvers: true,
  description: 'Result of on-charging a month, or of a dry run.',
})
export abstract class OnChargePayloadType {
  @Field(() => InvoiceType, {
    nullable: true,
    description: 'The invoice that line items are added to; null if it does not exist yet.',
  })
  readonly invoice!: Invoice | null

  @Field(() => [OnChargeStepType], { description: 'The steps; empty if there is no plan.' })
  readonly plan!: readonly OnChargeStepType[]

  @Field(() => String, {
    nullable: true,
    description: 'Hash of the plan, for expectedPlanHash; null if there is no plan.',
  })
  readonly planHash!: string | null

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Sum of all line items of the month after the steps, without tax; null if there is no plan.',
  })
  readonly total!: Money | null

  @Field(() => [NoticeType], {
    description: 'Line items with an on-charge marker that belongs to no month of the customer. They are left alone.',
  })
  readonly notices!: readonly Notice[]

  @Field(() => [UserErrorType], { description: 'Reasons for which it was not done; empty if it was.' })
  readonly userErrors!: readonly UserErrorType[]
}
