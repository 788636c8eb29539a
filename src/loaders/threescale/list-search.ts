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
  const search = new ListSearch(list, ids)
  await search.read(1)
  try {
    for (let page = search.nextPage(); page !== undefined; page = search.nextPage()) await search.read(page)
  } catch {
    // What came before a later page failed is as good as ever; whoever asks for the rest will be told what is wrong.
  }
  return search.found
}

/** What was read of a list, and where to look next. */
class ListSearch<T> {
  readonly found = new Map<string, T>()
  private readonly missing: Set<string>
  private readonly pages: ReadPage[] = []
  private totalPages = 1
  private poorPages = 0

  constructor(
    private readonly list: SearchedList<T>,
    ids: readonly string[],
  ) {
    this.missing = new Set(ids)
  }

  async read(page: number): Promise<void> {
    const { totalPages, items } = await this.list.ask(page)
    this.totalPages = totalPages
    this.pages.push({ page, ids: items.map(item => Number(this.list.idOf(item))) })
    const wanted = items.filter(item => this.missing.delete(this.list.idOf(item)))
    for (const item of wanted) this.found.set(this.list.idOf(item), item)
    if (wanted.length < WORTH_A_PAGE) this.poorPages++
  }

  /** The page on which most of the missing ids are expected; undefined when it is time to ask for them one by one. */
  nextPage(): number | undefined {
    if (this.poorPages >= MAX_POOR_PAGES || this.pages.length >= MAX_PAGES) return undefined
    const expected = new Map<number, number>()
    for (const id of this.missing) {
      const page = estimatePage(Number(id), this.pages, this.totalPages)
      if (page !== undefined) expected.set(page, (expected.get(page) ?? 0) + 1)
    }
    const [richest] = [...expected].sort(([, left], [, right]) => right - left)
    return richest && richest[1] >= WORTH_A_PAGE ? richest[0] : undefined
  }
}
