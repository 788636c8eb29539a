import type { Driver, Price } from './data.js'
import { RatingError } from './errors.js'
import { float, int, type PythonValue } from './python-json.js'
import { productKey, titleCase } from './usage-cost.js'

/** Price lists by region, as the data set has them. */
export interface PriceLists {
  readonly driver: Driver
  /** Every region Keystone knows. */
  readonly regions: readonly string[]
  readonly prices: Readonly<Record<string, readonly Price[]>>
}

/**
 * The body of `/v2/products`. `wanted` is the parameter as sent: names with commas between, blanks not forgiven;
 * nothing means all. A region without prices is left out.
 *
 * @throws RatingError when a region is unknown
 */
export function listProducts({ driver, regions, prices }: PriceLists, wanted: string | null): PythonValue {
  const names = wanted ? wanted.split(',') : regions
  const unknown = names.filter(name => !regions.includes(name))
  if (unknown.length > 0) {
    const message = `Region name(s) ${pythonList(unknown)} not found, available regions: ${pythonList(regions)}`
    throw new RatingError(404, message)
  }
  const listed = regions.filter(region => names.includes(region))
  const lists = listed.flatMap(region => {
    const list = prices[region]
    return list ? [[region, printList(list, region, driver)] as const] : []
  })
  return { products: Object.fromEntries(lists) }
}

function printList(list: readonly Price[], region: string, driver: Driver): PythonValue {
  const categories = new Map<string, PythonValue[]>()
  for (const price of driver === 'odoo' ? regionsLast(list) : list) {
    const name = driver === 'odoo' ? (price.erpCategory ?? titleCase(price.category)).toLowerCase() : price.category
    // The ERP keeps discounts out of its price list.
    if (driver === 'odoo' && name.includes('discount')) continue
    categories.set(name, [...(categories.get(name) ?? []), printPrice(price, region, driver)])
  }
  return Object.fromEntries(categories)
}

/** The ERP's products that span regions come after those of the region. */
function regionsLast(list: readonly Price[]): readonly Price[] {
  return [...list.filter(price => !price.spansRegions), ...list.filter(price => price.spansRegions)]
}

function printPrice(price: Price, region: string, driver: Driver): PythonValue {
  const { name, unit, rate, isIntegerRate, rateText, description } = price
  if (driver === 'jsonfile') {
    return { name, unit, rate: rateText ?? (isIntegerRate ? int(rate) : float(rate)), description }
  }
  const full_name = productKey(price, { region, driver, prices: undefined })
  return { name: price.spansRegions ? full_name.toLowerCase() : name, full_name, rate: float(rate), unit, description }
}

/** As Python prints a list of strings: in single quotes, unless that would need escapes and double ones do not. */
function pythonList(texts: readonly string[]): string {
  const printed = texts.map(text => {
    const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
    return quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote
  })
  return `[${printed.join(', ')}]`
}
