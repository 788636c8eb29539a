import { z } from 'zod'
import { isLocalDate } from '../../domain/period.js'
import type { UpstreamRequest } from '../errors.js'
import { parseExactJson, parseJson } from '../json.js'
import { decodeShape, exactNumber } from '../shape.js'
import type * as wire from './wire.js'

/** An object whose keys are data, as pairs in the order sent. */
function entries<V>(value: z.ZodType<V>, key: z.ZodType<string> = z.string()): z.ZodType<wire.Entries<V>> {
  const pairs = z.preprocess(
    object => (isPlainObject(object) ? Object.entries(object) : object),
    z.array(z.tuple([key, value])),
  )
  return pairs as unknown as z.ZodType<wire.Entries<V>>
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const billDate = z.string().refine(isLocalDate, { message: 'expected a date as key' })

const line: z.ZodType<wire.Line> = z.object({
  // An old ERP may have no name at all; both forms say the same.
  resource_name: z
    .union([z.string(), z.literal(false), z.null()])
    .optional()
    .transform(name => name ?? false),
  resource_id: z.string().optional(),
  quantity: exactNumber,
  rate: exactNumber,
  unit: z.string(),
  cost: exactNumber,
  cost_taxed: exactNumber.optional(),
})

const category: z.ZodType<wire.Category> = z.object({
  total_cost: exactNumber,
  total_cost_taxed: exactNumber.optional(),
  breakdown: entries(z.array(line)),
})

const document: z.ZodType<wire.Document> = z.object({
  total_cost: exactNumber,
  total_cost_taxed: exactNumber.optional(),
  status: z.string().max(64).optional(),
  details: entries(category).optional(),
})

const projectId = z.string().min(1).max(64)

const invoices: z.ZodType<wire.Invoices> = z.object({
  project_id: projectId,
  project_name: z.string(),
  invoices: entries(document, billDate),
})

const quotations: z.ZodType<wire.Quotations> = z.object({
  project_id: projectId,
  project_name: z.string(),
  quotations: entries(document, billDate),
})

const product: z.ZodType<wire.Product> = z.object({
  name: z.string(),
  full_name: z.string().optional(),
  // A hand-written price file may hold the rate as text.
  rate: z.union([
    exactNumber,
    z
      .string()
      .transform(text => parseExactJson(text))
      .pipe(exactNumber),
  ]),
  unit: z.union([z.string(), z.literal(false)]),
  description: z.union([z.string(), z.literal(false)]),
})

const products: z.ZodType<wire.Products> = z.object({ products: entries(entries(z.array(product))) })

/** @throws UpstreamFormatError */
export function decodeInvoices(body: Uint8Array, asked: UpstreamRequest): wire.Invoices {
  return decodeShape(invoices, parseJson(body, asked), asked)
}

/** @throws UpstreamFormatError */
export function decodeQuotations(body: Uint8Array, asked: UpstreamRequest): wire.Quotations {
  return decodeShape(quotations, parseJson(body, asked), asked)
}

/** @throws UpstreamFormatError */
export function decodeProducts(body: Uint8Array, asked: UpstreamRequest): wire.Products {
  return decodeShape(products, parseJson(body, asked), asked)
}

/** Writes invoices as the server does, numbers to the character: what `decodeInvoices` reads back. */
export function encodeInvoices(answer: wire.Invoices): string {
  const documents = answer.invoices.map(([date, { details, ...rest }]) => [
    date,
    details === undefined ? rest : { ...rest, details: encodeDetails(details) },
  ])
  return JSON.stringify({ ...answer, invoices: Object.fromEntries(documents) })
}

function encodeDetails(details: wire.Entries<wire.Category>): object {
  return Object.fromEntries(
    details.map(([name, { breakdown, ...rest }]) => [name, { ...rest, breakdown: Object.fromEntries(breakdown) }]),
  )
}
