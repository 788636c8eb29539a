import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Directive, ID, Info, Query, Resolver } from 'type-graphql'
import type { Quotation } from '../../domain/quotation.js'
import { loadQuotation } from '../../loaders/catalyst/quotations.js'
import type { Context } from '../context.js'
import { pathOf } from '../errors/partial-failures.js'
import { PROJECT_ARGUMENT, toProjectId } from '../party/project-id.js'
import { CALLS_UPSTREAMS } from '../schema/query-cost.js'
import { knownRegions } from '../usage/regions.js'
import { QuotationType } from './quotation.type.js'

@Resolver(() => QuotationType)
export class QuotationResolver {
  @Directive(CALLS_UPSTREAMS)
  @Query(() => QuotationType, {
    nullable: true,
    description:
      "Cost so far of a project's running month; null if no region knows the project, or Catalyst is not configured.",
  })
  async quotation(
    @Arg('projectId', () => ID, {
      nullable: true,
      description: PROJECT_ARGUMENT,
    })
    projectId: string | null | undefined,
    @Arg('regions', () => [String], { nullable: true, description: 'Only these regions. Defaults to all regions.' })
    regions: string[] | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Quotation | null> {
    const project = toProjectId(projectId)
    const question = { projectId: project, regions: await knownRegions(context.loaders, project, regions) }
    const { quotation, failures } = await loadQuotation(context.loaders, question)
    context.failures.report(failures, pathOf(info))
    return quotation
  }
}
