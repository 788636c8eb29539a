import { filterLineItems, type LineItem, type LineItemFilter, orderLineItems } from '../../domain/line-item.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { connectList, type ListConnection } from '../connection/connect-list.js'
import { toSlice } from '../connection/page.args.js'
import type { OrderedLineItemsArgs } from './line-items.args.js'

/** A page of line items, with the total of all matching ones. */
export interface LineItemConnection extends ListConnection<LineItem> {
  readonly total: TaxedMoney
}

/** Default page size: most bills have fewer lines, and clients mostly want all of them. */
export const LINES_PER_PAGE = 100

/**
 * Validates the pagination arguments before the lines are read.
 *
 * @throws BadInputError for an invalid argument
 */
export function checkPage(args: OrderedLineItemsArgs): void {
  toSlice(args, LINES_PER_PAGE)
}

/**
 * The requested page of a document's lines.
 *
 * @throws BadInputError for an invalid argument
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

/** The cursor key of a line: its position on the document, because names repeat and Catalyst's lines have no id. */
function keyOf(line: LineItem): string {
  return `${line.documentId}#${line.nativeId ?? line.position}`
}
