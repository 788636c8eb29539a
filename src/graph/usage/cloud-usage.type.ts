import { Field, ID, ObjectType } from 'type-graphql'
import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Decimal } from '../../domain/decimal.js'
import type { MeasuredService, Measurement } from '../../domain/measurement.js'
import { MoneyType } from '../money/money.type.js'
import { CurrencyCodeScalar } from '../schema/scalars/currency-code.scalar.js'
import { LocalDateScalar } from '../schema/scalars/date.scalars.js'
import { DecimalScalar } from '../schema/scalars/decimal.scalar.js'

@ObjectType('Product', { description: 'What a unit of a cloud product costs in a region, by the price list.' })
export abstract class ProductType implements Omit<CloudProduct, 'currency'> {
  @Field(() => String, {
    description:
      'Name without its region, such as c1.c2r4; what spans regions carries its country, as in nz.o1.standard.',
  })
  readonly name!: string

  @Field(() => String, { description: 'Region, such as nz-por-1; what spans regions stands in each.' })
  readonly region!: string

  @Field(() => String, { description: "Category in the price list's own words, such as block storage." })
  readonly category!: string

  @Field(() => DecimalScalar, { description: 'Price of one unit without tax.' })
  readonly rate!: Decimal

  @Field(() => String, {
    nullable: true,
    description: 'The unit, such as hour; storage is priced by the gigabyte and hour.',
  })
  readonly unit!: string | null

  @Field(() => String, { nullable: true, description: 'What it is, in the words of the price list.' })
  readonly description!: string | null

  @Field(() => CurrencyCodeScalar, { description: 'Currency of the price.' })
  readonly currencyCode!: string
}

@ObjectType('MeasuredService', { description: 'How much of one service a resource used.' })
export abstract class MeasuredServiceType implements MeasuredService {
  @Field(() => String, { description: 'Name of the service, such as c1.c2r4.' })
  readonly name!: string

  @Field(() => DecimalScalar, { description: 'How much, over the whole range.' })
  readonly volume!: Decimal

  @Field(() => String, {
    description: "The collector's own unit: second, byte, gigabyte or hour; not that of the price list.",
  })
  readonly unit!: string
}

@ObjectType('Measurement', { description: 'What one cloud resource used over a range of days, before any price.' })
export abstract class MeasurementType implements Measurement {
  @Field(() => ID, { description: "The resource's own id." })
  readonly resourceId!: string

  @Field(() => String, { nullable: true, description: 'Its name; null where it has none, as floating addresses do.' })
  readonly resourceName!: string | null

  @Field(() => String, { nullable: true, description: 'What it is, such as Virtual Machine.' })
  readonly type!: string | null

  @Field(() => String, { description: 'Region, such as nz-por-1.' })
  readonly region!: string

  @Field(() => [MeasuredServiceType], { description: 'What it used.' })
  readonly services!: readonly MeasuredServiceType[]
}

@ObjectType('Credit', { description: 'Money that Catalyst will take off coming bills.' })
export abstract class CreditType implements Omit<Credit, 'balance'> {
  @Field(() => String, { nullable: true, description: 'Its code; null where it has none.' })
  readonly code!: string | null

  @Field(() => String, { description: 'What kind of grant it is, such as Cloud Development Grant.' })
  readonly type!: string

  @Field(() => MoneyType, { description: 'What is left of it.' })
  readonly balance!: MoneyType

  @Field(() => LocalDateScalar, { nullable: true, description: 'Day on which it began (UTC).' })
  readonly startedOn!: string | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Day on which it expires.' })
  readonly expiresOn!: string | null

  @Field(() => Boolean, { description: 'True when it comes again each month.' })
  readonly recurring!: boolean
}
