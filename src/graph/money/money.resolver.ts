import { FieldResolver, Resolver, Root } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import type { Money } from '../../domain/money.js'
import { MoneyType } from './money.type.js'

@Resolver(() => MoneyType)
export class MoneyResolver {
  @FieldResolver()
  amount(@Root() money: Money): Decimal {
    return money
  }

  @FieldResolver()
  currencyCode(@Root() money: Money): string {
    return money.currency
  }
}
