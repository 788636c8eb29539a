import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Directive, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import { CALLS_UPSTREAMS } from '../schema/query-cost.js'
import { OnChargeInput } from './on-charge.args.js'
import { OnChargePayloadType } from './on-charge.type.js'
import { runOnCharge } from './run-on-charge.js'

@Resolver()
export class OnChargeResolver {
  @Directive(CALLS_UPSTREAMS)
  @Mutation(() => OnChargePayloadType, {
    description:
      'Bills a registered customer for what its resources cost in a closed month. A dry run, the default, shows the plan; a run does exactly that. ' +
      'Line items that are there already stay, and those of other origin are never changed.',
  })
  onCharge(
    @Arg('input', () => OnChargeInput, { description: 'What to charge.' }) input: OnChargeInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OnChargePayloadType> {
    return runOnCharge(context, info, input)
  }
}
