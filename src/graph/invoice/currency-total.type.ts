import { Field, Int, ObjectType } from 'type-graphql'
import type { CurrencyTotal } from '../../domain/currency-total.js'
import { MoneyType } from '../money/money.type.js'
import { Ledger } from '../schema/enums.js'
import { CurrencyCodeScalar } from '../schema/scalars.js'

@ObjectType('CurrencyTotal', {
  simpleResolvers: true,
  description: 'Totals of the invoices of one ledger and one currency.',
})
export abstract class CurrencyTotalType implements CurrencyTotal {
  @Field(() => Ledger, { description: 'Whether the invoices are costs or revenue.' })
  readonly ledger!: keyof typeof Ledger

  @Field(() => CurrencyCodeScalar, { description: 'Currency of the amounts.' })
  readonly currencyCode!: string

  @Field(() => MoneyType, { description: 'Sum without tax.' })
  readonly net!: CurrencyTotal['net']

  @Field(() => MoneyType, { nullable: true, description: 'Sum of tax; null if the tax of an invoice is unknown.' })
  readonly tax!: CurrencyTotal['tax']

  @Field(() => MoneyType, { nullable: true, description: 'Sum with tax; null if that of an invoice is unknown.' })
  readonly gross!: CurrencyTotal['gross']

  @Field(() => Int, { description: 'Number of invoices in the sums.' })
  readonly count!: number
}
