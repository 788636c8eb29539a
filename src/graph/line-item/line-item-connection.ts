import { filterLineItems, type LineItem, type LineItemFilter, orderLineItems } from '../../domain/line-item.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { connectList, type ListConnection } from '../connection/connect-list.js'
import { toSlice } from '../connection/page.args.js'
import type { OrderedLineItemsArgs } from './line-items.args.js'

/** What the connection's fields are read from. */
export interface LineItemConnection extends ListConnection<LineItem> {
  readonly total: TaxedMoney
}

/** When nobody says: a bill has few lines, and whoever asks for them mostly wants them all. */
export const LINES_PER_PAGE = 100

/**
 * Checks the paging arguments, before anybody is asked for the lines.
 *
 * @throws BadInputError
 */
export function checkPage(args: OrderedLineItemsArgs): void {
  toSlice(args, LINES_PER_PAGE)
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
  const matching = orderLineItems(filterLineItems(lines, args.filter ?? {}), args.orderBy)
  const costs = matching.map(line => line.cost)
  return { ...connectList(matching, toSlice(args, LINES_PER_PAGE), keyOf), total: sumTaxedMoney(costs, currency) }
}

/** A line's place on its document: names repeat, and Catalyst's lines have no id. */
function keyOf(line: LineItem): string {
  return `${line.documentId}#${line.nativeId ?? line.position}`
}
