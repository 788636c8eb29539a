import type { QuotationAnswer } from '../../upstream/catalyst/quotations.js'
import type { Loaders } from '../loaders.js'

/** The project and regions of a quotation. */
export interface QuotationScope {
  /** Null reads the default project. */
  readonly projectId: string | null
  /** Null reads all regions. */
  readonly regions: readonly string[] | null
}

/** The quotation of a project's running month; null when Catalyst is not configured or no region knows the project. */
export async function loadQuotation({ catalyst }: Loaders, scope: QuotationScope): Promise<QuotationAnswer> {
  if (!catalyst) return { quotation: null, failures: [] }
  const [projectId, regions] = await Promise.all([
    scope.projectId ?? catalyst.defaultProjectId(),
    scope.regions ?? catalyst.regions(scope.projectId),
  ])
  return catalyst.quotations.load({ projectId, regions })
}
