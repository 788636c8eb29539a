import { Field, ID, InputType } from 'type-graphql'
import { compareDecimals, type Decimal, parseDecimal } from '../../domain/decimal.js'
import { ALL_INVOICES, type AmountRange, type DateRange, type InvoiceFilter } from '../../domain/invoice-filter.js'
import { isLocalDate, type LocalDate, type YearMonth } from '../../domain/period.js'
import { ledgerOf, type BillingSource as Source } from '../../domain/source.js'
import { BadInputError } from '../errors/bad-input.js'
import { readGlobalId } from '../node/global-id.js'
import { toMonth } from '../period/month.js'
import { BillingSource, CreationType, InvoiceState, Ledger } from '../schema/enums.js'
import { CurrencyCodeScalar, DecimalScalar, LocalDateScalar, YearMonthScalar } from '../schema/scalars.js'

@InputType('LocalDateRange', { description: 'Days from the first to the last, both included.' })
export class LocalDateRangeInput {
  @Field(() => LocalDateScalar, { nullable: true, description: 'First day; without it, no bound.' })
  readonly from?: LocalDate | null

  @Field(() => LocalDateScalar, { nullable: true, description: 'Last day, inclusive; without it, no bound.' })
  readonly to?: LocalDate | null
}

@InputType('AmountRange', { description: 'Amounts from the least to the greatest, both included.' })
export class AmountRangeInput {
  @Field(() => DecimalScalar, { nullable: true, description: 'Least amount; without it, no bound.' })
  readonly min?: string | null

  @Field(() => DecimalScalar, { nullable: true, description: 'Greatest amount; without it, no bound.' })
  readonly max?: string | null
}

@InputType('InvoiceFilter', {
  description:
    'Filter for invoices. Omitted fields match everything. 3scale filters by buyer, number, one state and one month itself; for ' +
    'the other fields its list is read, ten thousand invoices at most.',
})
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

  @Field(() => AmountRangeInput, {
    nullable: true,
    description: 'Only invoices whose total with tax is within the range. Currencies are not converted.',
  })
  readonly amount?: AmountRangeInput | null

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Only invoices in this currency.' })
  readonly currency?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Only invoices whose buyer has this text in its name, in upper or lower case.',
  })
  readonly buyerName?: string | null

  @Field(() => [CreationType], {
    nullable: true,
    description: 'Only invoices created in one of these ways. Catalyst invoices do not match.',
  })
  readonly creationTypes?: (keyof typeof CreationType)[] | null

  @Field(() => LocalDateRangeInput, { nullable: true, description: 'Only invoices issued within these days.' })
  readonly issued?: LocalDateRangeInput | null

  @Field(() => LocalDateRangeInput, {
    nullable: true,
    description: 'Only invoices due within these days. Catalyst invoices do not match.',
  })
  readonly due?: LocalDateRangeInput | null

  @Field(() => LocalDateRangeInput, {
    nullable: true,
    description: 'Only invoices paid within these days, in UTC. Catalyst invoices do not match.',
  })
  readonly paid?: LocalDateRangeInput | null

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: only invoices that are pending, unpaid or failed and were due before today (UTC). False: only others.',
  })
  readonly overdue?: boolean | null
}

/**
 * The filter of the argument.
 *
 * @param today the day on which an invoice has to be overdue
 * @throws BadInputError for an invalid argument
 */
export function toInvoiceFilter(input: InvoiceFilterInput, today: LocalDate): InvoiceFilter {
  const from = toMonth('filter.from', input.from)
  const to = toMonth('filter.to', input.to)
  if (from !== null && to !== null && from > to)
    throw new BadInputError('filter.to', to, `the month ${from} or a later one`)
  return {
    sources: ALL_INVOICES.sources.filter(
      source =>
        (input.source == null || input.source === source) &&
        (input.ledger == null || input.ledger === ledgerOf(source)),
    ),
    states: input.states ?? null,
    from,
    to,
    buyer: input.buyerId == null ? null : readGlobalId('filter.buyerId', input.buyerId, 'Buyer'),
    number: toText(
      input.number,
      'number',
      /^[A-Za-z0-9*-]{1,64}$/,
      'an invoice number, such as 2024-01-00000005 or 2024-01-*',
    ),
    amount: toAmounts(input.amount),
    currency: toText(input.currency, 'currency', /^[A-Z]{3}$/, 'a currency code of three capital letters, such as NZD'),
    buyerName: toText(
      input.buyerName,
      'buyerName',
      /^[^\p{Cc}\p{Cs}]{1,255}$/u,
      'a part of a name, of 1 to 255 characters',
    ),
    creationTypes: input.creationTypes ?? null,
    issued: toDates('filter.issued', input.issued),
    due: toDates('filter.due', input.due),
    paid: toDates('filter.paid', input.paid),
    overdue: input.overdue == null ? null : { on: today, wanted: input.overdue },
  }
}

function toText(text: string | null | undefined, member: string, form: RegExp, expected: string): string | null {
  if (text == null) return null
  if (!form.test(text)) throw new BadInputError(`filter.${member}`, text, expected)
  return text
}

function toAmounts(range: AmountRangeInput | null | undefined): AmountRange | null {
  if (range == null) return null
  const min = toAmount('filter.amount.min', range.min)
  const max = toAmount('filter.amount.max', range.max)
  if (min && max && compareDecimals(min, max) > 0) {
    throw new BadInputError('filter.amount.max', range.max, `${range.min} or more`)
  }
  return min === null && max === null ? null : { min, max }
}

function toAmount(argument: string, text: string | null | undefined): Decimal | null {
  if (text == null) return null
  if (!/^-?\d{1,20}(\.\d{1,10})?$/.test(text)) {
    throw new BadInputError(argument, text, 'a decimal number of up to 20 digits and 10 decimal places, such as 12.50')
  }
  return parseDecimal(text)
}

function toDates(argument: string, range: LocalDateRangeInput | null | undefined): DateRange | null {
  if (range == null) return null
  const from = toDate(`${argument}.from`, range.from)
  const to = toDate(`${argument}.to`, range.to)
  if (from !== null && to !== null && from > to) {
    throw new BadInputError(`${argument}.to`, to, `the day ${from} or a later one`)
  }
  return from === null && to === null ? null : { from, to }
}

function toDate(argument: string, text: string | null | undefined): LocalDate | null {
  if (text == null) return null
  if (!isLocalDate(text)) throw new BadInputError(argument, text, 'a day as YYYY-MM-DD, such as 2017-07-31')
  return text
}
