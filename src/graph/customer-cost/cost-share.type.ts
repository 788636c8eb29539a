import { Field, Int, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { DecimalScalar } from '../schema/scalars/decimal.scalar.js'

@ObjectType('CostShare', {
  description: 'What the lines of one category, product, region, resource or type cost together.',
})
export abstract class CostShareType {
  @Field(() => String, { description: 'What the lines have in common; empty for lines that have none.' })
  readonly key!: string

  @Field(() => Int, { description: 'How many lines.' })
  readonly count!: number

  @Field(() => TaxedMoneyType, { description: 'Their sum.' })
  readonly total!: TaxedMoneyType

  @Field(() => DecimalScalar, { description: 'Of the whole without tax, as a fraction with six decimal places.' })
  readonly share!: Decimal
}
