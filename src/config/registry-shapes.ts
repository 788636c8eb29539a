import { z } from 'zod'
import { isCustomerKey, isCustomerPrefix, MAX_PREFIX_LENGTH } from '../domain/customer.js'
import { parseDecimal } from '../domain/decimal.js'
import type { LineItemType } from '../domain/line-item.js'
import { isProjectId, isThreescaleId } from '../domain/native-id.js'
import { isBillMonth } from '../domain/period.js'

const LINE_ITEM_TYPES = [
  'PLAN_COST',
  'VARIABLE_COST',
  'MANUAL',
  'RESOURCE_USAGE',
  'DISCOUNT',
  'CREDIT',
  'SUPPORT',
  'UNKNOWN',
] as const satisfies readonly LineItemType[]

const key = text(isCustomerKey, 'a key of 1 to 63 letters, digits, dots, dashes and underscores')
const prefix = text(
  one => isCustomerPrefix(one) && isPlain(one),
  `a prefix of 1 to ${MAX_PREFIX_LENGTH} characters, without control characters`,
)
const projectId = text(isProjectId, 'an OpenStack project id').nullish()
const month = text(isBillMonth, 'a month as YYYY-MM')
const match = z.enum(['SEGMENT', 'STARTS_WITH'], { error: 'expected SEGMENT or STARTS_WITH' }).default('SEGMENT')

/** An entry of `customers`. */
export const customerShape = z.strictObject({
  key,
  name: text(one => one.trim() !== '' && one.length <= 255 && isPlain(one), 'a name of 1 to 255 characters'),
  claims: z
    .array(
      z
        .strictObject({
          prefix,
          match,
          projectId,
          from: month.nullish(),
          until: month.nullish(),
          except: z.array(prefix).nullish(),
        })
        .refine(({ from, until }) => from == null || until == null || from <= until, {
          path: ['until'],
          message: 'expected the month of from or a later one',
        }),
    )
    .min(1, 'expected at least one claim'),
  buyers: z.array(text(isThreescaleId, 'the id of a 3scale account, such as 101')).nullish(),
})

/** An entry of `pools`. */
export const poolShape = z
  .strictObject({
    name: text(
      one => one !== '' && one.length <= 63 && isPlain(one) && one !== 'ROUNDING',
      'a name of 1 to 63 characters; ROUNDING is reserved',
    ),
    match: z.strictObject({
      type: z.enum(LINE_ITEM_TYPES, { error: `expected one of ${LINE_ITEM_TYPES.join(', ')}` }).nullish(),
      category: text(one => one !== '' && isPlain(one), 'the name of a category').nullish(),
      prefix: prefix.nullish(),
      match,
      projectId,
    }),
    policy: z.enum(['UNALLOCATED', 'EVEN', 'PROPORTIONAL', 'WEIGHTS'], {
      error: 'expected UNALLOCATED, EVEN, PROPORTIONAL or WEIGHTS',
    }),
    weights: z.record(key, text(isWeight, 'a weight of 0 or more, such as 3 or 0.5')).nullish(),
  })
  .refine(({ policy, weights }) => (policy === 'WEIGHTS') === Object.keys(weights ?? {}).length > 0, {
    path: ['weights'],
    message: 'expected weights with the policy WEIGHTS, and with no other',
  })

const currency = text(one => /^[A-Z]{3}$/.test(one), 'a currency code, such as NZD')

/** `exchangeRates`: by month, then by the currency of the amount, then by the currency of the result. */
export const ratesShape = z.record(
  month,
  z.record(currency, z.record(currency, text(isRate, 'a rate above 0, such as "0.55"'))),
)

function text(isValid: (one: string) => boolean, expected: string) {
  const error = `expected ${expected}`
  return z.string({ error }).refine(isValid, { error })
}

function isPlain(one: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(one)
}

function isWeight(one: string): boolean {
  return /^\d{1,9}(\.\d{1,9})?$/.test(one)
}

function isRate(one: string): boolean {
  return /^\d{1,9}(\.\d{1,12})?$/.test(one) && parseDecimal(one).digits > 0n
}
