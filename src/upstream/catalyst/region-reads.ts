import { UpstreamNotFoundError } from '../http/errors.js'

/** What several regions returned. */
export interface RegionReads<T> {
  /** In the order of the regions; those that do not know the project are left out. */
  readonly found: readonly T[]
  /** The regions that failed. */
  readonly missing: readonly string[]
  /** Their errors. */
  readonly failures: readonly Error[]
}

/**
 * Reads every region. One whose server does not know the project, since it was never used there, has nothing.
 *
 * @throws the first region's error when all of them fail
 */
export async function readEachRegion<T>(
  regions: readonly string[],
  read: (region: string) => Promise<T>,
): Promise<RegionReads<T>> {
  const results = await Promise.allSettled(regions.map(read))
  const found: T[] = []
  const failed: { readonly region: string; readonly error: Error }[] = []
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') found.push(result.value)
    else if (!(result.reason instanceof UpstreamNotFoundError)) {
      failed.push({ region: regions[index] ?? '', error: result.reason as Error })
    }
  }
  const [first] = failed
  if (first && failed.length === regions.length) throw first.error
  return { found, missing: failed.map(({ region }) => region), failures: failed.map(({ error }) => error) }
}
