import { type AmountOwner, CENTS, ownersOfAmount, ownersOfCode } from './amount-tags.js'
import type { Holdings } from './expected-rights.js'
import { buyerOfInstant, readable } from './tags.js'

/** A leaf, and what stands around it. */
export interface Leaf {
  /** Type and field: `Money.amount`. */
  readonly coordinate: string
  readonly value: string | number
  /** The object that it is in, by field names. */
  readonly siblings: Readonly<Record<string, unknown>>
  /** The field that led to that object. */
  readonly parentField: string
  /** What the caller wrote himself. */
  readonly inputs: readonly string[]
}

/** Null for a leaf that its reader may see, else what is wrong with it. */
export type LeafRule = (leaf: Leaf, holdings: Holdings) => string | null

/** Of amounts and figures; a figure that has no rule here is a fault of the test. */
export const FIGURES: Readonly<Record<string, LeafRule>> = {
  'Money.amount': ({ value, siblings, parentField }, holdings) =>
    checkOwners(ownersOfAmount(String(value), String(siblings.currencyCode), centsOf(parentField)), value, holdings),
  'LineItem.rate': ({ value }, holdings) =>
    isPrice(value) ? null : checkOwners(ownersOfAmount(String(value), 'NZD', CENTS.net), value, holdings),
  'LineItem.quantity': ({ value }, holdings) =>
    Number(value) === 1 ? null : checkOwners(ownersOfCode(BigInt(Number(value)), 'NZD'), value, holdings),
  'MeasuredService.volume': ({ value }, holdings) =>
    checkOwners(ownersOfCode(BigInt(Number(value)), 'NZD'), value, holdings),
  'Product.rate': ({ value }) => (isPrice(value) ? null : `${value} is no price of the list`),
  'TaxedMoney.taxRate': ({ value }) => (Number(value) === 0.15 ? null : `${value} is no tax rate of the house`),
  'CostShare.share': ({ value }) => (Number(value) <= 1 ? null : `${value} is no share`),
  'InvoiceConnection.totalCount': ({ value }, holdings) => checkCount(value, holdings.mostInvoices()),
  'BuyerConnection.totalCount': ({ value }, holdings) => checkCount(value, holdings.mostBuyers()),
  'LineItemConnection.totalCount': ({ value }, holdings) => checkCount(value, holdings.mostLines()),
  'CostShare.count': ({ value }, holdings) => checkCount(value, holdings.mostLines()),
}

/** Instants of somebody's; the others are the clock's. */
export const OWN_INSTANTS: readonly string[] = ['Invoice.paidAt', 'Payment.createdAt']

/** @returns null when the instant is the reader's */
export function checkInstant({ value }: Leaf, holdings: Holdings): string | null {
  return holdings.mayDate(buyerOfInstant(String(value))) ? null : `${value} is an instant of another buyer`
}

/** What callers say themselves and are told again. */
const ECHOES: readonly string[] = ['Customer.id', 'Customer.prefix', 'CustomerCost.prefix']

/** Of texts, ids and cursors. */
export function checkText({ coordinate, value, inputs }: Leaf, holdings: Holdings): string | null {
  const text = String(value)
  if (ECHOES.includes(coordinate)) {
    const said = text.replace(/^catalyst:customer:/, '')
    return inputs.some(one => one.endsWith(said)) ? null : `${text} is not what was asked for`
  }
  const shown = readable(coordinate, text)
  if (!holdings.mayRead(shown)) return `${shown} is somebody else's`
  return checkPlace(shown, holdings)
}

/** A line's place among those that its reader sees; its place among all would tell how many others there are. */
function checkPlace(text: string, holdings: Holdings): string | null {
  const [, project, place] = /pj(\d+)[:/].*[:#](\d{1,3})$/.exec(text) ?? []
  if (project === undefined || Number(place) < holdings.mostLinesOf(Number(project))) return null
  return `${text} tells a place among the lines of others`
}

function checkOwners(owners: readonly AmountOwner[] | null, value: unknown, holdings: Holdings): string | null {
  if (owners === null) return `${value} is an amount of nobody's`
  const foreign = owners.filter(owner => !holdings.mayCount(owner))
  return foreign.length === 0 ? null : `${value} holds amounts of ${JSON.stringify(foreign)}`
}

function checkCount(value: string | number, most: number): string | null {
  return Number(value) <= most ? null : `${value} counts more than the ${most} that there can be`
}

/** What one hour costs whoever buys it. */
function isPrice(value: string | number): boolean {
  return Number(value) === 0.2
}

function centsOf(field: string): bigint {
  if (field === 'tax') return CENTS.tax
  return field === 'gross' || field === 'amount' ? CENTS.gross : CENTS.net
}
