import type { Driver, Price } from './data.js'
import { RatingError } from './errors.js'
import { float, int, type PythonValue } from './python-json.js'
import { productKey, titleCase } from './usage-cost.js'

/** Price lists of a data set, by region. */
export interface PriceLists {
  readonly driver: Driver
  /** All regions in Keystone. */
  readonly regions: readonly string[]
  readonly prices: Readonly<Record<string, readonly Price[]>>
}

/**
 * Body of `/v2/products`. `wanted` is the parameter as sent: comma-separated names without blanks; without it, all
 * regions. Regions without prices are omitted.
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
    // The ERP's price list has no discounts.
    if (driver === 'odoo' && name.includes('discount')) continue
    categories.set(name, [...(categories.get(name) ?? []), printPrice(price, region, driver)])
  }
  return Object.fromEntries(categories)
}

/** Price list with the ERP's cross-region products after those of the region. */
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

/** List of strings as Python prints it: in single quotes, or in double quotes if that saves escapes. */
function pythonList(texts: readonly string[]): string {
  const printed = texts.map(text => {
    const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
    return quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote
  })
  return `[${printed.join(', ')}]`
}
