import { ArgsType, Field, ID, InputType } from 'type-graphql'
import type { InvoiceFilter } from '../../domain/invoice-filter.js'
import { isInvoiceKey } from '../../domain/invoice-order.js'
import type { YearMonth } from '../../domain/period.js'
import { ledgerOf, type BillingSource as Source } from '../../domain/source.js'
import type { InvoiceListQuestion } from '../../loaders/invoices.js'
import { foreignCursor, PageArgs, toSlice } from '../connection/page.js'
import { BadInputError } from '../errors/bad-input.js'
import { readGlobalId } from '../node/global-id.js'
import { toMonth } from '../period/month.js'
import { BillingSource, InvoiceOrder, InvoiceState, Ledger } from '../schema/enums.js'
import { YearMonthScalar } from '../schema/scalars.js'

@InputType('InvoiceFilter', { description: 'Filter for invoices. Omitted fields match everything.' })
export class InvoiceFilterInput {
  @Field(() => BillingSource, { nullable: true, description: 'Only invoices from this billing system.' })
  readonly source?: Source | null

  @Field(() => Ledger, { nullable: true, description: 'Only costs, or only revenue.' })
  readonly ledger?: keyof typeof Ledger | null

  @Field(() => [InvoiceState], { nullable: true, description: 'Only invoices in one of these states.' })
  readonly states?: (keyof typeof InvoiceState)[] | null

  @Field(() => YearMonthScalar, {
    nullable: true,
    description:
      'First month. Without it, Catalyst invoices go back ten years, or two where the server computes bills from usage.',
  })
  readonly from?: YearMonth | null

  @Field(() => YearMonthScalar, { nullable: true, description: 'Last month, inclusive.' })
  readonly to?: YearMonth | null

  @Field(() => ID, {
    nullable: true,
    description: 'Only invoices of this buyer. Without it, Catalyst invoices cover every configured project.',
  })
  readonly buyerId?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Only invoices with this number, the friendly id of 3scale. An asterisk matches any characters: 2024-01-*.',
  })
  readonly number?: string | null
}

/** The arguments of an invoice list. */
@ArgsType()
export class InvoicesArgs extends PageArgs {
  @Field(() => InvoiceFilterInput, { nullable: true, description: 'Filter for the list.' })
  readonly filter?: InvoiceFilterInput | null

  @Field(() => InvoiceOrder, { defaultValue: 'PERIOD_DESC', description: 'Order of the list.' })
  readonly orderBy!: keyof typeof InvoiceOrder
}

/** Default page size. */
export const INVOICES_PER_PAGE = 20

/**
 * The filter, order and page of the arguments.
 *
 * @throws BadInputError for an invalid argument
 */
export function toInvoiceListQuestion(args: InvoicesArgs): InvoiceListQuestion {
  const slice = toSlice(args, INVOICES_PER_PAGE)
  const after = toKey('after', slice.after)
  const before = toKey('before', slice.before)
  const { size, direction } = slice
  const [beyond, until] = direction === 'forward' ? [after, before] : [before, after]
  const filter = toInvoiceFilter(args.filter ?? {})
  return { filter, order: args.orderBy, request: { size, direction, beyond, until } }
}

function toInvoiceFilter(input: InvoiceFilterInput): InvoiceFilter {
  const from = toMonth('filter.from', input.from)
  const to = toMonth('filter.to', input.to)
  if (from !== null && to !== null && from > to)
    throw new BadInputError('filter.to', to, `the month ${from} or a later one`)
  const states = input.states ?? null
  const number = toNumber(input.number)
  const buyer = input.buyerId == null ? null : readGlobalId('filter.buyerId', input.buyerId, 'Buyer')
  const sources = (['CATALYST', 'THREESCALE'] as const).filter(
    source =>
      (input.source == null || input.source === source) &&
      (input.ledger == null || input.ledger === ledgerOf(source)) &&
      (buyer === null || buyer.source === source) &&
      // Catalyst invoices have no numbers.
      (number === null || source === 'THREESCALE') &&
      states?.length !== 0,
  )
  return { sources, states, from, to, buyer, number }
}

function toNumber(text: string | null | undefined): string | null {
  if (text == null) return null
  if (!/^[A-Za-z0-9*-]{1,64}$/.test(text)) {
    throw new BadInputError('filter.number', text, 'an invoice number, such as 2024-01-00000005 or 2024-01-*')
  }
  return text
}

function toKey(argument: string, key: string | null): string | null {
  if (key !== null && !isInvoiceKey(key)) throw foreignCursor(argument, key)
  return key
}
