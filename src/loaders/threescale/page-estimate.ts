/** What was read of a list. Ids as numbers are near enough to tell where to look. */
export interface ReadPage {
  /** From 1. */
  readonly page: number
  /** In the list's order; all of them rise, or all of them fall. */
  readonly ids: readonly number[]
}

/** A page that was read, in coordinates that rise from page to page. */
interface Span {
  readonly page: number
  readonly start: number
  readonly end: number
}

/**
 * The page on which an id most likely stands, between those that were read: there ids are taken to lie evenly. Beyond the last
 * one they are taken to lie as densely as on it. Undefined when all pages are read where it would have to stand.
 */
export function estimatePage(id: number, read: readonly ReadPage[], totalPages: number): number | undefined {
  const sign = isRising(read) ? 1 : -1
  const place = id * sign
  const spans = read.flatMap(one => toSpan(one, sign)).sort((left, right) => left.page - right.page)
  if (spans.some(({ start, end }) => place >= start && place <= end)) return undefined
  const before = spans.findLast(({ end }) => end < place)
  const behind = spans.find(({ start }) => start > place)
  const first = before ? before.page + 1 : 1
  const last = behind ? behind.page - 1 : totalPages
  if (!before || first > last) return undefined
  const pages = behind
    ? ((place - before.end) / (behind.start - before.end)) * (last - first + 1)
    : (place - before.end) / (before.end - before.start + 1)
  return Math.min(last, first + Math.floor(pages))
}

function isRising(read: readonly ReadPage[]): boolean {
  return read.some(({ ids }) => (ids[0] ?? 0) < (ids.at(-1) ?? 0))
}

function toSpan({ page, ids }: ReadPage, sign: number): readonly Span[] {
  const [first] = ids
  const last = ids.at(-1)
  return first === undefined || last === undefined ? [] : [{ page, start: first * sign, end: last * sign }]
}
