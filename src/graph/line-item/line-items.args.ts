import { ArgsType, Field, InputType } from 'type-graphql'
import type { LineItemFilter } from '../../domain/line-item.js'
import { PageArgs } from '../connection/page.args.js'
import { LineItemOrder, LineItemType } from '../schema/enums.js'

@InputType('LineItemFilter', { description: 'Which line items to keep; what is left out keeps all.' })
export class LineItemFilterInput implements LineItemFilter {
  @Field(() => String, { nullable: true, description: 'Only lines whose name begins with this, letter by letter.' })
  readonly namePrefix?: string | null

  @Field(() => [LineItemType], { nullable: true, description: 'Only lines of one of these types.' })
  readonly types?: (keyof typeof LineItemType)[] | null

  @Field(() => String, { nullable: true, description: 'Only lines of this Catalyst category, such as Compute.' })
  readonly category?: string | null

  @Field(() => String, { nullable: true, description: 'Only lines of this Catalyst region, such as nz-por-1.' })
  readonly region?: string | null
}

/** Paging and order of line items. */
@ArgsType()
export class OrderedLineItemsArgs extends PageArgs {
  @Field(() => LineItemOrder, { defaultValue: 'AS_BILLED', description: 'The order of the lines.' })
  readonly orderBy!: keyof typeof LineItemOrder
}

/** Paging, order and filter of line items. */
@ArgsType()
export class LineItemsArgs extends OrderedLineItemsArgs {
  @Field(() => LineItemFilterInput, { nullable: true, description: 'Which lines to keep.' })
  readonly filter?: LineItemFilterInput | null
}
