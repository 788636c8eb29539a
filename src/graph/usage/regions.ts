import { isRegion } from '../../domain/native-id.js'
import type { Loaders } from '../../loaders/loaders.js'
import { BadInputError } from '../errors/bad-input.js'

const MAX_REGIONS = 20

/**
 * The regions of the argument without duplicates; null when the argument is missing.
 *
 * @param projectId the project whose cloud is read; null for the default project
 * @throws BadInputError for an invalid list, and for a region that the cloud does not have
 */
export async function knownRegions(
  { catalyst }: Loaders,
  projectId: string | null,
  names: readonly string[] | null | undefined,
): Promise<readonly string[] | null> {
  const wanted = toRegions(names)
  if (wanted === null || catalyst === null) return wanted
  const known = await catalyst.regions(projectId)
  const unknown = wanted.find(name => !known.includes(name))
  if (unknown !== undefined) throw new BadInputError('regions', unknown, `one of the regions ${known.join(', ')}`)
  return wanted
}

function toRegions(names: readonly string[] | null | undefined): readonly string[] | null {
  if (names == null) return null
  const wrong = names.find(name => !isRegion(name))
  if (wrong !== undefined) throw new BadInputError('regions', wrong, 'the name of a region, such as nz-por-1')
  if (names.length === 0 || names.length > MAX_REGIONS) {
    throw new BadInputError('regions', names, `a list of 1 to ${MAX_REGIONS} regions`)
  }
  return [...new Set(names)]
}
