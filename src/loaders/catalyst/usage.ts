import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import { type LocalDate, nextDay } from '../../domain/period.js'
import type { MeasurementsAnswer } from '../../upstream/catalyst/usage.js'
import type { Loaders } from '../loaders.js'

/** Whose usage, on which days, in which regions. */
export interface UsageQuestion {
  /** Null takes the default project. */
  readonly projectId: string | null
  readonly from: LocalDate
  /** Included; null goes on to now. */
  readonly to: LocalDate | null
  /** Null takes all regions. */
  readonly regions: readonly string[] | null
}

/** What products cost; `[]` when Catalyst is not configured. */
export async function loadProducts(
  { catalyst }: Loaders,
  regions: readonly string[] | null,
): Promise<readonly CloudProduct[]> {
  if (!catalyst) return []
  return catalyst.products.load(regions ?? (await catalyst.regions(null)))
}

/** What resources used; nothing when Catalyst is not configured, or the first day has not begun. */
export async function loadMeasurements(loaders: Loaders, question: UsageQuestion): Promise<MeasurementsAnswer> {
  const { catalyst, clock } = loaders
  const today = clock().toISOString().slice(0, 10)
  if (!catalyst || question.from > today) return { measurements: [], failures: [] }
  const [projectId, regions] = await Promise.all([
    question.projectId ?? catalyst.defaultProjectId(),
    question.regions ?? catalyst.regions(question.projectId),
  ])
  // A range that reaches today has no end, so that the hours up to now are in.
  const end = question.to === null || question.to >= today ? null : nextDay(question.to)
  return catalyst.measurements.load({ projectId, regions, start: question.from, end })
}

/** What is left of a project's grants; `[]` when Catalyst is not configured. */
export async function loadCredits({ catalyst }: Loaders, projectId: string | null): Promise<readonly Credit[]> {
  return catalyst ? catalyst.credits.load(projectId ?? (await catalyst.defaultProjectId())) : []
}
