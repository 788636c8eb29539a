import { compareDecimals, type Decimal, divideDecimals, formatDecimal, multiplyDecimals } from '../decimal.js'
import type { LineItem } from '../line-item.js'
import type { CsvCell } from './csv.js'
import type { FocusColumnName } from './focus-columns.js'

/** The columns of FOCUS that depend on the charge alone, not on its invoice. Columns left out are null. */
export type FocusCharge = Readonly<Partial<Record<FocusColumnName, CsvCell>>> & {
  readonly BilledCost: Decimal
  readonly ChargeCategory: string
}

/** The charge of a line item. */
export function toCharge(line: LineItem): FocusCharge {
  return line.source === 'CATALYST' ? toCloudCharge(line) : toApiCharge(line)
}

/** A charge without a line item: tax, or a difference between the invoice's total and its lines. */
export function plainCharge(category: 'Tax' | 'Adjustment', description: string, cost: Decimal): FocusCharge {
  return {
    ...costs(cost, cost),
    ChargeCategory: category,
    ChargeDescription: description,
    ChargeFrequency: 'One-Time',
    ServiceCategory: 'Other',
    ServiceName: category,
  }
}

const SERVICES: Readonly<Record<string, string>> = {
  compute: 'Compute',
  network: 'Networking',
  'block storage': 'Storage',
  'object storage': 'Storage',
  storage: 'Storage',
  database: 'Databases',
}

const UNITS: Readonly<Record<string, string>> = {
  'hour(s)': 'Hours',
  hour: 'Hours',
  'gigabyte-hour(s)': 'GB-Hours',
  'gigabyte-hour': 'GB-Hours',
  'gigabyte(s)': 'GB',
  gigabyte: 'GB',
}

function toCloudCharge({ type, name, cost, rate, quantity, unit, resource }: LineItem): FocusCharge {
  const isCredit = type === 'DISCOUNT' || type === 'CREDIT'
  const { product = name, category = null } = resource ?? {}
  const pricingUnit = quantity && (UNITS[(unit ?? '').toLowerCase()] ?? 'Units')
  const price = rate && `${formatDecimal(rate)}${pricingUnit === null ? '' : ` per ${pricingUnit}`}`
  return {
    ...costs(cost.net, rate && quantity ? multiplyDecimals(rate, quantity) : cost.net),
    ...quantities(quantity, pricingUnit, !isCredit),
    ListUnitPrice: rate,
    ContractedUnitPrice: rate,
    ChargeCategory: isCredit ? 'Credit' : 'Usage',
    ChargeClass: quantity !== null && quantity.digits < 0n ? 'Correction' : null,
    ChargeDescription: price === null ? product : `${product}, ${price}`,
    ChargeFrequency: 'Usage-Based',
    RegionId: resource?.region ?? null,
    ResourceId: resource?.resourceId ?? null,
    ResourceName: resource?.name ?? null,
    ResourceType: resource && (product.split('.')[0] ?? product),
    ServiceCategory: SERVICES[(category ?? '').toLowerCase()] ?? 'Other',
    ServiceName: category ?? 'Other',
    SkuId: product,
    SkuMeter: product,
    SkuPriceId: rate && `${product}@${formatDecimal(rate)}`,
  }
}

function toApiCharge({ type, name, description, cost, quantity, planId, metricId, contractId }: LineItem): FocusCharge {
  const isUsage = type === 'VARIABLE_COST'
  const isPlan = type === 'PLAN_COST'
  const isCredit = cost.net.digits < 0n
  const price = quantity && unitPrice(cost.net, quantity)
  return {
    ...costs(cost.net, cost.net),
    ...quantities(quantity, quantity && (isUsage ? 'Requests' : 'Units'), isUsage && !isCredit),
    ListUnitPrice: price,
    ContractedUnitPrice: price,
    ChargeCategory: isCredit ? 'Credit' : isUsage ? 'Usage' : isPlan ? 'Purchase' : 'Adjustment',
    ChargeDescription: description === null ? name : `${name}: ${description}`,
    ChargeFrequency: isUsage ? 'Usage-Based' : isPlan ? 'Recurring' : 'One-Time',
    ServiceCategory: 'Integration',
    ServiceName: '3scale API',
    SkuId: planId,
    SkuMeter: metricId,
    SubAccountId: contractId,
    SubAccountType: contractId && 'Application',
  }
}

function costs(billed: Decimal, list: Decimal) {
  return { BilledCost: billed, EffectiveCost: billed, ListCost: list, ContractedCost: list }
}

function quantities(quantity: Decimal | null, unit: string | null, isConsumed: boolean) {
  const consumed = isConsumed ? { ConsumedQuantity: quantity, ConsumedUnit: unit } : {}
  return { PricingQuantity: quantity, PricingUnit: unit, ...consumed }
}

const PRICE_SCALE = 10

/** Cost ÷ quantity; null when it is not exact, as for tiered prices. */
function unitPrice(cost: Decimal, quantity: Decimal): Decimal | null {
  if (quantity.digits === 0n) return null
  const price = divideDecimals(cost, quantity, PRICE_SCALE)
  return compareDecimals(multiplyDecimals(price, quantity), cost) === 0 ? price : null
}
