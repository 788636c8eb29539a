import { Field, ObjectType } from 'type-graphql'
import { BillingDocumentType } from '../invoice/billing-document.type.js'
import { NoticeType } from '../invoice/notice.type.js'
import { TaxedMoneyType } from '../money/money.type.js'

@ObjectType('RegionCost', {
  simpleResolvers: true,
  description: 'Cost of the resources in one region so far this month.',
})
export abstract class RegionCostType {
  @Field(() => String, { description: 'Region, such as nz-por-1.' })
  readonly region!: string

  @Field(() => TaxedMoneyType, { description: 'Cost in this region.' })
  readonly total!: TaxedMoneyType
}

@ObjectType('Quotation', {
  simpleResolvers: true,
  description:
    'Cost of a Catalyst project so far this month (UTC), over its regions: usage at list price, without discounts, credits ' +
    'or grants.',
  implements: BillingDocumentType,
})
export abstract class QuotationType extends BillingDocumentType {
  @Field(() => [RegionCostType], { description: 'Cost of each region that responded.' })
  readonly regions!: readonly RegionCostType[]

  @Field(() => [String], { description: 'Regions that failed; the total does not include them.' })
  readonly missingRegions!: readonly string[]

  @Field(() => [NoticeType], { description: 'Warnings about these figures.' })
  readonly notices!: readonly NoticeType[]
}
