import type { Quotation } from '../../domain/quotation.js'
import type { Loaders } from '../loaders.js'

/**
 * The quotations of the running month, one for each visible project of the configured accounts.
 *
 * @param isBilled true for a project whose running month has a bill already, and therefore no quotation
 * @throws the first error because of which a project or a region would be missing
 */
export async function* quotationsOfRunningMonth(
  { catalyst }: Loaders,
  isBilled: (projectId: string) => boolean,
): AsyncGenerator<Quotation> {
  if (!catalyst) return
  const own = await catalyst.own()
  refuseFailures(own.failures)
  for (const { project } of own.projects) {
    const projectId = project.nativeId
    if (isBilled(projectId)) continue
    const regions = await catalyst.regions(projectId)
    const { quotation, failures } = await catalyst.quotations.load({ projectId, regions })
    refuseFailures(failures)
    if (quotation) yield quotation
  }
}

function refuseFailures([failure]: readonly Error[]): void {
  if (failure) throw failure
}
