import { setImmediate } from 'node:timers/promises'
import type { LineItem, LineItemType } from '../../domain/line-item.js'
import { addTax, statedTax, type TaxedMoney } from '../../domain/taxed-money.js'
import { deepFreeze } from '../decoding/deep-freeze.js'
import { decimalOf } from '../decoding/shape.js'
import { type MappingSettings, toAmount } from './totals.js'
import type * as wire from './wire.js'

/** The document that lines belong to. */
export type LineDocument = Pick<LineItem, 'documentId' | 'invoiceId'>

/** A line with what is known from the keys it was listed under, which many lines share. */
export interface SentLine {
  readonly category: string
  readonly key: ProductKey
  /** Type of the category's lines; null if the line itself decides. */
  readonly type: LineItemType | null
  readonly line: wire.Line
}

/** The parts of a product key. */
export interface ProductKey {
  /** As Keystone spells it; null when the product belongs to no region. */
  readonly region: string | null
  readonly product: string
}

/** Lines that are mapped in one go. A document of many thousands must not hold up other requests. */
const LINES_AT_ONCE = 2_000

/** A document's lines, in the order sent, frozen. Other requests get their turn between large parts of them. */
export async function toLineItems(
  details: wire.Entries<wire.Category>,
  document: LineDocument,
  settings: MappingSettings,
): Promise<readonly LineItem[]> {
  const items: LineItem[] = []
  for (const sent of eachLine(details, settings)) {
    if (items.length > 0 && items.length % LINES_AT_ONCE === 0) await setImmediate()
    items.push(deepFreeze(toLineItem(sent, items.length, document, settings)))
  }
  return items
}

/** All lines, in the order sent: category, then product, then line. */
export function* eachLine(
  details: wire.Entries<wire.Category>,
  { regions }: Pick<MappingSettings, 'regions'>,
): Generator<SentLine> {
  for (const [category, { breakdown }] of details) {
    const type = typeOfCategory(category)
    for (const [product, lines] of breakdown) {
      const key = splitProduct(product, regions)
      for (const line of lines) yield { category, key, type, line }
    }
  }
}

/** One line. @param position among all lines of the document, from 0 */
export function toLineItem(
  { category, key: { region, product }, type, line }: SentLine,
  position: number,
  document: LineDocument,
  settings: MappingSettings,
): LineItem {
  const name = line.resource_name === false || line.resource_name === '' ? null : line.resource_name
  return {
    kind: 'LineItem',
    source: 'CATALYST',
    ...document,
    position,
    nativeId: null,
    name: name ?? product,
    description: null,
    type: type ?? typeOfLine(line, settings),
    rawType: category,
    quantity: decimalOf(line.quantity),
    unit: line.unit || null,
    rate: decimalOf(line.rate),
    cost: toLineCost(line, settings),
    resource: { resourceId: line.resource_id ?? null, name, region, category, product },
    metricId: null,
    contractId: null,
    planId: null,
  }
}

/**
 * Splits `NZ-POR-1.c1.c2r4` at its first dot. The part before it is a region only if that is known, in any case and with
 * `_` for `-`, or looks like one that has been closed since (`NZ_WLG_2`). `NZ.o1.standard` spans regions, and
 * `cloud-dev-grant` has none.
 */
export function splitProduct(key: string, regions: readonly string[]): ProductKey {
  const dot = key.indexOf('.')
  if (dot < 0) return { region: null, product: key }
  const [head, product] = [key.slice(0, dot), key.slice(dot + 1)]
  const spelled = head.toLowerCase().replaceAll('_', '-')
  const known = regions.find(region => region.toLowerCase().replaceAll('_', '-') === spelled)
  if (known !== undefined) return { region: known, product }
  if (/^[a-z]{2}-[a-z]{3}-\d$/.test(spelled)) return { region: spelled, product }
  // Spanning regions: the part before the dot is only the country.
  return /^[a-z]{2}$/.test(spelled) ? { region: null, product } : { region: null, product: key }
}

function toLineCost(line: wire.Line, settings: MappingSettings): TaxedMoney {
  const net = toAmount(line.cost, settings)
  return line.cost_taxed === undefined
    ? addTax(net, settings.taxRate, settings.taxRounding)
    : statedTax(net, toAmount(line.cost_taxed, settings), settings.taxRate)
}

/** Categories are the operator's free text: these are the words seen. */
function typeOfCategory(category: string): LineItemType | null {
  if (/discount/i.test(category)) return 'DISCOUNT'
  if (/credit/i.test(category)) return 'CREDIT'
  return /support/i.test(category) ? 'SUPPORT' : null
}

function typeOfLine({ unit }: wire.Line, { currency }: MappingSettings): LineItemType {
  // The ERP gives the currency as unit to everything without a price per hour or gigabyte.
  return unit === currency || unit === false ? 'UNKNOWN' : 'RESOURCE_USAGE'
}
