import { Field, ObjectType } from 'type-graphql'
import { BillingDocumentType } from '../invoice/billing-document.type.js'
import { NoticeType } from '../invoice/notice.type.js'
import { TaxedMoneyType } from '../money/money.type.js'

@ObjectType('RegionCost', { description: 'What the resources of one region cost so far this month.' })
export abstract class RegionCostType {
  @Field(() => String, { description: 'Region, such as nz-por-1.' })
  readonly region!: string

  @Field(() => TaxedMoneyType, { description: 'Their cost.' })
  readonly total!: TaxedMoneyType
}

@ObjectType('Quotation', {
  description:
    'What the resources of one Catalyst project cost so far this month (UTC), over its regions: usage at list price, without ' +
    'discounts, credits or grants.',
  implements: BillingDocumentType,
})
export abstract class QuotationType extends BillingDocumentType {
  @Field(() => [RegionCostType], { description: 'The cost of each region that answered.' })
  readonly regions!: readonly RegionCostType[]

  @Field(() => [String], { description: 'Regions that could not answer: the total is without them.' })
  readonly missingRegions!: readonly string[]

  @Field(() => [NoticeType], { description: 'What a careful reader should know about these figures.' })
  readonly notices!: readonly NoticeType[]
}
