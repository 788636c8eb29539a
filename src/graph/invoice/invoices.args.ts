import { ArgsType, Field } from 'type-graphql'
import { isInvoiceKey, type InvoiceOrder as Order } from '../../domain/invoice-order.js'
import type { LocalDate } from '../../domain/period.js'
import type { InvoiceListQuestion } from '../../loaders/invoices.js'
import type { Loaders } from '../../loaders/loaders.js'
import { foreignCursor, PageArgs, toSlice } from '../connection/page.js'
import { InvoiceOrder } from '../schema/enums.js'
import { InvoiceFilterInput, toInvoiceFilter } from './invoice-filter.input.js'

/** The arguments of an invoice list. */
@ArgsType()
export class InvoicesArgs extends PageArgs {
  @Field(() => InvoiceFilterInput, { nullable: true, description: 'Filter for the list.' })
  readonly filter?: InvoiceFilterInput | null

  @Field(() => InvoiceOrder, {
    defaultValue: 'PERIOD_DESC',
    description: 'Order of the list. 3scale sorts by period only: any other order reads its whole list.',
  })
  readonly orderBy!: Order
}

/** The current day in UTC, which decides what is overdue. */
export function todayOf({ clock }: Loaders): LocalDate {
  return clock().toISOString().slice(0, 10)
}

/** Default page size. */
export const INVOICES_PER_PAGE = 20

/**
 * The filter, order and page of the arguments.
 *
 * @param today the day on which an invoice has to be overdue
 * @throws BadInputError for an invalid argument
 */
export function toInvoiceListQuestion(args: InvoicesArgs, today: LocalDate): InvoiceListQuestion {
  const slice = toSlice(args, INVOICES_PER_PAGE)
  const after = toKey('after', slice.after, args.orderBy)
  const before = toKey('before', slice.before, args.orderBy)
  const { size, direction } = slice
  const [beyond, until] = direction === 'forward' ? [after, before] : [before, after]
  const filter = toInvoiceFilter(args.filter ?? {}, today)
  return { filter, order: args.orderBy, request: { size, direction, beyond, until } }
}

function toKey(argument: string, key: string | null, order: Order): string | null {
  if (key !== null && !isInvoiceKey(key, order)) throw foreignCursor(argument, key)
  return key
}
