import type { Driver, Price, Usage } from './data.js'
import { RatingError } from './errors.js'
import { float, int, type PythonValue } from './python-json.js'
import { addTax, PRICE_DIGITS, QUANTITY_DIGITS, RATE_DIGITS, round } from './rounding.js'

/** Price list of a region for one driver. `prices` is undefined when the price file lacks the region. */
export interface PriceSource {
  readonly region: string
  readonly driver: Driver
  readonly prices: readonly Price[] | undefined
}

/** Cost of usage. Fields in wire order; `total_cost_taxed` on jsonfile servers only. */
export interface UsageCost {
  readonly totals: Readonly<Record<string, PythonValue>>
  /** Categories by first usage. */
  readonly details: PythonValue
}

interface Category {
  totalCost: number
  totalCostTaxed: number
  /** Whether all prices are free. Python adds ints to an int, so the total is `0` and not `0.0`. */
  isIntegerTotal: boolean
  readonly breakdown: Map<string, PythonValue[]>
}

/** Python's title case: `block_storage` → `Block_Storage`. */
export function titleCase(text: string): string {
  return text.toLowerCase().replace(/\p{L}+/gu, word => word.charAt(0).toUpperCase() + word.slice(1))
}

/** Rows of one project in one region that are completely between two instants. */
export function usageBetween(
  usage: readonly Usage[],
  { region, projectId, start, end }: Pick<Usage, 'region' | 'projectId' | 'start' | 'end'>,
): readonly Usage[] {
  return usage.filter(
    row => row.region === region && row.projectId === projectId && row.start >= start && row.end <= end,
  )
}

/**
 * Cost of usage by a price list, summed per resource, product and unit.
 *
 * @throws RatingError when a product has no price, or its unit cannot be converted
 */
export function costUsage(usage: readonly Usage[], source: PriceSource): UsageCost {
  const { prices, region, driver } = source
  // The text of a Python KeyError, as on the real servers.
  if (!prices) throw new RatingError(500, `'${region}'`)
  const isTaxed = driver === 'jsonfile'
  const categories = new Map<string, Category>()
  let totalCost = 0
  let totalCostTaxed = 0
  for (const row of sumUsage(usage)) {
    const price = findPrice(row, prices)
    // Python's error for a float multiplied by a string.
    if (driver === 'jsonfile' && price.rateText !== undefined)
      throw new RatingError(500, "can't multiply sequence by non-int of type 'float'")
    const volume = convert(row, price)
    const cost = price.rate === 0 ? 0 : round(volume * price.rate, PRICE_DIGITS)
    const category = categoryOf(categories, row, price, driver)
    totalCost += cost
    totalCostTaxed += addTax(cost)
    category.totalCost = round(category.totalCost + cost, PRICE_DIGITS)
    category.totalCostTaxed = round(category.totalCostTaxed + addTax(cost), PRICE_DIGITS)
    if (price.rate !== 0) category.isIntegerTotal = false
    const lines = category.breakdown.get(productKey(price, source)) ?? []
    category.breakdown.set(productKey(price, source), lines)
    lines.push({
      resource_name: row.resourceName,
      resource_id: row.resourceId,
      cost: price.rate === 0 ? int(0) : float(cost),
      ...(isTaxed ? { cost_taxed: float(addTax(cost)) } : {}),
      quantity: float(round(volume, QUANTITY_DIGITS)),
      rate: isTaxed && price.isIntegerRate ? int(price.rate) : float(round(price.rate, RATE_DIGITS)),
      unit: price.unit,
    })
  }
  return {
    totals: {
      total_cost: float(round(totalCost, PRICE_DIGITS)),
      ...(isTaxed ? { total_cost_taxed: float(round(totalCostTaxed, PRICE_DIGITS)) } : {}),
    },
    details: Object.fromEntries([...categories].map(([name, category]) => [name, printCategory(category, isTaxed)])),
  }
}

/** Product key: jsonfile `nz-por-1.c1.c2r4`; ERP `NZ-POR-1.c1.c2r4`, or `NZ.o1.standard` across regions. */
export function productKey({ name, spansRegions }: Price, { region, driver }: PriceSource): string {
  if (driver === 'jsonfile') return `${region}.${name}`
  return spansRegions ? `NZ.${name}` : `${region.toUpperCase()}.${name}`
}

/** One row per resource, product and unit with their total volume, in the order of the first row. */
export function sumUsage(usage: readonly Usage[]): Iterable<Usage> {
  const sums = new Map<string, Usage>()
  for (const row of usage) {
    const key = JSON.stringify([row.resourceId, row.service, row.unit])
    const sum = sums.get(key)
    sums.set(key, sum ? { ...sum, volume: sum.volume + row.volume } : row)
  }
  return sums.values()
}

function findPrice({ service, resourceType }: Usage, prices: readonly Price[]): Price {
  const price = prices.find(({ name }) => name === service)
  if (!price) throw new RatingError(404, `Price not found, service name: ${service}, service type: ${resourceType}`)
  return price
}

/** Volume in the unit of the price. The sum is rounded up to whole hours; gigabytes are not rounded here. */
function convert({ volume, unit }: Usage, price: Price): number {
  if (price.unit === false) throw new RatingError(500, `Product: ${price.name} is missing 'unit' definition.`)
  if (unit === price.unit) return volume
  if (unit === 'second' && price.unit === 'hour') return Math.ceil(volume / 3600)
  if (unit === 'byte' && price.unit === 'gigabyte') return volume / 1024 ** 3
  throw new RatingError(500, `Unsupported unit '${unit}' (when trying to convert to unit '${price.unit}')`)
}

function categoryOf(categories: Map<string, Category>, row: Usage, price: Price, driver: Driver): Category {
  const name = categoryName(row, price, driver)
  const known = categories.get(name)
  if (known) return known
  const category = { totalCost: 0, totalCostTaxed: 0, isIntegerTotal: true, breakdown: new Map() }
  categories.set(name, category)
  return category
}

function categoryName({ resourceType }: Usage, price: Price, driver: Driver): string {
  if (driver === 'jsonfile') return titleCase(price.category)
  // The odoo driver's quotations use the resource type as the category of cross-region products.
  return price.spansRegions ? resourceType : (price.erpCategory ?? titleCase(price.category))
}

function printCategory(category: Category, isTaxed: boolean): PythonValue {
  const { totalCost, totalCostTaxed, isIntegerTotal, breakdown } = category
  return {
    total_cost: isIntegerTotal ? int(0) : float(totalCost),
    ...(isTaxed ? { total_cost_taxed: float(totalCostTaxed) } : {}),
    breakdown: Object.fromEntries(breakdown),
  }
}
