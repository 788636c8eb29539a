import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import type { CloudResource, LineItem } from '../../domain/line-item.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { NodeType } from '../node/node.type.js'
import { LineItemType as TypeEnum } from '../schema/enums.js'
import { DecimalScalar } from '../schema/scalars/decimal.scalar.js'

@ObjectType('CloudResource', { description: 'The cloud resource that a Catalyst line charges for.' })
export abstract class CloudResourceType implements CloudResource {
  @Field(() => String, {
    nullable: true,
    description:
      "Catalyst's id of the resource: a UUID or an MD5 hash; null on bills from the ERP. Not unique: several lines charge for one resource.",
  })
  readonly resourceId!: string | null

  @Field(() => String, { nullable: true, description: "The resource's own name; null where the upstream has none." })
  readonly name!: string | null

  @Field(() => String, { nullable: true, description: 'Region, such as nz-por-1; null for what belongs to none.' })
  readonly region!: string | null

  @Field(() => String, { description: 'Category, such as Compute.' })
  readonly category!: string

  @Field(() => String, { description: 'Product without its region, such as c1.c2r4.' })
  readonly product!: string
}

type Described = Pick<LineItem, 'nativeId' | 'name' | 'description' | 'rawType' | 'unit' | 'metricId' | 'contractId'>

@Directive('@key(fields: "id")')
@ObjectType('LineItem', { description: 'One charge on a bill or quotation.', implements: NodeType })
export abstract class LineItemType extends NodeType implements Described {
  @Field(() => String, { nullable: true, description: "3scale's line item id; null for Catalyst, which has none." })
  readonly nativeId!: string | null

  @Field(() => String, { description: 'Name of the resource or charge; the product where the upstream gives none.' })
  readonly name!: string

  @Field(() => String, { nullable: true, description: 'Free text beside the name (3scale).' })
  readonly description!: string | null

  @Field(() => TypeEnum, { description: 'What kind of charge it is.' })
  readonly type!: keyof typeof TypeEnum

  @Field(() => String, {
    nullable: true,
    description: "The upstream's own word for the type; for Catalyst the category.",
  })
  readonly rawType!: string | null

  @Field(() => DecimalScalar, { nullable: true, description: 'How many units; negative in refunds.' })
  readonly quantity!: Decimal | null

  @Field(() => String, { nullable: true, description: 'The unit as sent: hour, Hour(s), gigabyte; null for 3scale.' })
  readonly unit!: string | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Price of one unit without tax; null for 3scale, where cost divided by quantity means nothing.',
  })
  readonly rate!: Decimal | null

  @Field(() => TaxedMoneyType, { description: 'Cost of the whole line; net as stated.' })
  readonly cost!: TaxedMoneyType

  @Field(() => CloudResourceType, { nullable: true, description: 'What is charged for (Catalyst only).' })
  readonly resource!: CloudResourceType | null

  @Field(() => ID, {
    nullable: true,
    description: "3scale's id of the metric that was billed; null where there is none.",
  })
  readonly metricId!: string | null

  @Field(() => ID, {
    nullable: true,
    description: "3scale's id of the contract that was billed; null where there is none.",
  })
  readonly contractId!: string | null
}
