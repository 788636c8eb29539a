import { type AmountOwner, CENTS, codeOfAmount, ownersOfAmount, ownersOfCode } from './amount-tags.js'
import type { ExpectedRights } from './expected-rights.js'
import { buyerOfInstant, readable } from './tags.js'

/** A leaf of a response, with its context. */
export interface Leaf {
  /** Type and field: `Money.amount`. */
  readonly coordinate: string
  readonly value: string | number
  /** The enclosing object, by field names. */
  readonly siblings: Readonly<Record<string, unknown>>
  /** The field that returned that object. */
  readonly parentField: string
  /** The type of that field. */
  readonly parentType: string
  /** Texts of the request. */
  readonly inputs: readonly string[]
}

/** Checks a leaf. Returns null when the caller may see it, otherwise the problem. */
export type LeafRule = (leaf: Leaf, rights: ExpectedRights) => string | null

/** Rules for amounts and figures. A figure without a rule is an error of the test. */
export const FIGURES: Readonly<Record<string, LeafRule>> = {
  'Money.amount': ({ value, siblings, parentField, parentType }, rights) => {
    if (parentType === 'CurrencyTotal') {
      const code = codeOfAmount(String(value), centsOf(parentField))
      const isOwn = code !== null && rights.mayTotal(code, String(siblings.currencyCode))
      return isOwn ? null : `${value} is not the sum of visible invoices`
    }
    // An estimate is no sum of lines. It is made of whole bills.
    if (FORECASTS.includes(parentField)) return rights.seesBills() ? null : `${value} is a forecast of another owner`
    const ownersIn = (cents: bigint) => ownersOfAmount(String(value), String(siblings.currencyCode), cents)
    // A payment's amount includes tax, that of a difference does not.
    const owners = ownersIn(centsOf(parentField)) ?? (parentField === 'amount' ? ownersIn(CENTS.net) : null)
    return checkOwners(owners, value, rights)
  },
  'Forecast.pastError': ({ value }, rights) => (rights.seesBills() ? null : `${value} is computed from hidden bills`),
  'Margin.rate': ({ value }) => `${value} is a margin, and no two amounts of the test data are in one currency`,
  'Margin.exchangeRate': ({ value }) => `${value} is an exchange rate, and the registry has none`,
  'LineItem.rate': ({ value }, rights) =>
    isPrice(value) ? null : checkOwners(ownersOfAmount(String(value), 'NZD', CENTS.net), value, rights),
  'LineItem.quantity': ({ value }, rights) =>
    Number(value) === 1 ? null : checkOwners(ownersOfCode(BigInt(Number(value)), 'NZD'), value, rights),
  'MeasuredService.volume': ({ value }, rights) =>
    checkOwners(ownersOfCode(BigInt(Number(value)), 'NZD'), value, rights),
  'Product.rate': ({ value }) => (isPrice(value) ? null : `${value} is not in the price list`),
  'TaxedMoney.taxRate': ({ value }) =>
    Number(value) === 0.15 ? null : `${value} is not the tax rate of the test data`,
  'CustomerShare.share': ({ value }) => (Number(value) <= 1 ? null : `${value} is not a share`),
  'CostShare.share': ({ value }) => (Number(value) <= 1 ? null : `${value} is not a share`),
  'InvoiceConnection.totalCount': ({ value }, rights) => checkCount(value, rights.mostInvoices()),
  'CurrencyTotal.count': ({ value }, rights) => checkCount(value, rights.mostInvoices()),
  'CustomerConnection.totalCount': ({ value }, rights) => checkCount(value, rights.mostRegistered()),
  'BuyerConnection.totalCount': ({ value }, rights) => checkCount(value, rights.mostBuyers()),
  'LineItemConnection.totalCount': ({ value }, rights) => checkCount(value, rights.mostLines()),
  'CostShare.count': ({ value }, rights) => checkCount(value, rights.mostLines()),
}

/** Fields with the amounts of a forecast. */
const FORECASTS: readonly string[] = ['expected', 'low', 'high']

/** Instants that belong to a buyer. All others come from the clock. */
export const OWN_INSTANTS: readonly string[] = ['Invoice.paidAt', 'Payment.createdAt']

/** @returns null when the caller may see the instant */
export function checkInstant({ value }: Leaf, rights: ExpectedRights): string | null {
  return rights.mayDate(buyerOfInstant(String(value))) ? null : `${value} is an instant of another buyer`
}

/** Arguments that the response repeats. */
const ECHOES: readonly string[] = ['Customer.id', 'Customer.prefix', 'CustomerCost.prefix']

/** Checks texts, ids and cursors. */
export function checkText({ coordinate, value, inputs }: Leaf, rights: ExpectedRights): string | null {
  const text = String(value)
  // A hash has no tags. Digits in it may look like some.
  if (coordinate === 'CostAllocation.fingerprint') return rights.seesBills() ? null : `${text} is of a hidden bill`
  if (ECHOES.includes(coordinate)) {
    if (text === '' || rights.mayReadClaims(text)) return null
    const said = text.replace(/^catalyst:customer:/, '')
    return inputs.some(one => one.endsWith(said)) ? null : `${text} is not a value of the request`
  }
  if (coordinate === 'CustomerClaim.prefix' || coordinate === 'CustomerClaim.projectId') {
    return rights.mayReadClaims(text) && rights.mayRead(text.replace(/^cu-.*/, '')) ? null : `${text} is a hidden claim`
  }
  // A notice repeats the prefix of the request, and names others of visible lines.
  if (coordinate === 'Notice.message') {
    const others = inputs.reduce((rest, input) => rest.replaceAll(JSON.stringify(input), ''), text)
    return rights.mayNameCustomers(others) ? null : `${text} names lines of others`
  }
  const shown = readable(coordinate, text)
  if (!rights.mayRead(shown)) return `${shown} belongs to another owner`
  return checkPlace(shown, rights)
}

/** A line's position may count visible lines only: the position among all lines would reveal the number of the others. */
function checkPlace(text: string, rights: ExpectedRights): string | null {
  const [, project, place] = /pj(\d+)[:/].*[:#](\d{1,3})$/.exec(text) ?? []
  if (project === undefined || Number(place) < rights.mostLinesOf(Number(project))) return null
  return `${text} is a position among the lines of others`
}

function checkOwners(owners: readonly AmountOwner[] | null, value: unknown, rights: ExpectedRights): string | null {
  if (owners === null) return `${value} is an amount that no lines explain`
  const foreign = owners.filter(owner => !rights.mayCount(owner))
  return foreign.length === 0 ? null : `${value} contains amounts of ${JSON.stringify(foreign)}`
}

function checkCount(value: string | number, most: number): string | null {
  return Number(value) <= most ? null : `${value} is more than the ${most} that the caller may see`
}

/** Price of one hour for any buyer. */
function isPrice(value: string | number): boolean {
  return Number(value) === 0.2
}

function centsOf(field: string): bigint {
  if (field === 'tax') return CENTS.tax
  return field === 'gross' || field === 'amount' ? CENTS.gross : CENTS.net
}
