import { BadInputError } from './bad-input.js'
import { isRegion } from './global-id.js'

const MAX_REGIONS = 20

/**
 * The regions that the argument names, each once; null when it names none.
 *
 * @throws BadInputError
 */
export function toRegions(names: readonly string[] | null | undefined): readonly string[] | null {
  if (names == null) return null
  const wrong = names.find(name => !isRegion(name))
  if (wrong !== undefined) throw new BadInputError('regions', wrong, 'the name of a region, such as nz-por-1')
  if (names.length === 0 || names.length > MAX_REGIONS) {
    throw new BadInputError('regions', names, `a list of 1 to ${MAX_REGIONS} regions`)
  }
  return [...new Set(names)]
}
