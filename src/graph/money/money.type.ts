import { Directive, Field, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import { TaxBasis } from '../schema/enums.js'
import { CurrencyCodeScalar } from '../schema/scalars/currency-code.scalar.js'
import { DecimalScalar } from '../schema/scalars/decimal.scalar.js'

@Directive('@shareable')
@ObjectType('Money', { description: 'An exact amount in one currency.' })
export abstract class MoneyType {
  @Field(() => DecimalScalar, { description: 'The amount, to the decimal place that was stated.' })
  readonly amount!: Decimal

  @Field(() => CurrencyCodeScalar, { description: 'Its currency.' })
  readonly currencyCode!: string
}

@Directive('@shareable')
@ObjectType('TaxedMoney', {
  description:
    'An amount without and with tax, as the upstream states them: gross is not recomputed from net and tax, which 3scale ' +
    'rounds each on its own.',
})
export abstract class TaxedMoneyType {
  @Field(() => MoneyType, { description: 'Without tax.' })
  readonly net!: MoneyType

  @Field(() => MoneyType, { nullable: true, description: 'The tax; null when not known.' })
  readonly tax!: MoneyType | null

  @Field(() => MoneyType, { nullable: true, description: 'With tax; null when not known.' })
  readonly gross!: MoneyType | null

  @Field(() => DecimalScalar, { nullable: true, description: 'As a fraction: 0.15 for 15 %; null when parts differ.' })
  readonly taxRate!: Decimal | null

  @Field(() => TaxBasis, { description: 'Where tax and gross come from.' })
  readonly taxBasis!: keyof typeof TaxBasis
}
