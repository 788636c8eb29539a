import { UpstreamDeniedError } from '../../upstream/http/errors.js'
import { settle, toError } from '../settle.js'

/** One page of a list, in the order of the records' ids. */
export interface ListPage<T> {
  /** Of the whole list, at least 1. */
  readonly totalPages: number
  readonly items: readonly T[]
}

/** A list in the order of creation, so that its ids rise or fall from page to page. */
export interface PagedList<T> {
  /** Reads a page, counted from 1. */
  readPage(page: number): Promise<ListPage<T>>
  idOf(item: T): string
  /** False for a record that the caller may not see, which is treated like a missing one; all are visible when left out. */
  isVisible?(item: T): boolean
}

/** Batches of fewer ids are read one by one: that takes about as many calls as pages, and less time. */
export const MANY_IDS = 10

/** A page costs the server as much as a few single records. Pages with fewer wanted ids do not pay off. */
const MIN_IDS_PER_PAGE = 4

/** Pages that may fail to pay off. The batch takes at most this many calls more than it has ids. */
const MAX_POOR_PAGES = 3

/** Pages are read one after the other, so their number bounds the latency. */
const MAX_PAGES = 12

/**
 * Loads records by id, in the order of the ids; null where the upstream has no such record.
 *
 * A federation router sends a hundred `_entities` references in one request, mostly to neighbours in a list: they take a few
 * pages instead of a hundred calls. Ids that the pages do not contain are read one by one, side by side. When the list fails,
 * every id is read by itself and reports its own error.
 *
 * @param readOne one record by its id; null when there is none
 */
export async function loadMany<T>(
  ids: readonly string[],
  list: PagedList<T>,
  readOne: (id: string) => Promise<T | null>,
): Promise<(T | Error | null)[]> {
  const found = ids.length < MANY_IDS ? new Map<string, T>() : await searchPages(list, ids).catch(toError)
  // A credential that may not read the list may not read its records either.
  if (found instanceof UpstreamDeniedError) return ids.map(() => found)
  return settle(ids, async id => (found instanceof Error ? undefined : found.get(id)) ?? (await readOne(id)))
}

/** The ids of a page that was read. Numbers are exact enough to locate a page. */
interface Span {
  readonly page: number
  readonly first: number
  readonly last: number
}

/**
 * The records found on the pages where most of the ids are expected.
 *
 * @throws what `readPage` throws for the first page
 */
async function searchPages<T>(list: PagedList<T>, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
  const missing = new Set(ids)
  const found = new Map<string, T>()
  const spans: Span[] = []
  let poorPages = 0
  for (let page: number | undefined = 1; page !== undefined && spans.length < MAX_PAGES; ) {
    const next: ListPage<T> | null = await list.readPage(page).catch(error => {
      if (page === 1) throw error
      // The records of the earlier pages are still good; the missing ids report the error themselves.
      return null
    })
    if (next === null) break
    const wanted = next.items.filter(item => (list.isVisible?.(item) ?? true) && missing.delete(list.idOf(item)))
    for (const item of wanted) found.set(list.idOf(item), item)
    if (wanted.length < MIN_IDS_PER_PAGE && ++poorPages === MAX_POOR_PAGES) break
    spans.push(toSpan(next.items.map(list.idOf), page))
    page = richestPage(missing, spans, next.totalPages)
  }
  return found
}

function toSpan(ids: readonly string[], page: number): Span {
  return { page, first: Number(ids[0]), last: Number(ids.at(-1)) }
}

/** The page on which most of the ids are expected; undefined when no page is worth reading. */
function richestPage(ids: Iterable<string>, spans: readonly Span[], totalPages: number): number | undefined {
  const sign = spans.some(({ first, last }) => first < last) ? 1 : -1
  const rising = spans
    .map(({ page, first, last }) => ({ page, first: first * sign, last: last * sign }))
    .sort((left, right) => left.page - right.page)
  const pages = Map.groupBy(ids, id => expectedPage(Number(id) * sign, rising, totalPages))
  pages.delete(undefined)
  const [richest] = [...pages].sort(([, left], [, right]) => right.length - left.length)
  return richest && richest[1].length >= MIN_IDS_PER_PAGE ? richest[0] : undefined
}

/**
 * The page that most likely contains an id: interpolated between the pages read, extrapolated beyond the last one. Undefined
 * when every page that could contain it was read.
 */
function expectedPage(id: number, rising: readonly Span[], totalPages: number): number | undefined {
  const before = rising.findLast(({ first }) => first <= id)
  const after = rising.find(({ first }) => first > id)
  if (!before || id <= before.last) return undefined
  const unread = (after?.page ?? totalPages + 1) - before.page - 1
  if (unread <= 0) return undefined
  const idsPerPage = after ? (after.first - before.last) / unread : before.last - before.first + 1
  return before.page + 1 + Math.min(unread - 1, Math.floor((id - before.last) / idsPerPage))
}
