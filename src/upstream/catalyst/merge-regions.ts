import { addDecimals, formatDecimal } from '../../domain/decimal.js'
import { JsonNumber } from '../decoding/json.js'
import { decimalOf } from '../decoding/shape.js'
import type * as wire from './wire.js'

/**
 * One answer out of those of several regions, each of which knows only its own usage: documents of the same date added up,
 * categories and products one after the other in the order of the regions. Oldest first, as the other kind of server sends.
 */
export function mergeRegions(answers: readonly [wire.Invoices, ...wire.Invoices[]]): wire.Invoices {
  const [first] = answers
  const byDate = Map.groupBy(
    answers.flatMap(answer => answer.invoices),
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
    // The word that the server itself uses where documents of one date disagree.
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

/** Products name their region, and so differ; where two do not, a key that came twice would lose lines when written as JSON. */
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
