import { estimatePage, type ReadPage } from './page-estimate.js'

/** One page of a list, its records in the order of their ids. */
export interface ListPage<T> {
  /** Of the whole list, at least 1. */
  readonly totalPages: number
  readonly items: readonly T[]
}

/** A list whose ids rise or fall from its start to its end, as they do where records stand in the order of their creation. */
export interface SearchedList<T> {
  /** The first page is 1. */
  ask(page: number): Promise<ListPage<T>>
  idOf(item: T): string
}

/** Fewer ids are asked for one by one, side by side: sooner done than page after page, and no more calls to speak of. */
export const MANY_IDS = 10

/** A page costs the server as much as some single records: so many ids must be expected on it. */
const WORTH_A_PAGE = 4

/** Pages that bring fewer ids than expected, until the rest is asked for one by one: so many calls may be in vain. */
const MAX_POOR_PAGES = 3

/** One page is asked for after the other: a caller does not wait for more of them. */
const MAX_PAGES = 12

/**
 * Those of many records that a few pages of their list bring. What is not among them may be there all the same, and has to be
 * asked for by its own id: then there are at most three calls more than ids, and far fewer where the ids lie close together.
 *
 * The first page tells how the list runs. After that the page is read on which most of the ids are expected, by how the ids
 * lie on the pages read so far.
 *
 * @throws what `ask` throws, when even the first page fails
 */
export async function searchList<T>(list: SearchedList<T>, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>()
  const missing = new Set(ids)
  const read: ReadPage[] = []
  let totalPages = 1
  let poorPages = 0
  for (let page: number | undefined = 1; page !== undefined; ) {
    const answer = await list.ask(page).catch(error => nullAfterFirst(error, read))
    if (answer === null) return found
    totalPages = answer.totalPages
    read.push({ page, ids: answer.items.map(item => Number(list.idOf(item))) })
    const before = missing.size
    for (const item of answer.items) if (missing.delete(list.idOf(item))) found.set(list.idOf(item), item)
    if (before - missing.size < WORTH_A_PAGE) poorPages++
    const goesOn = poorPages < MAX_POOR_PAGES && read.length < MAX_PAGES
    page = goesOn ? richestPage(missing, read, totalPages) : undefined
  }
  return found
}

/** The page on which most of the ids are expected; undefined when no page has enough of them. */
function richestPage(missing: ReadonlySet<string>, read: readonly ReadPage[], totalPages: number): number | undefined {
  const expected = new Map<number, number>()
  for (const id of missing) {
    const page = estimatePage(Number(id), read, totalPages)
    if (page !== undefined) expected.set(page, (expected.get(page) ?? 0) + 1)
  }
  const [richest] = [...expected].sort(([, left], [, right]) => right - left)
  return richest && richest[1] >= WORTH_A_PAGE ? richest[0] : undefined
}

/** What was found before a later page failed is as good as ever. */
function nullAfterFirst(error: unknown, read: readonly ReadPage[]): null {
  if (read.length === 0) throw error
  return null
}
