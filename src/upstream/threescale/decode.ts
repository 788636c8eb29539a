import { z } from 'zod'
import { isThreescaleId } from '../../domain/native-id.js'
import { isLocalDate } from '../../domain/period.js'
import { decimalText, decodeShape, freeText, nameText } from '../decoding/shape.js'
import { parseXml } from '../decoding/xml.js'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import type * as wire from './wire.js'

/** A record's id. */
export const idText = z.string().refine(isThreescaleId, { message: 'expected an id' })
/** A short text, such as a state. */
export const word = z.string().max(255)
/** The text of an element that may only have elements. */
export const blank = z.string().regex(/^\s*$/, { message: 'expected elements only' })
const optionalId = z.union([z.literal(''), idText])
const dateText = z.string().refine(isLocalDate, { message: 'expected a date' })
const optionalDate = z.union([z.literal(''), dateText])

const paidAt = z.string().refine(text => text === '' || isZonedTime(text), { message: 'expected a time with its zone' })

/** `2023-12-07 10:15:42 +0100`, or with the word UTC for the offset. */
function isZonedTime(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) (?:UTC|([+-]\d{2})(\d{2}))$/.exec(text)
  if (!match) return false
  const [, day = '', time = '', hours = '+00', minutes = '00'] = match
  return isLocalDate(day) && !Number.isNaN(Date.parse(`${day}T${time}${hours}:${minutes}`))
}

const party: z.ZodType<wire.Party> = z.object({
  id: idText,
  org_name: nameText,
  address: freeText,
  city: nameText,
  state: nameText,
  country: nameText,
  phone: nameText,
  zip: nameText,
})

const deletedBuyer: z.ZodType<wire.DeletedBuyer> = z.object({ id: idText, status: z.literal('deleted') })

/** Schema of a line item, alone or in a list. */
export const lineItem: z.ZodType<wire.LineItem> = z.object({
  id: idText,
  name: freeText,
  description: freeText,
  quantity: z.string().regex(/^(-?\d{1,18})?$/, { message: 'expected an integer' }),
  type: word,
  metric_id: optionalId,
  contract_id: optionalId,
  plan_id: optionalId,
  cost: decimalText,
})

/**
 * `<line-items/>`, empty or with items; white space between them is ignored. Rails marks lists by `type="array"`: such a list may be
 * empty, too. Any other attribute is no list of lines.
 */
const lineItems = z
  .union([
    blank,
    z.object({ 'line-item': z.array(lineItem) }),
    z.strictObject({ $: z.strictObject({ '@type': z.literal('array') }), '#text': blank.optional() }),
  ])
  .transform(items => (typeof items === 'string' || !('line-item' in items) ? [] : items['line-item']))

const invoice = z
  .object({
    id: idText,
    friendly_id: word,
    creation_type: word,
    state: word,
    paid_at: paidAt,
    due_on: optionalDate,
    issued_on: optionalDate,
    currency: z.string().regex(/^([A-Z]{3})?$/, { message: 'expected a currency code' }),
    cost: decimalText,
    vat_rate: decimalText.optional(),
    vat_amount: decimalText.optional(),
    cost_without_vat: decimalText,
    period: z.object({ from: dateText, to: dateText }),
    provider: party,
    buyer: z.union([deletedBuyer, party]),
    'line-items': lineItems,
    payment_transactions_count: z.string().regex(/^\d{1,9}$/, { message: 'expected a count' }),
  })
  .refine(({ vat_rate, vat_amount }) => (vat_rate === undefined) === (vat_amount === undefined), {
    message: 'expected a rate and an amount of VAT, or neither',
  })
  .transform(({ 'line-items': items, ...rest }): wire.Invoice => ({ ...rest, lineItems: items }))

const count = z
  .string()
  .regex(/^\d{1,9}$/, { message: 'expected a count' })
  .transform(Number)

const pagination = z
  .object({
    $: z.object({ '@total_pages': count, '@current_page': count, '@per_page': count, '@total_entries': count }),
  })
  .transform(
    ({ $ }): wire.Pagination => ({
      totalPages: $['@total_pages'],
      currentPage: $['@current_page'],
      perPage: $['@per_page'],
      totalEntries: $['@total_entries'],
    }),
  )

const invoicePage = z
  .object({ pagination, invoice: z.array(invoice).optional() })
  .transform(({ pagination: page, invoice: invoices = [] }): wire.InvoicePage => ({ pagination: page, invoices }))

/** Schema of a buyer's account, alone or in a list. */
export const account: z.ZodType<wire.Account> = z.object({
  id: idText,
  state: word,
  org_name: nameText,
  org_legaladdress: freeText.optional(),
  city: nameText.optional(),
  region: nameText.optional(),
  country: nameText.optional(),
  zip: nameText.optional(),
  telephone_number: nameText.optional(),
})

/** The body of `/api/invoices.xml`. @throws UpstreamFormatError */
export function decodeInvoicePage(body: Uint8Array, request: UpstreamRequest): wire.InvoicePage {
  const page = decodeShape(invoicePage, parseXml(body, 'invoices', request), request)
  const problem = findPageProblem(page)
  if (problem !== null) throw new UpstreamFormatError(problem, request)
  return page
}

/** What contradicts itself in a page; null for nothing. */
export function findPageProblem(page: wire.InvoicePage): string | null {
  const ids = new Set(page.invoices.map(({ id }) => id))
  if (ids.size !== page.invoices.length) return 'it has an invoice twice'
  return isConsistent(page) ? null : 'its totals contradict it'
}

/** Reading a whole list depends on its totals: too few pages would hide invoices, empty pages would never end. */
function isConsistent({ pagination, invoices }: wire.InvoicePage): boolean {
  const { totalPages, currentPage, perPage, totalEntries } = pagination
  if (perPage === 0 || totalPages !== Math.max(1, Math.ceil(totalEntries / perPage))) return false
  if (invoices.length === 0) return totalEntries === 0 || currentPage > totalPages
  return invoices.length <= Math.min(perPage, totalEntries)
}

/** The body of `/api/invoices/{id}.xml`. @throws UpstreamFormatError */
export function decodeInvoice(body: Uint8Array, request: UpstreamRequest): wire.Invoice {
  return decodeShape(invoice, parseXml(body, 'invoice', request), request)
}

/** The body of `/admin/api/accounts/{id}.xml`. @throws UpstreamFormatError */
export function decodeAccount(body: Uint8Array, request: UpstreamRequest): wire.Account {
  return decodeShape(account, parseXml(body, 'account', request), request)
}
