import { type LineItem, resourceName } from './line-item.js'

/** With fewer lines than this, a linear search is faster than an index. */
const LEAST_LINES = 256
/** To sort the names of more lines than this would hold up other requests. */
const MOST_LINES = 30_000

/** Positions of the lines with resource names, sorted by name in UTF-16 code units. */
type PrefixIndex = Uint32Array

/** A cached bill is searched again and again. Its index lives as long as its list of lines. */
const indexes = new WeakMap<readonly LineItem[], PrefixIndex>()

/**
 * The lines whose resource names start with the prefix, in the order billed; all lines for `''`. The first search of a long list
 * sorts its names. Later searches take time proportional to their results.
 *
 * @param lines must not be mutated afterwards
 */
export function linesWithPrefix(lines: readonly LineItem[], prefix: string): readonly LineItem[] {
  if (prefix === '') return lines
  if (lines.length < LEAST_LINES || lines.length > MOST_LINES) {
    return lines.filter(line => resourceName(line)?.startsWith(prefix))
  }
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
  // By code unit, names with a common prefix are adjacent. A locale's order would separate them.
  const inOrder = named.sort((left, right) => (nameOf(lines, left) < nameOf(lines, right) ? -1 : 1))
  const index = Uint32Array.from(inOrder)
  indexes.set(lines, index)
  return index
}

function nameOf(lines: readonly LineItem[], place: number | undefined): string {
  const line = place === undefined ? undefined : lines[place]
  return (line && resourceName(line)) ?? ''
}

/** Binary search: the first index whose name is not before the prefix. */
function firstNotBefore(prefix: string, length: number, nameAt: (place: number) => string): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (nameAt(middle) < prefix) low = middle + 1
    else high = middle
  }
  return low
}

/** How names match a prefix. STARTS_WITH: plain text. SEGMENT: the prefix must also end at the end of a segment of the name. */
export type PrefixMatch = 'STARTS_WITH' | 'SEGMENT'

const SEPARATORS = '-_./:'

/**
 * True when a resource name matches the prefix. Case-sensitive, plain text; `''` matches every name, and a resource without one.
 *
 * SEGMENT: the prefix is the whole name, or is followed by (or ends with) one of `- _ . / :`, so that `customer-1` does not match
 * `customer-10`.
 */
export function matchesPrefix(name: string | null, prefix: string, match: PrefixMatch): boolean {
  if (prefix === '') return true
  if (name === null || !name.startsWith(prefix)) return false
  if (match === 'STARTS_WITH' || name.length === prefix.length) return true
  return SEPARATORS.includes(name.charAt(prefix.length)) || SEPARATORS.includes(prefix.slice(-1))
}

/** The number of segments of a name: 2 for `customer-wcc`. A separator at the end begins no segment. */
export function segmentCount(name: string): number {
  return endsOfSegments(name).length
}

/** The first segments of a name, without the separator that follows: `customer-wcc` of `customer-wcc-web` and 2. */
export function leadingSegments(name: string, count: number): string {
  return name.slice(0, endsOfSegments(name).slice(0, count).at(-1) ?? 0)
}

function endsOfSegments(name: string): readonly number[] {
  return [...name.matchAll(/[^-_./:]+/g)].map(({ index, 0: segment }) => index + segment.length)
}
