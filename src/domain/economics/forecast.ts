import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '../decimal.js'
import type { Invoice } from '../invoice.js'
import { type Money, roundToCents, sumMoney, toMoney } from '../money.js'
import { addMonths, firstDayOf, type Period, type YearMonth } from '../period.js'
import type { Quotation } from '../quotation.js'

/** What a project's running month will cost at its end, at list price and without tax. */
export interface Forecast {
  readonly period: Period
  readonly expected: Money
  /** With the lowest of the hourly costs that the forecast knows. */
  readonly low: Money
  /** With the highest of them. */
  readonly high: Money
  /** What the rest of the month is computed from, in words. */
  readonly method: string
  /** Mean error of the method on closed months, as a fraction of their cost; null without enough of them. */
  readonly pastError: Decimal | null
  /** The time of the quotation; RFC 3339, UTC. */
  readonly asOf: string
}

/** The list price of a closed month's usage. */
export interface MonthUsage {
  readonly month: YearMonth
  readonly net: Money
}

/** Closed months that the rest of the running month is compared with. */
const SHAPE_MONTHS = 3

/** Closed months that a forecast reads: three for their shape, and three more to measure the error on those. */
export const FORECAST_MONTHS = 2 * SHAPE_MONTHS

/** Decimal places of hourly costs, so that no cent is lost over a month. */
const SCALE = 12
const RATE_SCALE = 6
const ZERO: Decimal = { digits: 0n, scale: 0 }

/** Usage on a month's bills, comparable to the quotation: without discounts, credits and support. Null when a bill lists no lines. */
export function usageOn(bills: readonly Invoice[], { regions, total }: Quotation): Money | null {
  const names = new Set(regions.map(({ region }) => region))
  if (bills.length === 0 || bills.some(({ lineItems }) => lineItems === null)) return null
  const lines = bills.flatMap(({ lineItems }) => lineItems ?? [])
  const usage = lines.filter(
    ({ type, resource }) => type === 'RESOURCE_USAGE' && (!resource?.region || names.has(resource.region)),
  )
  const amounts = usage.map(({ cost }) => cost.net)
  const isOneCurrency = amounts.every(({ currency }) => currency === total.net.currency)
  return isOneCurrency ? sumMoney(amounts, total.net.currency) : null
}

/**
 * The cost at the end of the month. Each hour that is left costs the run rate and the mean hourly cost of the last three closed
 * months, weighted by the shares of the month that are over and left. At the end of the month the forecast is the quotation.
 *
 * Null when a region is missing, and at the first instant of a month without closed months before it.
 *
 * @param closed in any order
 */
export function forecastOf(quotation: Quotation, closed: readonly MonthUsage[]): Forecast | null {
  const { net } = quotation.total
  const newestFirst = closed.toSorted((left, right) => (left.month < right.month ? 1 : -1))
  const shape = newestFirst.slice(0, SHAPE_MONTHS)
  const hours = hoursOf(quotation.period.month, quotation.asOf)
  const found = quotation.missingRegions.length > 0 ? null : project(net, hours, shape)
  if (!found) return null
  const toCents = (amount: Decimal): Money => roundToCents(toMoney(amount, net.currency))
  return {
    period: quotation.period,
    expected: toCents(found.expected),
    low: toCents(found.low),
    high: toCents(found.high),
    method: methodOf(shape),
    pastError: pastErrorOf(newestFirst, hours),
    asOf: quotation.asOf,
  }
}

interface Hours {
  readonly elapsed: Decimal
  readonly total: Decimal
}

interface Projection {
  readonly expected: Decimal
  readonly low: Decimal
  readonly high: Decimal
}

function project(soFar: Decimal, { elapsed, total }: Hours, shape: readonly MonthUsage[]): Projection | null {
  const left = subtractDecimals(total, elapsed)
  const runRate = elapsed.digits > 0n ? divideDecimals(soFar, elapsed, SCALE) : null
  const hourly = shape.map(({ month, net }) => divideDecimals(net, totalHours(month), SCALE))
  const at = (rate: Decimal): Decimal => addDecimals(soFar, multiplyDecimals(left, rate))
  const [first, ...rest] = [...(runRate ? [runRate] : []), ...hourly]
  if (!first) return null
  // Without closed months the range is from no further usage to twice the run rate.
  if (hourly.length === 0) return { expected: at(first), low: soFar, high: at(addDecimals(first, first)) }
  const blended = blend(runRate ?? ZERO, meanOf(hourly), divideDecimals(elapsed, total, SCALE))
  const all = [blended, first, ...rest].toSorted(compareDecimals)
  return { expected: at(blended), low: at(all[0] ?? blended), high: at(all.at(-1) ?? blended) }
}

/** The first rate by its weight, the second by the rest. */
function blend(first: Decimal, second: Decimal, weight: Decimal): Decimal {
  const rest = subtractDecimals({ digits: 1n, scale: 0 }, weight)
  return addDecimals(multiplyDecimals(first, weight), multiplyDecimals(second, rest))
}

/**
 * The mean error on the last closed months, each forecast from the three before it at the same share of the month. How a closed
 * month's cost arose is unknown, so it counts as spread evenly.
 */
function pastErrorOf(newestFirst: readonly MonthUsage[], hours: Hours): Decimal | null {
  const share = divideDecimals(hours.elapsed, hours.total, SCALE)
  const errors = newestFirst.slice(0, SHAPE_MONTHS).flatMap(({ month, net }, index) => {
    const shape = newestFirst.slice(index + 1, index + 1 + SHAPE_MONTHS)
    if (shape.length < SHAPE_MONTHS || net.digits <= 0n) return []
    const total = totalHours(month)
    const found = project(multiplyDecimals(net, share), { elapsed: multiplyDecimals(total, share), total }, shape)
    return found ? [divideDecimals(absolute(subtractDecimals(found.expected, net)), net, SCALE)] : []
  })
  if (errors.length === 0) return null
  return divideDecimals(errors.reduce(addDecimals), { digits: BigInt(errors.length), scale: 0 }, RATE_SCALE)
}

function methodOf(shape: readonly MonthUsage[]): string {
  if (shape.length === 0) return 'run rate'
  return `run rate, weighted with the mean hourly cost of ${shape.map(({ month }) => month).join(', ')}`
}

/** @param asOf RFC 3339; after the month, the whole of it is over */
function hoursOf(month: YearMonth, asOf: string): Hours {
  const total = totalHours(month)
  const elapsed = toHours(instantOf(month), Date.parse(asOf))
  return { total, elapsed: compareDecimals(elapsed, total) > 0 ? total : elapsed }
}

function totalHours(month: YearMonth): Decimal {
  return toHours(instantOf(month), instantOf(addMonths(month, 1)))
}

function instantOf(month: YearMonth): number {
  return Date.parse(`${firstDayOf(month)}T00:00:00Z`)
}

function toHours(fromMs: number, toMs: number): Decimal {
  const elapsedMs = BigInt(toMs) - BigInt(fromMs)
  const ms = { digits: elapsedMs > 0n ? elapsedMs : 0n, scale: 0 }
  return divideDecimals(ms, { digits: 3_600_000n, scale: 0 }, SCALE)
}

function meanOf(values: readonly Decimal[]): Decimal {
  return divideDecimals(values.reduce(addDecimals, ZERO), { digits: BigInt(values.length), scale: 0 }, SCALE)
}

function absolute(value: Decimal): Decimal {
  return { digits: value.digits < 0n ? -value.digits : value.digits, scale: value.scale }
}
