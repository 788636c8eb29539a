import { Field, ObjectType } from 'type-graphql'
import { InvoiceType } from '../invoice/invoice.type.js'
import { NoticeType } from '../invoice/notice.type.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { BuyerType } from '../party/party.type.js'
import { PeriodType } from '../period/period.type.js'
import { CostBasis, PrefixMatch } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars/date.scalars.js'

@ObjectType('CustomerCost', {
  description:
    "What one hosted customer's resources cost in a month: the lines whose resource name begins with a prefix.",
})
export abstract class CustomerCostType {
  @Field(() => String, { description: 'The prefix that was asked for.' })
  readonly prefix!: string

  @Field(() => PrefixMatch, { description: 'How names were matched.' })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => CostBasis, { description: "Whether it was read from bills or from the running month's quotation." })
  readonly basis!: keyof typeof CostBasis

  @Field(() => PeriodType, { description: 'The month.' })
  readonly period!: PeriodType

  @Field(() => BuyerType, { description: 'The project it was read from.' })
  readonly buyer!: BuyerType

  @Field(() => [InvoiceType], { description: 'The bills it was read from, oldest first; empty for a quotation.' })
  readonly invoices!: readonly InvoiceType[]

  @Field(() => TaxedMoneyType, { description: 'The sum of the lines.' })
  readonly total!: TaxedMoneyType

  @Field(() => [NoticeType], { description: 'What a careful reader should know about these figures.' })
  readonly notices!: readonly NoticeType[]

  @Field(() => DateTimeScalar, { description: 'When the upstream said so; the oldest of several answers.' })
  readonly asOf!: string

  @Field(() => Boolean, { description: 'True when an older answer is served because the upstream cannot answer now.' })
  readonly stale!: boolean
}
