import { z } from 'zod'
import { decimalText, decodeShape, freeText, nameText } from '../decoding/shape.js'
import { parseXml } from '../decoding/xml.js'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { account, blank, idText, word } from './decode.js'
import type * as wire from './wire.js'

/** Elements of accounts, applications and payments that hold keys or card data. They are removed before the body is parsed. */
const SECRETS = [
  'gateway_response',
  'user_key',
  'keys',
  'application_id',
  'client_secret',
  'provider_verification_key',
  'oidc_configuration',
  'users',
  'extra_fields',
  'credit_card_partial_number',
  'credit_card_expires_on',
]

const plan: z.ZodType<wire.Plan> = z.object({ id: idText, name: nameText, type: word })

const payment: z.ZodType<wire.PaymentTransaction> = z.object({
  id: idText,
  created_at: z.iso.datetime({ offset: true }),
  invoice_id: idText,
  reference: nameText,
  success: z.enum(['true', 'false']).transform(text => text === 'true'),
  amount: decimalText,
  currency: z.string().regex(/^([A-Z]{3})?$/, { message: 'expected a currency code' }),
  action: nameText,
  message: freeText,
})

const application: z.ZodType<wire.Application> = z.object({
  id: idText,
  state: word,
  user_account_id: idText,
  name: freeText.optional(),
  plan,
})

const metric: z.ZodType<wire.Metric> = z.object({
  id: idText,
  system_name: nameText,
  friendly_name: nameText,
  description: freeText,
  unit: nameText.optional(),
})

const service = z
  .object({
    metrics: z.union([blank, z.object({ metric: z.array(metric).optional(), method: z.array(metric).optional() })]),
  })
  .transform(({ metrics }) =>
    typeof metrics === 'string' ? [] : [...(metrics.metric ?? []), ...(metrics.method ?? [])],
  )

const totals = z.object({
  '@total_pages': z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
})

/** The items of a list and its number of pages; one page when the root does not say. */
function page<T>(name: string, item: z.ZodType<T>): z.ZodType<wire.Page<T>> {
  const filled = z.object({ $: totals.optional(), [name]: z.array(item).optional() })
  return z.union([blank, filled]).transform((sent): wire.Page<T> => {
    if (typeof sent === 'string') return { totalPages: 1, items: [] }
    const { $, [name]: items } = sent as { $?: z.infer<typeof totals>; [name: string]: unknown }
    return { totalPages: $?.['@total_pages'] ?? 1, items: (items as readonly T[] | undefined) ?? [] }
  })
}

const payments = page('payment_transaction', payment)
const accounts = page('account', account)
const applications = page('application', application)
const services = page('service', service)
const plans = page('plan', plan)

/** The body of `/api/invoices/{id}/payment_transactions.xml`. @throws UpstreamFormatError */
export function decodePayments(body: Uint8Array, request: UpstreamRequest): readonly wire.PaymentTransaction[] {
  return decodeShape(payments, parse(body, 'payment_transactions', request), request).items
}

/** The body of `/admin/api/accounts.xml`. @throws UpstreamFormatError */
export function decodeAccountPage(body: Uint8Array, request: UpstreamRequest): wire.Page<wire.Account> {
  return unique(decodeShape(accounts, parse(body, 'accounts', request), request), request)
}

/** The body of `/admin/api/applications.xml`. @throws UpstreamFormatError */
export function decodeApplicationPage(body: Uint8Array, request: UpstreamRequest): wire.Page<wire.Application> {
  return unique(decodeShape(applications, parse(body, 'applications', request), request), request)
}

/** The body of `/admin/api/applications/find.xml`. @throws UpstreamFormatError */
export function decodeApplication(body: Uint8Array, request: UpstreamRequest): wire.Application {
  return decodeShape(application, parse(body, 'application', request), request)
}

/** All metrics and methods on one page of `/admin/api/services.xml`. @throws UpstreamFormatError */
export function decodeServicePage(body: Uint8Array, request: UpstreamRequest): wire.Page<wire.Metric> {
  const { totalPages, items } = decodeShape(services, parse(body, 'services', request), request)
  return { totalPages, items: items.flat() }
}

/** The body of `/admin/api/{kind}_plans.xml`. @throws UpstreamFormatError */
export function decodePlans(body: Uint8Array, request: UpstreamRequest): readonly wire.Plan[] {
  return decodeShape(plans, parse(body, 'plans', request), request).items
}

function parse(body: Uint8Array, root: string, request: UpstreamRequest): unknown {
  return parseXml(omitElements(body, SECRETS), root, request)
}

function unique<T extends { readonly id: string }>(sent: wire.Page<T>, request: UpstreamRequest): wire.Page<T> {
  if (new Set(sent.items.map(({ id }) => id)).size === sent.items.length) return sent
  throw new UpstreamFormatError('it has a record twice', request)
}

/**
 * The body with every element of these names emptied. Works on bytes before they are parsed. Of an element inside one of its own
 * name a remainder stays, which no parser accepts.
 */
export function omitElements(body: Uint8Array, names: readonly string[]): Uint8Array {
  const element = new RegExp(`<(${names.join('|')})(?:\\s[^<>]*)?(?<!/)>[\\s\\S]*?</\\1\\s*>`, 'g')
  // Latin-1 maps each byte to one character and back. Whether the text is UTF-8 is checked later.
  return Buffer.from(Buffer.from(body).toString('latin1').replace(element, '<$1/>'), 'latin1')
}
