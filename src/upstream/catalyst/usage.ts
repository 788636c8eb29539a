import type { Credit } from '../../domain/credit.js'
import type { Measurement } from '../../domain/measurement.js'
import type { LocalDate } from '../../domain/period.js'
import { UpstreamFormatError, UpstreamNotFoundError, type UpstreamRequest } from '../http/errors.js'
import type { CatalystClient } from './client.js'
import { toCredits, toMeasurements } from './map-usage.js'

/** Whose usage, from the start of one day up to another, in which regions. */
export interface MeasurementsQuestion {
  readonly projectId: string
  readonly start: LocalDate
  /** Not included; null goes on to now. */
  readonly end: LocalDate | null
  readonly regions: readonly string[]
}

/** Usage, and what kept regions out of it. */
export interface MeasurementsAnswer {
  readonly measurements: readonly Measurement[]
  /** Of the regions that could not answer. */
  readonly failures: readonly Error[]
}

const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/measurements' }

/**
 * Raw usage over the regions asked: one call a region.
 *
 * @throws the first region's error when none of them could answer
 */
export async function readMeasurements(
  client: CatalystClient,
  { regions, ...question }: MeasurementsQuestion,
): Promise<MeasurementsAnswer> {
  const read = async (region: string): Promise<readonly Measurement[]> => {
    const { answer } = await client.listMeasurements({ ...question, region })
    if (answer.project_id !== question.projectId) throw new UpstreamFormatError('it is about another project', ASKED)
    return toMeasurements(answer, region)
  }
  // A region where the project was never collected: nothing there.
  const answers = await Promise.allSettled(regions.map(region => read(region).catch(nothingWhereUnknown)))
  const failures = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason as Error] : []))
  const [failure] = failures
  if (failure && failures.length === answers.length) throw failure
  return { measurements: answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : [])), failures }
}

/** What is left of a project's grants, as the preferred region tells it. */
export async function readCredits(
  client: CatalystClient,
  projectId: string,
  currency: string,
): Promise<readonly Credit[]> {
  const [region] = await client.regions()
  const { answer } = await client.listCredits({ projectId, region })
  return toCredits(answer, currency)
}

function nothingWhereUnknown(error: unknown): readonly Measurement[] {
  if (error instanceof UpstreamNotFoundError) return []
  throw error
}
