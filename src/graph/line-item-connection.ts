import { filterLineItems, type LineItem, type LineItemFilter, orderLineItems } from '../domain/line-item.js'
import { sumTaxedMoney, type TaxedMoney } from '../domain/taxed-money.js'
import type { LineItemEdgeType } from './line-item-connection.type.js'
import type { OrderedLineItemsArgs } from './line-items.args.js'
import { encodeCursor, foreignCursor, toSlice } from './page.args.js'
import { type PageInfoType, toPageInfo } from './page-info.type.js'

/** What the connection's fields are read from. */
export interface LineItemConnection {
  readonly edges: readonly Omit<LineItemEdgeType, 'kind'>[]
  readonly nodes: readonly LineItem[]
  readonly pageInfo: PageInfoType
  readonly totalCount: number
  readonly total: TaxedMoney
}

/** A bill has few lines, and whoever asks for them mostly wants them all. */
const DEFAULT_SIZE = 100

/**
 * Checks the paging arguments, before anybody is asked for the lines.
 *
 * @throws BadInputError
 */
export function checkPage(args: OrderedLineItemsArgs): void {
  toSlice(args, DEFAULT_SIZE)
}

/**
 * The wanted page of a document's lines.
 *
 * @throws BadInputError for wrong paging arguments
 */
export function connectLineItems(
  lines: readonly LineItem[],
  args: OrderedLineItemsArgs & { readonly filter?: LineItemFilter | null },
  currency: string,
): LineItemConnection {
  const slice = toSlice(args, DEFAULT_SIZE)
  const matching = orderLineItems(filterLineItems(lines, args.filter ?? {}), args.orderBy)
  const start = slice.after === null ? 0 : indexOf(matching, 'after', slice.after) + 1
  const end = slice.before === null ? matching.length : indexOf(matching, 'before', slice.before)
  const from = slice.direction === 'forward' ? start : Math.max(start, end - slice.size)
  const to = slice.direction === 'forward' ? Math.min(end, start + slice.size) : end
  const nodes = matching.slice(from, Math.max(from, to))
  const edges = nodes.map(node => ({ cursor: encodeCursor(keyOf(node)), node }))
  return {
    edges,
    nodes,
    pageInfo: toPageInfo(edges, { hasNextPage: to < matching.length, hasPreviousPage: from > 0 }),
    totalCount: matching.length,
    total: sumTaxedMoney(
      matching.map(line => line.cost),
      currency,
    ),
  }
}

/** A line's place on its document: names repeat, and Catalyst's lines have no id. */
function keyOf(line: LineItem): string {
  return `${line.documentId}#${line.nativeId ?? line.position}`
}

function indexOf(lines: readonly LineItem[], argument: string, key: string): number {
  const index = lines.findIndex(line => keyOf(line) === key)
  if (index < 0) throw foreignCursor(argument, key)
  return index
}
