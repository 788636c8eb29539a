import { ArgsType, Field, ID } from 'type-graphql'
import { PROJECT_ARGUMENT } from '../party/project-id.js'
import { PrefixMatch } from '../schema/enums.js'
import { YearMonthScalar } from '../schema/scalars.js'

/** The arguments of `customerCost`. */
@ArgsType()
export class CustomerCostArgs {
  @Field(() => YearMonthScalar, {
    nullable: true,
    description:
      'Month in UTC; a future month is an error. Defaults to the newest closed month that has a bill, or else to the running month.',
  })
  readonly month?: string | null

  @Field(() => PrefixMatch, {
    defaultValue: 'STARTS_WITH',
    description: 'How resource names are matched to the prefix.',
  })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => ID, { nullable: true, description: PROJECT_ARGUMENT })
  readonly projectId?: string | null

  @Field(() => String, { description: 'Prefix of the resource names; empty matches every line item.' })
  readonly prefix!: string
}
