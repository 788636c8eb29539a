import { encodeCursor, foreignCursor, type Slice } from './page.args.js'
import { type PageInfoType, toPageInfo } from './page-info.type.js'

/** A connection over a list in memory. */
export interface ListConnection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[]
  readonly nodes: readonly T[]
  readonly pageInfo: PageInfoType
  readonly totalCount: number
}

/**
 * The requested page of a list.
 *
 * @param keyOf an item's unique key, which does not depend on its position
 * @throws BadInputError for a cursor of no item of the list
 */
export function connectList<T>(items: readonly T[], slice: Slice, keyOf: (item: T) => string): ListConnection<T> {
  const indexOf = (argument: string, key: string): number => {
    const index = items.findIndex(item => keyOf(item) === key)
    if (index < 0) throw foreignCursor(argument, key)
    return index
  }
  const start = slice.after === null ? 0 : indexOf('after', slice.after) + 1
  const end = slice.before === null ? items.length : indexOf('before', slice.before)
  const from = slice.direction === 'forward' ? start : Math.max(start, end - slice.size)
  const to = slice.direction === 'forward' ? Math.min(end, start + slice.size) : end
  const nodes = items.slice(from, Math.max(from, to))
  const edges = nodes.map(node => ({ cursor: encodeCursor(keyOf(node)), node }))
  const pageInfo = toPageInfo(edges, { hasNextPage: to < items.length, hasPreviousPage: from > 0 })
  return { edges, nodes, pageInfo, totalCount: items.length }
}
