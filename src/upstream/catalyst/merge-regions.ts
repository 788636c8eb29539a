import { addDecimals, formatDecimal } from '../../domain/decimal.js'
import { JsonNumber } from '../decoding/json-number.js'
import { decimalOf } from '../decoding/shape.js'
import type * as wire from './wire.js'

/**
 * Merges the invoices of several regions, each of which knows only its own usage. Documents of one date are added up, with
 * categories and products in the order of the regions. Oldest first, as an ERP server sends them.
 */
export function mergeRegions(regions: readonly [wire.Invoices, ...wire.Invoices[]]): wire.Invoices {
  const [first] = regions
  const byDate = Map.groupBy(
    regions.flatMap(({ invoices }) => invoices),
    ([date]) => date,
  )
  const invoices = [...byDate.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([date, documents]) => [date, mergeDocuments(documents.map(([, document]) => document))] as const)
  return { ...first, invoices }
}

function mergeDocuments(documents: readonly wire.Document[]): wire.Document {
  const statuses = new Set(documents.map(document => document.status))
  const details = documents.map(document => document.details)
  return {
    total_cost: sum(documents.map(document => document.total_cost)),
    total_cost_taxed: sumIfAll(documents.map(document => document.total_cost_taxed)),
    // The status that an ERP server gives to documents of one date that differ.
    status: statuses.size === 1 ? documents[0]?.status : 'not_paid',
    details: details.some(one => one === undefined) ? undefined : mergeCategories(details.flatMap(one => one ?? [])),
  }
}

function mergeCategories(categories: wire.Entries<wire.Category>): wire.Entries<wire.Category> {
  const byName = Map.groupBy(categories, ([name]) => name)
  return [...byName].map(([name, same]) => [
    name,
    {
      total_cost: sum(same.map(([, category]) => category.total_cost)),
      total_cost_taxed: sumIfAll(same.map(([, category]) => category.total_cost_taxed)),
      breakdown: mergeProducts(same.flatMap(([, category]) => category.breakdown)),
    },
  ])
}

/** Product keys contain the region, and so differ. If two do not, a duplicate key would lose lines when written as JSON. */
function mergeProducts(products: wire.Category['breakdown']): wire.Category['breakdown'] {
  const byKey = Map.groupBy(products, ([key]) => key)
  return [...byKey].map(([key, same]) => [key, same.flatMap(([, lines]) => lines)])
}

function sum(numbers: readonly JsonNumber[]): JsonNumber {
  const total = numbers.map(decimalOf).reduce(addDecimals, { digits: 0n, scale: 0 })
  return new JsonNumber(formatDecimal(total))
}

function sumIfAll(numbers: readonly (JsonNumber | undefined)[]): JsonNumber | undefined {
  const present = numbers.filter(number => number !== undefined)
  return present.length === numbers.length ? sum(present) : undefined
}
