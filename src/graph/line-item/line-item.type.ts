import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import type { CloudResource, LineItem } from '../../domain/line-item.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { NodeType } from '../node/node.type.js'
import { LineItemType as TypeEnum } from '../schema/enums.js'
import { DecimalScalar } from '../schema/scalars.js'

@ObjectType('CloudResource', {
  simpleResolvers: true,
  description: 'The cloud resource that a Catalyst line item charges for.',
})
export abstract class CloudResourceType implements CloudResource {
  @Field(() => String, {
    nullable: true,
    description:
      'Id of the resource in Catalyst, a UUID or MD5 hash; null on bills from the ERP. Several line items can charge for one resource.',
  })
  readonly resourceId!: string | null

  @Field(() => String, { nullable: true, description: 'Name of the resource; null if it has none.' })
  readonly name!: string | null

  @Field(() => String, { nullable: true, description: 'Region, such as nz-por-1; null for products without a region.' })
  readonly region!: string | null

  @Field(() => String, { description: 'Category, such as Compute.' })
  readonly category!: string

  @Field(() => String, { description: 'Product without its region, such as c1.c2r4.' })
  readonly product!: string
}

type Described = Pick<LineItem, 'nativeId' | 'name' | 'description' | 'rawType' | 'unit' | 'metricId' | 'contractId'>

@Directive('@key(fields: "id")')
@ObjectType('LineItem', {
  simpleResolvers: true,
  description: 'A charge on an invoice or quotation.',
  implements: NodeType,
})
export abstract class LineItemType extends NodeType implements Described {
  @Field(() => String, { nullable: true, description: 'Id of the line item in 3scale; null for Catalyst.' })
  readonly nativeId!: string | null

  @Field(() => String, { description: 'Name of the resource or charge; the product if there is no name.' })
  readonly name!: string

  @Field(() => String, {
    nullable: true,
    description: 'Additional description; null for Catalyst, and if there is none.',
  })
  readonly description!: string | null

  @Field(() => TypeEnum, { description: 'Kind of charge.' })
  readonly type!: keyof typeof TypeEnum

  @Field(() => String, {
    nullable: true,
    description: 'Type as named by the billing system; the category for Catalyst; null if not stated.',
  })
  readonly rawType!: string | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Number of units, negative for refunds; null if not stated.',
  })
  readonly quantity!: Decimal | null

  @Field(() => String, {
    nullable: true,
    description: 'Unit as sent by Catalyst, such as hour, Hour(s) or gigabyte; null for 3scale.',
  })
  readonly unit!: string | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Price per unit without tax; null for 3scale, where cost divided by quantity is not a price.',
  })
  readonly rate!: Decimal | null

  @Field(() => TaxedMoneyType, {
    description: 'Cost of the line item, with the net amount as stated by the billing system.',
  })
  readonly cost!: TaxedMoneyType

  @Field(() => CloudResourceType, { nullable: true, description: 'The cloud resource; null for 3scale.' })
  readonly resource!: CloudResourceType | null

  @Field(() => ID, {
    nullable: true,
    description:
      "3scale's own number of the billed metric, such as 801; the id in this graph is metric { id }. Null if there is none.",
  })
  readonly metricId!: string | null

  @Field(() => ID, {
    nullable: true,
    description:
      "3scale's own number of the billed contract, such as 501; the id in this graph is contract { id }. Null if there is none.",
  })
  readonly contractId!: string | null
}
