import { Field, ID, ObjectType } from 'type-graphql'
import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Decimal } from '../../domain/decimal.js'
import type { MeasuredService, Measurement } from '../../domain/measurement.js'
import { MoneyType } from '../money/money.type.js'
import { CurrencyCodeScalar, DecimalScalar, LocalDateScalar } from '../schema/scalars.js'

@ObjectType('Product', { simpleResolvers: true, description: 'List price of a cloud product in a region.' })
export abstract class ProductType implements Omit<CloudProduct, 'currency'> {
  @Field(() => String, {
    description:
      'Name without its region, such as c1.c2r4. Products that span regions include their country, as in nz.o1.standard.',
  })
  readonly name!: string

  @Field(() => String, { description: 'Region, such as nz-por-1. Products that span regions are listed in each.' })
  readonly region!: string

  @Field(() => String, { description: 'Category in the price list, such as block storage.' })
  readonly category!: string

  @Field(() => DecimalScalar, { description: 'Price per unit without tax.' })
  readonly rate!: Decimal

  @Field(() => String, {
    nullable: true,
    description: 'Unit, such as hour; storage is priced per gigabyte and hour. Null if the price list states none.',
  })
  readonly unit!: string | null

  @Field(() => String, { nullable: true, description: 'Description in the price list; null if there is none.' })
  readonly description!: string | null

  @Field(() => CurrencyCodeScalar, { description: 'Currency of the price.' })
  readonly currencyCode!: string
}

@ObjectType('MeasuredService', { simpleResolvers: true, description: 'Usage of one service by a resource.' })
export abstract class MeasuredServiceType implements MeasuredService {
  @Field(() => String, { description: 'Name of the service, such as c1.c2r4.' })
  readonly name!: string

  @Field(() => DecimalScalar, { description: 'Usage over the whole range.' })
  readonly volume!: Decimal

  @Field(() => String, {
    description:
      'Unit of the usage collector: second, byte, gigabyte or hour. It differs from the unit in the price list.',
  })
  readonly unit!: string
}

@ObjectType('Measurement', {
  simpleResolvers: true,
  description: 'Usage of a cloud resource over a range of days, without prices.',
})
export abstract class MeasurementType implements Measurement {
  @Field(() => ID, { description: 'Id of the resource in Catalyst.' })
  readonly resourceId!: string

  @Field(() => String, {
    nullable: true,
    description: 'Name of the resource; null if it has none, as for floating IPs.',
  })
  readonly resourceName!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Kind of resource, such as Virtual Machine; null if not stated.',
  })
  readonly type!: string | null

  @Field(() => String, { description: 'Region, such as nz-por-1.' })
  readonly region!: string

  @Field(() => [MeasuredServiceType], { description: 'Usage by service.' })
  readonly services!: readonly MeasuredServiceType[]
}

@ObjectType('Credit', {
  simpleResolvers: true,
  description: 'A grant or credit that Catalyst deducts from future bills.',
})
export abstract class CreditType implements Omit<Credit, 'balance'> {
  @Field(() => String, { nullable: true, description: 'Code of the credit; null if it has none.' })
  readonly code!: string | null

  @Field(() => String, { description: 'Kind of credit, such as Cloud Development Grant.' })
  readonly type!: string

  @Field(() => MoneyType, { description: 'Remaining amount.' })
  readonly balance!: MoneyType

  @Field(() => LocalDateScalar, { nullable: true, description: 'First day (UTC); null if not stated.' })
  readonly startedOn!: string | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Expiry date; null if not stated.' })
  readonly expiresOn!: string | null

  @Field(() => Boolean, { description: 'True if the credit renews each month.' })
  readonly recurring!: boolean
}
