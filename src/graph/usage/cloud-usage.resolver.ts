import type { GraphQLResolveInfo } from 'graphql'
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Info,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Measurement } from '../../domain/measurement.js'
import { loadCredits, loadMeasurements, loadProducts } from '../../loaders/catalyst/usage.js'
import type { Context } from '../context.js'
import { pathOf } from '../errors/partial-failures.js'
import { PROJECT_ARGUMENT, toProjectId } from '../party/project-id.js'
import { toDayRange } from '../period/day-range.js'
import { CALLS_UPSTREAM, CALLS_UPSTREAMS, listOf } from '../schema/query-cost.js'
import { LocalDateScalar } from '../schema/scalars.js'
import { CreditType, MeasurementType, ProductType } from './cloud-usage.type.js'
import { knownRegions } from './regions.js'

const ALL_REGIONS = 'Only these regions. Defaults to all regions.'

@ArgsType()
class MeasurementsArgs {
  @Field(() => LocalDateScalar, { description: 'First day (UTC).' })
  readonly from!: string

  @Field(() => LocalDateScalar, { nullable: true, description: 'Last day (UTC), inclusive. Defaults to now.' })
  readonly to?: string | null

  @Field(() => ID, { nullable: true, description: PROJECT_ARGUMENT })
  readonly projectId?: string | null

  @Field(() => [String], { nullable: true, description: ALL_REGIONS })
  readonly regions?: string[] | null
}

@Resolver(() => ProductType)
export class ProductResolver {
  @Directive('@cacheControl(maxAge: 300)')
  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(200))
  @Query(() => [ProductType], {
    nullable: true,
    description: 'Prices of cloud products, from the price list of the first configured account.',
  })
  async products(
    @Arg('regions', () => [String], { nullable: true, description: ALL_REGIONS }) regions: string[] | null | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<readonly CloudProduct[]> {
    return loadProducts(loaders, await knownRegions(loaders, null, regions))
  }

  @FieldResolver()
  currencyCode(@Root() product: CloudProduct): string {
    return product.currency
  }
}

@Resolver()
export class UsageResolver {
  @Directive(CALLS_UPSTREAMS)
  @Directive(listOf(200))
  @Query(() => [MeasurementType], {
    nullable: true,
    description:
      'Raw usage of resources over a range of days, summed over the range. Available even where prices cannot be computed.',
  })
  async measurements(
    @Args(() => MeasurementsArgs) args: MeasurementsArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Measurement[]> {
    const days = toDayRange(args)
    const projectId = toProjectId(args.projectId)
    const regions = await knownRegions(context.loaders, projectId, args.regions)
    const { measurements, failures } = await loadMeasurements(context.loaders, { ...days, projectId, regions })
    context.failures.report(failures, pathOf(info))
    return measurements
  }

  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(5))
  @Query(() => [CreditType], { nullable: true, description: 'Remaining grants and credits of a project.' })
  credits(
    @Arg('projectId', () => ID, { nullable: true, description: PROJECT_ARGUMENT }) projectId: string | null | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<readonly Credit[]> {
    return loadCredits(loaders, toProjectId(projectId))
  }
}
