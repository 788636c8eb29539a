import { ArgsType, Field, InputType, Int, ObjectType } from 'type-graphql'
import type { BuyerFilter } from '../../loaders/buyers.js'
import { PageArgs, PageInfoType } from '../connection/page.js'
import { BillingSource } from '../schema/enums.js'
import { BuyerType } from './party.type.js'

@ObjectType('BuyerEdge', { simpleResolvers: true, description: 'An edge of a buyer connection.' })
export abstract class BuyerEdgeType {
  @Field(() => String, { description: 'Cursor of the buyer.' })
  readonly cursor!: string

  @Field(() => BuyerType, { description: 'The buyer.' })
  readonly node!: BuyerType
}

@ObjectType('BuyerConnection', { simpleResolvers: true, description: 'A page of buyers from both billing systems.' })
export abstract class BuyerConnectionType {
  @Field(() => [BuyerEdgeType], { description: 'Buyers with their cursors.' })
  readonly edges!: readonly BuyerEdgeType[]

  @Field(() => [BuyerType], { description: 'Buyers without cursors.' })
  readonly nodes!: readonly BuyerType[]

  @Field(() => PageInfoType, { description: 'Pagination information.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, {
    nullable: true,
    description: 'Number of matching buyers on all pages; null while a billing system of the list is unavailable.',
  })
  readonly totalCount!: number | null
}

@InputType('BuyerFilter', { description: 'Filter for buyers. Omitted fields match everything.' })
export class BuyerFilterInput implements BuyerFilter {
  @Field(() => BillingSource, { nullable: true, description: 'Only buyers in this billing system.' })
  readonly source?: keyof typeof BillingSource | null

  @Field(() => String, { nullable: true, description: 'Only buyers whose name contains this text, case-insensitive.' })
  readonly nameContains?: string | null
}

/** The arguments of a buyer list. */
@ArgsType()
export class BuyersArgs extends PageArgs {
  @Field(() => BuyerFilterInput, { nullable: true, description: 'Filter for the list.' })
  readonly filter?: BuyerFilterInput | null
}
