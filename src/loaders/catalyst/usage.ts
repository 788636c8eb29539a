import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import { type LocalDate, nextDay } from '../../domain/period.js'
import type { MeasurementsAnswer } from '../../upstream/catalyst/usage.js'
import type { Loaders } from '../loaders.js'

/** The project, days and regions of usage. */
export interface UsageQuestion {
  /** Null reads the default project. */
  readonly projectId: string | null
  readonly from: LocalDate
  /** Inclusive; null reads up to now. */
  readonly to: LocalDate | null
  /** Null reads all regions. */
  readonly regions: readonly string[] | null
}

/** List prices of products; `[]` when Catalyst is not configured. */
export async function loadProducts(
  { catalyst }: Loaders,
  regions: readonly string[] | null,
): Promise<readonly CloudProduct[]> {
  if (!catalyst) return []
  return catalyst.products.load(regions ?? (await catalyst.regions(null)))
}

/** Usage of resources; `[]` when Catalyst is not configured, or the first day is in the future. */
export async function loadMeasurements(loaders: Loaders, question: UsageQuestion): Promise<MeasurementsAnswer> {
  const { catalyst, clock } = loaders
  const today = clock().toISOString().slice(0, 10)
  if (!catalyst || question.from > today) return { measurements: [], failures: [] }
  const [projectId, regions] = await Promise.all([
    question.projectId ?? catalyst.defaultProjectId(),
    question.regions ?? catalyst.regions(question.projectId),
  ])
  // A range that includes today has no end, so that it includes the hours up to now.
  const end = question.to === null || question.to >= today ? null : nextDay(question.to)
  return catalyst.measurements.load({ projectId, regions, start: question.from, end })
}

/** Remaining credits of a project; `[]` when Catalyst is not configured. */
export async function loadCredits({ catalyst }: Loaders, projectId: string | null): Promise<readonly Credit[]> {
  return catalyst ? catalyst.credits.load(projectId ?? (await catalyst.defaultProjectId())) : []
}
