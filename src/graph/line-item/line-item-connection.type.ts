import { Field, Int, ObjectType } from 'type-graphql'
import type { LineItem } from '../../domain/line-item.js'
import { PageInfoType } from '../connection/page-info.type.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { LineItemType } from './line-item.type.js'

@ObjectType('LineItemEdge', { description: 'A line item in a list.' })
export abstract class LineItemEdgeType {
  @Field(() => String, { description: 'Its place in the list.' })
  readonly cursor!: string

  @Field(() => LineItemType, { description: 'The line item.' })
  readonly node!: LineItem
}

@ObjectType('LineItemConnection', { description: 'A page of line items.' })
export abstract class LineItemConnectionType {
  @Field(() => [LineItemEdgeType], { description: 'The lines with their cursors.' })
  readonly edges!: readonly LineItemEdgeType[]

  @Field(() => [LineItemType], { description: 'The lines without their cursors.' })
  readonly nodes!: readonly LineItem[]

  @Field(() => PageInfoType, { description: 'Where this page lies.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, { nullable: true, description: 'How many lines match, on all pages together.' })
  readonly totalCount!: number | null

  @Field(() => TaxedMoneyType, { description: 'What all lines that match cost together, not just those of this page.' })
  readonly total!: TaxedMoneyType
}
