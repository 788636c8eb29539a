import { editDistance } from './edit-distance.js'
import { type LineItem, resourceName } from './line-item.js'
import { leadingSegments, segmentCount } from './prefix-index.js'

/** Prefixes that are compared exactly, which takes time; the likeliest by a cheaper measure. */
const MAX_COMPARED = 20

/** Longer texts are compared by their beginning. */
const MAX_COMPARED_LENGTH = 64

const MAX_SHOWN = 3

/**
 * Up to three prefixes of the resource names in all lists that resemble a prefix without any match, the nearest first. Each has as
 * many segments as the prefix. `[]` when none resembles it.
 */
export function nearestPrefixes(lists: readonly (readonly LineItem[])[], prefix: string): readonly string[] {
  const wanted = toComparable(prefix)
  const count = segmentCount(prefix)
  const heads = new Map(lists.flatMap(lines => headsOf(lines, count)).map(one => [one.head, one]))
  return [...heads.values()]
    .map(one => ({ ...one, likeness: commonLength(one.text, wanted) }))
    .sort((left, right) => right.likeness - left.likeness)
    .slice(0, MAX_COMPARED)
    .map(({ head, text }) => ({ head, distance: editDistance(text, wanted) }))
    .filter(({ distance }) => distance <= Math.ceil(wanted.length / 3))
    .sort((left, right) => left.distance - right.distance || (left.head < right.head ? -1 : 1))
    .slice(0, MAX_SHOWN)
    .map(({ head }) => head)
}

interface Head {
  readonly head: string
  readonly text: string
}

/** The first segments of a list's resource names, each once. */
interface Heads {
  /** How many segments each has. */
  readonly count: number
  readonly heads: readonly Head[]
}

/** A month is asked for one customer after another, whose prefixes have as many segments. Lives as long as its list of lines. */
const lastHeads = new WeakMap<readonly LineItem[], Heads>()

function headsOf(lines: readonly LineItem[], count: number): readonly Head[] {
  const last = lastHeads.get(lines)
  if (last?.count === count) return last.heads
  const texts = new Set(lines.flatMap(line => leadingSegments(resourceName(line) ?? '', count) || []))
  const heads = [...texts].map(head => ({ head, text: toComparable(head) }))
  lastHeads.set(lines, { count, heads })
  return heads
}

function toComparable(text: string): string {
  return text.slice(0, MAX_COMPARED_LENGTH).toLowerCase()
}

/** The number of equal characters at the beginning and at the end. */
function commonLength(left: string, right: string): number {
  const most = Math.min(left.length, right.length)
  let atStart = 0
  while (atStart < most && left[atStart] === right[atStart]) atStart++
  let atEnd = 0
  while (atEnd < most - atStart && left.at(-1 - atEnd) === right.at(-1 - atEnd)) atEnd++
  return atStart + atEnd
}
