/** What an operation may take at the most. */
export interface Price {
  /** By the schema's `@cost` and `@listSize`: an object 1, what asks an upstream 10. */
  readonly cost: number
  /** Calls to upstreams, before any of them is saved by being asked together. */
  readonly calls: number
  /** Items of the longest page that it asks for. */
  readonly page: number
}

/** The values of a request's variables, as they were sent. */
export type Variables = Readonly<Record<string, unknown>>

/** Something known beforehand, or once the variables are. */
export type Priced<T> = T | ((variables: Variables) => T)

/** How the price of a field comes together. */
export interface PriceTerms {
  /** For the field itself. */
  readonly once: Price
  /** For each of its items, besides what is selected of it. */
  readonly each: Price
  /**
   * Whether each item may ask upstreams of its own. A list that came along with its parent, as lines do with a bill, is about
   * the same few records, and what its items point to is asked for once.
   */
  readonly asks: boolean
}

/** Nothing. */
export const FREE: Price = { cost: 0, calls: 0, page: 0 }

/** The value for these variables. */
export function settlePrice<T extends Price | number>(priced: Priced<T>, variables: Variables): T {
  return typeof priced === 'function' ? priced(variables) : priced
}

/** All of them together. What is known beforehand is added up beforehand. */
export function sumPrices(prices: readonly Priced<Price>[]): Priced<Price> {
  let known = FREE
  const later: ((variables: Variables) => Price)[] = []
  for (const price of prices) {
    if (typeof price === 'function') later.push(price)
    else if (price !== FREE) known = add(known, price)
  }
  if (later.length === 0) return known
  return variables => {
    let sum = known
    for (const price of later) sum = add(sum, price(variables))
    return sum
  }
}

/** Of a field with so many items, of each of which the same is selected. */
export function repeatPrice(length: Priced<number>, selected: Priced<Price>, terms: PriceTerms): Priced<Price> {
  if (typeof length === 'number' && typeof selected !== 'function') return total(length, selected, terms)
  return variables => total(settlePrice(length, variables), settlePrice(selected, variables), terms)
}

/** The same of a connection, of which so long a page is asked for. */
export function withPage(length: Priced<number>, price: Priced<Price>): Priced<Price> {
  if (typeof length === 'number' && typeof price !== 'function') return longer(length, price)
  return variables => longer(settlePrice(length, variables), settlePrice(price, variables))
}

function longer(length: number, price: Price): Price {
  return length > price.page ? { ...price, page: length } : price
}

function total(length: number, selected: Price, { once, each, asks }: PriceTerms): Price {
  return {
    cost: once.cost + length * (each.cost + selected.cost),
    calls: once.calls + length * each.calls + (asks ? length : Math.min(length, 1)) * selected.calls,
    page: Math.max(once.page, selected.page),
  }
}

function add(one: Price, other: Price): Price {
  return { cost: one.cost + other.cost, calls: one.calls + other.calls, page: Math.max(one.page, other.page) }
}
