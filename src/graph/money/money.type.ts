import { Directive, Field, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import { TaxBasis } from '../schema/enums.js'
import { CurrencyCodeScalar, DecimalScalar } from '../schema/scalars.js'

@Directive('@shareable')
@ObjectType('Money', { simpleResolvers: true, description: 'An exact amount in one currency.' })
export abstract class MoneyType {
  @Field(() => DecimalScalar, { description: 'The amount, with the decimal places that the billing system stated.' })
  readonly amount!: Decimal

  @Field(() => CurrencyCodeScalar, { description: 'Currency of the amount.' })
  readonly currencyCode!: string
}

@Directive('@shareable')
@ObjectType('TaxedMoney', {
  simpleResolvers: true,
  description:
    'An amount without and with tax, as stated by the billing system. 3scale rounds net, tax and gross separately, so that ' +
    'they may not add up.',
})
export abstract class TaxedMoneyType {
  @Field(() => MoneyType, { description: 'Amount without tax.' })
  readonly net!: MoneyType

  @Field(() => MoneyType, { nullable: true, description: 'Tax; null if unknown.' })
  readonly tax!: MoneyType | null

  @Field(() => MoneyType, { nullable: true, description: 'Amount with tax; null if unknown.' })
  readonly gross!: MoneyType | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Tax rate as a fraction, 0.15 for 15 %; null if unknown or if the parts differ.',
  })
  readonly taxRate!: Decimal | null

  @Field(() => TaxBasis, { description: 'Origin of tax and gross.' })
  readonly taxBasis!: keyof typeof TaxBasis
}
