import { ArgsType, Field, InputType, Int, ObjectType } from 'type-graphql'
import type { BuyerFilter } from '../../loaders/buyers.js'
import { PageArgs } from '../connection/page.args.js'
import { PageInfoType } from '../connection/page-info.type.js'
import { BillingSource } from '../schema/enums.js'
import { BuyerType } from './party.type.js'

@ObjectType('BuyerEdge', { description: 'A buyer in a list.' })
export abstract class BuyerEdgeType {
  @Field(() => String, { description: 'Its place in the list.' })
  readonly cursor!: string

  @Field(() => BuyerType, { description: 'The buyer.' })
  readonly node!: BuyerType
}

@ObjectType('BuyerConnection', { description: 'A page of buyers of both systems.' })
export abstract class BuyerConnectionType {
  @Field(() => [BuyerEdgeType], { description: 'The buyers with their cursors.' })
  readonly edges!: readonly BuyerEdgeType[]

  @Field(() => [BuyerType], { description: 'The buyers without their cursors.' })
  readonly nodes!: readonly BuyerType[]

  @Field(() => PageInfoType, { description: 'Where this page lies.' })
  readonly pageInfo!: PageInfoType

  @Field(() => Int, {
    nullable: true,
    description: 'How many buyers match, on all pages together; null while a system that has some cannot answer.',
  })
  readonly totalCount!: number | null
}

@InputType('BuyerFilter', { description: 'Which buyers to keep; what is left out keeps all.' })
export class BuyerFilterInput implements BuyerFilter {
  @Field(() => BillingSource, { nullable: true, description: 'Only buyers of this system.' })
  readonly source?: keyof typeof BillingSource | null

  @Field(() => String, { nullable: true, description: 'Only buyers whose name holds this, in any case.' })
  readonly nameContains?: string | null
}

/** The arguments of a list of buyers. */
@ArgsType()
export class BuyersArgs extends PageArgs {
  @Field(() => BuyerFilterInput, { nullable: true, description: 'Which buyers to keep.' })
  readonly filter?: BuyerFilterInput | null
}
