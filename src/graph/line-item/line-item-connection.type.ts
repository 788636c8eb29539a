import { Field, Int, ObjectType } from 'type-graphql'
import type { LineItem } from '../../domain/line-item.js'
import { PageInfoType } from '../connection/page.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { LineItemType } from './line-item.type.js'

@ObjectType('LineItemEdge', { simpleResolvers: true, description: 'An edge of a line item connection.' })
export abstract class LineItemEdgeType {
  @Field(() => String, { description: 'Cursor of the line item.' })
  readonly cursor!: string

  @Field(() => LineItemType, { description: 'The line item.' })
  readonly node!: LineItem
}

@ObjectType('LineItemConnection', { simpleResolvers: true, description: 'A page of line items.' })
export abstract class LineItemConnectionType {
  @Field(() => [LineItemEdgeType], { description: 'Line items with their cursors.' })
  readonly edges!: readonly LineItemEdgeType[]

  @Field(() => [LineItemType], { description: 'Line items without cursors.' })
  readonly nodes!: readonly LineItem[]

  @Field(() => PageInfoType, { description: 'Pagination information.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, { nullable: true, description: 'Number of matching line items on all pages.' })
  readonly totalCount!: number | null

  @Field(() => TaxedMoneyType, { description: 'Total cost of the matching line items on all pages.' })
  readonly total!: TaxedMoneyType
}
