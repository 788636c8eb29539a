import { isDeepStrictEqual } from 'node:util'
import type * as wire from '../../src/upstream/catalyst/wire.js'
import { JsonNumber } from '../../src/upstream/decoding/json-number.js'
import { NUMBER_MARK, readJson } from './json-tree.js'

type Members = Readonly<Record<string, unknown>>

/** How the decoded invoices differ from the reference parser's reading; null when they do not. */
export function differenceOfInvoices(invoices: wire.Invoices, body: Uint8Array): string | null {
  const sent = readJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  if (!sent) return 'accepted, although not well-formed or with a key twice'
  return isDeepStrictEqual(plain(invoices), plain(expected(sent.value as Members))) ? null : 'another value'
}

/** The expected wire form, built in the simplest way. */
function expected(root: Members): unknown {
  return {
    project_id: root.project_id,
    project_name: root.project_name || '',
    invoices: pairs(root.invoices, document => ({
      total_cost: document.total_cost,
      total_cost_taxed: document.total_cost_taxed,
      status: document.status || undefined,
      details: document.details === undefined ? undefined : pairs(document.details, expectedCategory),
    })),
  }
}

function expectedCategory(category: Members): unknown {
  return {
    total_cost: category.total_cost,
    total_cost_taxed: category.total_cost_taxed,
    breakdown: pairs(category.breakdown, lines => (lines as unknown as readonly Members[]).map(expectedLine)),
  }
}

function expectedLine(line: Members): unknown {
  return {
    resource_name: line.resource_name ?? false,
    resource_id: line.resource_id || undefined,
    quantity: line.quantity,
    rate: line.rate,
    unit: line.unit ?? false,
    cost: line.cost,
    cost_taxed: line.cost_taxed,
  }
}

function pairs(object: unknown, change: (value: Members) => unknown): unknown {
  return Object.entries(object as Readonly<Record<string, Members>>).map(([key, value]) => [key, change(value)])
}

/** Numbers marked as in the reference; undefined members left out. */
function plain(value: unknown): unknown {
  if (value instanceof JsonNumber) return NUMBER_MARK + value.text
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, plain(member)]),
  )
}
