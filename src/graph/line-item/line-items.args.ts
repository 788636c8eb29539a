import { ArgsType, Field, InputType } from 'type-graphql'
import type { LineItemFilter } from '../../domain/line-item.js'
import { PageArgs } from '../connection/page.args.js'
import { LineItemOrder, LineItemType } from '../schema/enums.js'

@InputType('LineItemFilter', { description: 'Filter for line items. Omitted fields match everything.' })
export class LineItemFilterInput implements LineItemFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Only line items whose name starts with this text, case-sensitive.',
  })
  readonly namePrefix?: string | null

  @Field(() => [LineItemType], { nullable: true, description: 'Only line items of these types.' })
  readonly types?: (keyof typeof LineItemType)[] | null

  @Field(() => String, { nullable: true, description: 'Only line items of this Catalyst category, such as Compute.' })
  readonly category?: string | null

  @Field(() => String, { nullable: true, description: 'Only line items of this Catalyst region, such as nz-por-1.' })
  readonly region?: string | null
}

/** Paging and order of line items. */
@ArgsType()
export class OrderedLineItemsArgs extends PageArgs {
  @Field(() => LineItemOrder, { defaultValue: 'AS_BILLED', description: 'Order of the line items.' })
  readonly orderBy!: keyof typeof LineItemOrder
}

/** Paging, order and filter of line items. */
@ArgsType()
export class LineItemsArgs extends OrderedLineItemsArgs {
  @Field(() => LineItemFilterInput, { nullable: true, description: 'Filter for the line items.' })
  readonly filter?: LineItemFilterInput | null
}
