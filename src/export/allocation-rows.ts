import { allocationRows } from '../domain/export/allocation-table.js'
import type { ExportRow } from '../domain/export/export-table.js'
import { monthAt } from '../domain/period.js'
import { loadCostAllocation } from '../loaders/catalyst/cost-allocations.js'
import type { Loaders } from '../loaders/loaders.js'
import { ExportInputError, ExportNotFoundError } from './export-parameters.js'
import type { AllocationExport } from './export-request.js'

/**
 * The rows of a month's allocation; none when the month has no bill.
 *
 * @throws ExportInputError for a future month; ExportNotFoundError for a project that does not exist, or that the caller may not
 *   see as a whole; the error because of which a part of the bill is missing
 */
export async function* readAllocationRows(
  loaders: Loaders,
  { month, projectId }: AllocationExport,
): AsyncGenerator<ExportRow> {
  const now = monthAt(loaders.clock())
  if (month > now) throw new ExportInputError('month', month, `a month up to ${now}, the running month in UTC`)
  const { allocation, failures, isVisible } = await loadCostAllocation(loaders, { month, projectId })
  const [failure] = failures
  if (failure) throw failure
  if (allocation) return yield* allocationRows(allocation)
  if (!isVisible || (projectId !== null && (await loaders.catalyst?.projects.load(projectId)) === null)) {
    const expected = 'the id of a project that exists and that the caller may see'
    throw new ExportNotFoundError('project', projectId ?? '', expected)
  }
}
