import { Field, ObjectType } from 'type-graphql'
import type { CostAllocation, CustomerShare, PoolShare, SharedPool } from '../../domain/allocation/cost-allocation.js'
import type { Decimal } from '../../domain/decimal.js'
import { NoticeType } from '../invoice/notice.type.js'
import { MoneyType, TaxedMoneyType } from '../money/money.type.js'
import { BuyerType } from '../party/party.type.js'
import { PeriodType } from '../period/period.type.js'
import { CostBasis, SharedCostPolicy, TaxRounding } from '../schema/enums.js'
import { DateTimeScalar, DecimalScalar } from '../schema/scalars.js'

@ObjectType('CustomerShare', { simpleResolvers: true, description: "A customer's part of a bill." })
export abstract class CustomerShareType implements Omit<CustomerShare, 'customer' | 'direct' | 'shared' | 'total'> {
  @Field(() => MoneyType, { description: 'Cost of its own line items, without tax.' })
  readonly direct!: MoneyType

  @Field(() => MoneyType, { description: 'Its part of the shared pools, without tax.' })
  readonly shared!: MoneyType

  @Field(() => TaxedMoneyType, { description: 'The whole part. Net is direct plus shared; gross is net plus tax.' })
  readonly total!: TaxedMoneyType

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Fraction of the bill without tax, with six decimal places; null for a bill of zero.',
  })
  readonly share!: Decimal | null
}

@ObjectType('PoolShare', { simpleResolvers: true, description: "A customer's part of a shared pool." })
export abstract class PoolShareType implements Omit<PoolShare, 'customer' | 'amount'> {
  @Field(() => MoneyType, { description: 'Without tax.' })
  readonly amount!: MoneyType
}

@ObjectType('SharedPool', {
  simpleResolvers: true,
  description: 'Cost of the line items that no customer claims and that the registry names as a pool.',
})
export abstract class SharedPoolType implements Omit<SharedPool, 'cost' | 'shares'> {
  @Field(() => String, {
    description:
      'Name in the registry. ROUNDING is the difference between the bill as stated and the sum of its line items.',
  })
  readonly name!: string

  @Field(() => SharedCostPolicy, { description: 'How the pool is divided.' })
  readonly policy!: keyof typeof SharedCostPolicy

  @Field(() => MoneyType, { description: 'Cost of its line items, without tax.' })
  readonly cost!: MoneyType
}

@ObjectType('CostAllocation', {
  simpleResolvers: true,
  description:
    'The cost of one project and month, divided among the customers of the registry. The totals of all customers and ' +
    'unallocated sum to bill, in net, in tax and in gross, to the cent.',
})
export abstract class CostAllocationType
  implements Pick<CostAllocation, 'basis' | 'taxRounding' | 'fingerprint' | 'asOf' | 'stale'>
{
  @Field(() => PeriodType, { description: 'The month.' })
  readonly period!: PeriodType

  @Field(() => BuyerType, { description: 'The project that was billed.' })
  readonly buyer!: BuyerType

  @Field(() => CostBasis, { description: "Whether the cost comes from bills or from the running month's quotation." })
  readonly basis!: keyof typeof CostBasis

  @Field(() => TaxedMoneyType, { description: 'The bill as stated; the sum of several documents.' })
  readonly bill!: TaxedMoneyType

  @Field(() => TaxRounding, { description: 'How tax is rounded that the bill does not state.' })
  readonly taxRounding!: keyof typeof TaxRounding

  @Field(() => TaxedMoneyType, { description: 'The part of no customer, with the pools that are not divided.' })
  readonly unallocated!: TaxedMoneyType

  @Field(() => String, {
    description:
      'SHA-256 in hexadecimal of the bill, the claims and pools in force, and the rounding. Equal fingerprints mean equal shares.',
  })
  readonly fingerprint!: string

  @Field(() => [NoticeType], { description: 'Warnings about these figures.' })
  readonly notices!: readonly NoticeType[]

  @Field(() => DateTimeScalar, {
    description: 'Time when the upstream returned this data; the earliest of several responses.',
  })
  readonly asOf!: string

  @Field(() => Boolean, { description: 'True if older data is returned because the upstream failed.' })
  readonly stale!: boolean
}
