import { maySeeCustomers, maySeeProject } from '../../access/rules.js'
import type { ProjectMonth } from '../../domain/economics/month-cost.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import { UpstreamDeniedError, UpstreamError } from '../../upstream/http/errors.js'
import type { CatalystLoaders } from '../catalyst/loaders.js'
import type { Loaders } from '../loaders.js'

/** A project's month, and the errors because of which documents are missing from it. */
export interface ProjectMonthAnswer {
  readonly projectMonth: ProjectMonth
  readonly failures: readonly Error[]
}

/**
 * The documents of a project's month: its bills, or in the running month its quotation. A failing upstream is part of the result.
 * Months that are loaded at once are read by one call for each project.
 */
export async function loadProjectMonth(
  { clock, principal }: Loaders,
  catalyst: CatalystLoaders,
  projectId: string,
  month: YearMonth,
): Promise<ProjectMonthAnswer> {
  try {
    return month === monthAt(clock())
      ? await readQuotation(catalyst, projectId)
      : complete(projectId, await catalyst.customerBills.load({ projectId, month }))
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    // A denial would tell a project that does not exist from one without lines of the caller's customers.
    const isHidden = maySeeCustomers(principal) && !maySeeProject(principal, projectId)
    if (isHidden && error instanceof UpstreamDeniedError) return complete(projectId, [])
    return { projectMonth: { projectId, documents: [], read: 'FAILED' }, failures: [error] }
  }
}

async function readQuotation(catalyst: CatalystLoaders, projectId: string): Promise<ProjectMonthAnswer> {
  const regions = await catalyst.regions(projectId)
  const { quotation, failures } = await catalyst.customerQuotations.load({ projectId, regions })
  if (failures.length === 0) return complete(projectId, quotation ? [quotation] : [])
  const documents = quotation ? [quotation] : []
  return { projectMonth: { projectId, documents, read: quotation ? 'PARTIAL' : 'FAILED' }, failures }
}

function complete(projectId: string, documents: ProjectMonth['documents']): ProjectMonthAnswer {
  return { projectMonth: { projectId, documents, read: 'COMPLETE' }, failures: [] }
}
