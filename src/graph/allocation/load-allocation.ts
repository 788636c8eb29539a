import type { GraphQLResolveInfo } from 'graphql'
import type { CostAllocation } from '../../domain/allocation/cost-allocation.js'
import { monthAt } from '../../domain/period.js'
import { loadCostAllocation } from '../../loaders/catalyst/cost-allocations.js'
import type { Context } from '../context.js'
import { requireProject, toPastMonth } from '../customer-cost/load-cost.js'
import { NotFoundError } from '../errors/bad-input.js'
import { pathOf } from '../errors/partial-failures.js'
import { toProjectId } from '../party/project-id.js'

/**
 * The allocation of a month; null when it has no bill. Partial failures are reported beside the data.
 *
 * @throws BadInputError for an invalid or future month
 * @throws NotFoundError for a project that does not exist, or that the caller may not see as a whole
 */
export async function loadAllocation(
  { loaders, failures: reported }: Context,
  info: GraphQLResolveInfo,
  monthText: string,
  projectText: string | null | undefined,
): Promise<CostAllocation | null> {
  const now = monthAt(loaders.clock())
  const projectId = toProjectId(projectText)
  const month = toPastMonth(monthText, now) ?? now
  const { allocation, failures, isVisible } = await loadCostAllocation(loaders, { month, projectId })
  if (!isVisible) {
    throw new NotFoundError('projectId', projectId, 'the id of a project that exists and that the caller may see')
  }
  reported.report(failures, pathOf(info))
  if (allocation === null && failures.length === 0 && projectId !== null) await requireProject(loaders, projectId)
  return allocation
}
