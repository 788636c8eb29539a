import { editDistance } from './edit-distance.js'
import { type LineItem, resourceName } from './line-item.js'
import { leadingSegments, segmentCount } from './prefix-index.js'

/** Prefixes that are compared exactly, which takes time; the likeliest by a cheaper measure. */
const MAX_COMPARED = 20

/** Longer texts are compared by their beginning. */
const MAX_COMPARED_LENGTH = 64

const MAX_SHOWN = 3

/**
 * Up to three prefixes of the lines' resource names that resemble a prefix without any match, the nearest first. Each has as many
 * segments as the prefix. `[]` when none resembles it.
 */
export function nearestPrefixes(lines: readonly LineItem[], prefix: string): readonly string[] {
  const wanted = toComparable(prefix)
  const count = segmentCount(prefix)
  const heads = new Set(lines.flatMap(line => leadingSegments(resourceName(line) ?? '', count) || []))
  return [...heads]
    .map(head => ({ head, text: toComparable(head) }))
    .map(one => ({ ...one, likeness: commonLength(one.text, wanted) }))
    .sort((left, right) => right.likeness - left.likeness)
    .slice(0, MAX_COMPARED)
    .map(({ head, text }) => ({ head, distance: editDistance(text, wanted) }))
    .filter(({ distance }) => distance <= Math.ceil(wanted.length / 3))
    .sort((left, right) => left.distance - right.distance || (left.head < right.head ? -1 : 1))
    .slice(0, MAX_SHOWN)
    .map(({ head }) => head)
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
