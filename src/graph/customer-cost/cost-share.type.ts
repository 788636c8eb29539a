import { Field, Int, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { DecimalScalar } from '../schema/scalars.js'

@ObjectType('CostShare', {
  simpleResolvers: true,
  description: 'Total cost of the line items that share one category, product, region, resource or type.',
})
export abstract class CostShareType {
  @Field(() => String, { description: 'The shared value, such as the category; empty for line items without one.' })
  readonly key!: string

  @Field(() => Int, { description: 'Number of line items.' })
  readonly count!: number

  @Field(() => TaxedMoneyType, { description: 'Sum of the line items.' })
  readonly total!: TaxedMoneyType

  @Field(() => DecimalScalar, { description: 'Share of the whole without tax, as a fraction with six decimal places.' })
  readonly share!: Decimal
}
