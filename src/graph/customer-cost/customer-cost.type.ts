import { Field, ObjectType } from 'type-graphql'
import { InvoiceType } from '../invoice/invoice.type.js'
import { NoticeType } from '../invoice/notice.type.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { BuyerType } from '../party/party.type.js'
import { PeriodType } from '../period/period.type.js'
import { CostBasis, PrefixMatch } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars.js'

@ObjectType('CustomerCost', {
  simpleResolvers: true,
  description: "Cost of a hosted customer's resources in a month: the line items whose resource names match a prefix.",
})
export abstract class CustomerCostType {
  @Field(() => String, { description: 'The requested prefix.' })
  readonly prefix!: string

  @Field(() => PrefixMatch, { description: 'How resource names were matched.' })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => CostBasis, { description: "Whether the cost comes from bills or from the running month's quotation." })
  readonly basis!: keyof typeof CostBasis

  @Field(() => PeriodType, { description: 'The month.' })
  readonly period!: PeriodType

  @Field(() => BuyerType, { description: 'The project that was billed.' })
  readonly buyer!: BuyerType

  @Field(() => [InvoiceType], { description: 'The bills of the month, oldest first; empty for a quotation.' })
  readonly invoices!: readonly InvoiceType[]

  @Field(() => TaxedMoneyType, { description: 'Sum of the line items.' })
  readonly total!: TaxedMoneyType

  @Field(() => [NoticeType], { description: 'Warnings about these figures.' })
  readonly notices!: readonly NoticeType[]

  @Field(() => DateTimeScalar, {
    description: 'Time when the upstream returned this data; the earliest of several responses.',
  })
  readonly asOf!: string

  @Field(() => Boolean, { description: 'True if older data is returned because the upstream failed.' })
  readonly stale!: boolean
}
