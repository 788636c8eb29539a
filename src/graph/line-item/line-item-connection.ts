import { setImmediate } from 'node:timers/promises'
import { ArgsType, Field, InputType } from 'type-graphql'
import { filterLineItems, type LineItem, type LineItemFilter, orderLineItems } from '../../domain/line-item.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { connectList, encodeCursor, type ListConnection, PageArgs, toSlice } from '../connection/page.js'
import { LineItemOrder, LineItemType } from '../schema/enums.js'

/** A page of line items, with the total of all matching ones. */
export interface LineItemConnection extends ListConnection<LineItem> {
  readonly total: TaxedMoney
}

/** Default page size: most bills have fewer lines, and clients mostly want all of them. */
export const LINES_PER_PAGE = 100
/** Lines that are added up in one go. */
const LINES_AT_ONCE = 20_000

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
export async function connectLineItems(
  lines: readonly LineItem[],
  args: OrderedLineItemsArgs & { readonly filter?: LineItemFilter | null },
  currency: string,
): Promise<LineItemConnection> {
  const matching = await orderLineItems(filterLineItems(lines, args.filter ?? {}), args.orderBy)
  const total = await totalOf(matching, currency)
  return { ...connectList(matching, toSlice(args, LINES_PER_PAGE), keyOf), total }
}

/** The sum of the lines' costs. Other requests get their turn between the parts of a long list. */
async function totalOf(lines: readonly LineItem[], currency: string): Promise<TaxedMoney> {
  const parts: TaxedMoney[] = []
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    if (at > 0) await setImmediate()
    const costs = lines.slice(at, at + LINES_AT_ONCE).map(line => line.cost)
    parts.push(sumTaxedMoney(costs, currency))
  }
  return sumTaxedMoney(parts, currency)
}

/** The edge of one line, as a connection has it. */
export function lineItemEdge(line: LineItem): { readonly cursor: string; readonly node: LineItem } {
  return { cursor: encodeCursor(keyOf(line)), node: line }
}

/** The cursor key of a line: its position on the document, because names repeat and Catalyst's lines have no id. */
function keyOf(line: LineItem): string {
  return `${line.documentId}#${line.nativeId ?? line.position}`
}

@InputType('LineItemFilter', { description: 'Filter for line items. Omitted fields match everything.' })
export class LineItemFilterInput implements LineItemFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Only line items whose name starts with this text, case-sensitive.',
  })
  readonly namePrefix?: string | null

  @Field(() => [LineItemType], { nullable: true, description: 'Only line items of these types.' })
  readonly types?: (keyof typeof LineItemType)[] | null

  @Field(() => String, { nullable: true, description: 'Only line items of this Catalyst category, such as Compute.' })
  readonly category?: string | null

  @Field(() => String, { nullable: true, description: 'Only line items of this Catalyst region, such as nz-por-1.' })
  readonly region?: string | null
}

/** Pagination and order of line items. */
@ArgsType()
export class OrderedLineItemsArgs extends PageArgs {
  @Field(() => LineItemOrder, { defaultValue: 'AS_BILLED', description: 'Order of the line items.' })
  readonly orderBy!: keyof typeof LineItemOrder
}

/** Pagination, order and filter of line items. */
@ArgsType()
export class LineItemsArgs extends OrderedLineItemsArgs {
  @Field(() => LineItemFilterInput, { nullable: true, description: 'Filter for the line items.' })
  readonly filter?: LineItemFilterInput | null
}
