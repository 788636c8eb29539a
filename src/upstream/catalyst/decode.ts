import { z } from 'zod'
import { isLocalDate, isYearMonth, monthOf } from '../../domain/period.js'
import { parseJson } from '../decoding/json.js'
import { JsonNumber } from '../decoding/json-number.js'
import { decimalText, decodeShape, exactNumber, freeText, nameText } from '../decoding/shape.js'
import type { UpstreamRequest } from '../http/errors.js'
import { readLines } from './line.js'
import type * as wire from './wire.js'

/** An object whose keys are data, as pairs in the order sent. */
function entries<V>(value: z.ZodType<V>, key: z.ZodType<string> = nameText): z.ZodType<wire.Entries<V>> {
  return z
    .custom<object>(isPlainObject, { message: 'expected an object' })
    .transform((object): [unknown, unknown][] => Object.entries(object))
    .pipe(z.array(z.tuple([key, value])))
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}

/** Text, or `false` where the ERP has none. */
const textOrNone = z
  .union([nameText, z.literal(false), z.null()])
  .optional()
  .transform(text => text ?? false)

const billDate = z.string().refine(isLocalDate, { message: 'expected a date as key' })

const line: z.ZodType<wire.Line> = z.object({
  resource_name: textOrNone,
  resource_id: textOrNone.transform(id => id || undefined),
  quantity: exactNumber,
  rate: exactNumber,
  unit: textOrNone,
  cost: exactNumber,
  cost_taxed: exactNumber.optional(),
})

/** A bill has thousands of lines in the form that the server sends. Only another form is left to the schema, which has the error. */
const lines: z.ZodType<readonly wire.Line[]> = z.unknown().transform((sent, context) => {
  const read = readLines(sent)
  if (read) return read
  const { data, error } = z.array(line).safeParse(sent)
  if (data) return data
  context.issues.push(...(error.issues as z.core.$ZodRawIssue[]))
  return z.NEVER
})

const category: z.ZodType<wire.Category> = z.object({
  total_cost: exactNumber,
  total_cost_taxed: exactNumber.optional(),
  breakdown: entries(lines),
})

const document: z.ZodType<wire.Document> = z.object({
  total_cost: exactNumber,
  total_cost_taxed: exactNumber.optional(),
  status: textOrNone.transform(status => status || undefined).pipe(z.string().max(64).optional()),
  details: entries(category).optional(),
})

const projectId = z.string().min(1).max(64)
const projectName = textOrNone.transform(name => name || '')

const invoices: z.ZodType<wire.Invoices> = z.object({
  project_id: projectId,
  project_name: projectName,
  invoices: entries(document, billDate),
})

const storedMonth: z.ZodType<wire.StoredMonth> = z
  .object({
    month: z.string().refine(isYearMonth, { message: 'expected a month' }),
    regions: z.array(nameText),
    sent: invoices,
  })
  .refine(({ month, sent }) => sent.invoices.every(([date]) => monthOf(date) === month), {
    message: 'expected invoices of the month',
  })

const quotations: z.ZodType<wire.Quotations> = z.object({
  project_id: projectId,
  project_name: projectName,
  quotations: entries(document, billDate),
})

const product: z.ZodType<wire.Product> = z.object({
  name: nameText,
  full_name: nameText.optional(),
  // A hand-written price file may hold the rate as text.
  rate: z.union([exactNumber, decimalText.transform(text => new JsonNumber(text))]),
  unit: z.union([nameText, z.literal(false)]),
  description: z.union([freeText, z.literal(false)]),
})

const products: z.ZodType<wire.Products> = z.object({ products: entries(entries(z.array(product))) })

const measuredResource: z.ZodType<wire.MeasuredResource> = z.object({
  name: textOrNone.transform(name => name || undefined),
  type: textOrNone.transform(type => type || undefined),
  services: z.array(z.object({ name: nameText, volume: exactNumber, unit: nameText })),
})

const measurements: z.ZodType<wire.Measurements> = z
  .object({
    measurements: z.object({
      project_id: projectId,
      project_name: projectName,
      resources: entries(measuredResource),
    }),
  })
  .transform(({ measurements: inner }) => inner)

const credit: z.ZodType<wire.Credit> = z.object({
  code: nameText,
  type: nameText,
  start_date: textOrNone
    .transform(text => text || undefined)
    .refine(text => text === undefined || isLocalDate(text.slice(0, 10)), { message: 'expected a time' }),
  expiry_date: textOrNone
    .transform(text => text || undefined)
    .refine(text => text === undefined || isLocalDate(text), { message: 'expected a date' }),
  balance: exactNumber,
  recurring: z.boolean(),
})

const credits: z.ZodType<wire.Credits> = z.object({ credits: z.array(credit) })

/** The state of a part of the service. Its text, and the projects that it names, are not read. */
const isOk = z.object({ status: nameText }).transform(({ status }) => status === 'OK')

const health: z.ZodType<wire.Health> = z
  .object({ health: z.object({ usage_collection: isOk, erp_backend: isOk }) })
  .transform(({ health: { usage_collection, erp_backend } }) => ({
    collectsUsage: usage_collection,
    hasErp: erp_backend,
  }))

/** @throws UpstreamFormatError */
export function decodeMeasurements(body: Uint8Array, request: UpstreamRequest): wire.Measurements {
  return decodeShape(measurements, parseJson(body, request), request)
}

/** @throws UpstreamFormatError */
export function decodeCredits(body: Uint8Array, request: UpstreamRequest): wire.Credits {
  return decodeShape(credits, parseJson(body, request), request)
}

/** @throws UpstreamFormatError */
export function decodeHealth(body: Uint8Array, request: UpstreamRequest): wire.Health {
  return decodeShape(health, parseJson(body, request), request)
}

/** @throws UpstreamFormatError */
export function decodeInvoices(body: Uint8Array, request: UpstreamRequest): wire.Invoices {
  return decodeShape(invoices, parseJson(body, request), request)
}

/** @throws UpstreamFormatError */
export function decodeQuotations(body: Uint8Array, request: UpstreamRequest): wire.Quotations {
  return decodeShape(quotations, parseJson(body, request), request)
}

/** @throws UpstreamFormatError */
export function decodeProducts(body: Uint8Array, request: UpstreamRequest): wire.Products {
  return decodeShape(products, parseJson(body, request), request)
}

/** Reads what `encodeMonth` wrote, with the shapes of a response. @throws UpstreamFormatError */
export function decodeMonth(body: Uint8Array, request: UpstreamRequest): wire.StoredMonth {
  return decodeShape(storedMonth, parseJson(body, request), request)
}

/** Writes the invoices of a month as the server does, numbers to the character. */
export function encodeMonth({ sent, ...rest }: wire.StoredMonth): string {
  const documents = sent.invoices.map(([date, { details, ...document }]) => [
    date,
    details === undefined ? document : { ...document, details: encodeDetails(details) },
  ])
  return JSON.stringify({ ...rest, sent: { ...sent, invoices: Object.fromEntries(documents) } })
}

function encodeDetails(details: wire.Entries<wire.Category>): object {
  return Object.fromEntries(
    details.map(([name, { breakdown, ...rest }]) => [name, { ...rest, breakdown: Object.fromEntries(breakdown) }]),
  )
}
