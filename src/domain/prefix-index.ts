import { type LineItem, resourceName } from './line-item.js'

/** Below so many lines looking at each costs less than an index. */
const LEAST_LINES = 256

/** Places of the lines whose resources have names, in the order of these, by UTF-16 code units. */
type PrefixIndex = Uint32Array

/** Of a bill that is kept, the same list of lines is asked time and again: its index lives as long as the list. */
const indexes = new WeakMap<readonly LineItem[], PrefixIndex>()

/**
 * The lines whose resources' names start with the prefix, as they stand on the bill; all of them for `''`. The first question
 * about a long list sorts its names; each further one takes as long as it has lines to give.
 *
 * @param lines must not change afterwards
 */
export function linesWithPrefix(lines: readonly LineItem[], prefix: string): readonly LineItem[] {
  if (prefix === '') return lines
  if (lines.length < LEAST_LINES) return lines.filter(line => resourceName(line)?.startsWith(prefix))
  const index = indexOf(lines)
  const nameAt = (place: number): string => nameOf(lines, index[place])
  const places: number[] = []
  for (let place = firstNotBefore(prefix, index.length, nameAt); place < index.length; place++) {
    if (!nameAt(place).startsWith(prefix)) break
    places.push(index[place] ?? 0)
  }
  return places.sort((left, right) => left - right).flatMap(place => lines[place] ?? [])
}

function indexOf(lines: readonly LineItem[]): PrefixIndex {
  const known = indexes.get(lines)
  if (known) return known
  const named = [...lines.keys()].filter(place => resourceName(lines[place] as LineItem) !== null)
  // Names that start alike stand together in this order, whatever letters they are of; a locale's order would part them.
  const inOrder = named.sort((left, right) => (nameOf(lines, left) < nameOf(lines, right) ? -1 : 1))
  const index = Uint32Array.from(inOrder)
  indexes.set(lines, index)
  return index
}

function nameOf(lines: readonly LineItem[], place: number | undefined): string {
  const line = place === undefined ? undefined : lines[place]
  return (line && resourceName(line)) ?? ''
}

/** By halving: the first place whose name does not come before the prefix. */
function firstNotBefore(prefix: string, length: number, nameAt: (place: number) => string): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (nameAt(middle) < prefix) low = middle + 1
    else high = middle
  }
  return low
}
