import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSetup, type TestSetup } from '../gateway.js'

type Entity = Record<string, unknown>

const LINE = `__typename id name cost { __typename net { __typename amount } }
  resource { __typename resourceId name region category product } invoice { __typename id state }`

const QUERY = `{
  quotation { __typename buyer { __typename id name } lineItems(first: 100) { __typename nodes { ${LINE} } } }
  customerCost(prefix: "", month: "2026-10") {
    __typename buyer { __typename id name } invoices { __typename id total { __typename net { __typename amount } } }
    lineItems(first: 100) { __typename nodes { ${LINE} } }
  }
  invoices(first: 20) {
    __typename nodes { __typename id state buyer { __typename id name } lineItems(first: 20) { __typename nodes { ${LINE} } } }
  }
}`

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup({ catalyst: { driver: 'jsonfile' } })
})
afterAll(() => setup[Symbol.asyncDispose]())

describe('a client cache that normalises by __typename and id', () => {
  it('returns the response it stored, also where several lines charge for one resource', async () => {
    const { data, errors } = await setup.gateway.askText(QUERY)
    const entities = new Map<string, Entity>()
    const stored = normalise(data, entities)

    expect(errors).toBeUndefined()
    expect(mostProductsOfOneResource(data)).toBeGreaterThan(1)
    expect(entities.size).toBeGreaterThan(100)
    expect(denormalise(stored, entities)).toEqual(data)
  })
})

/** Replaces each object that has an id by a reference, and merges its fields into the entity, as Apollo, urql and Relay do. */
function normalise(value: unknown, entities: Map<string, Entity>): unknown {
  if (Array.isArray(value)) return value.map(item => normalise(item, entities))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, normalise(field, entities)]))
  const { __typename, id } = fields
  if (id == null) return fields
  const key = `${__typename}:${id}`
  entities.set(key, { ...entities.get(key), ...fields })
  return { ref: key, fields: Object.keys(fields) }
}

function denormalise(value: unknown, entities: ReadonlyMap<string, Entity>): unknown {
  if (Array.isArray(value)) return value.map(item => denormalise(item, entities))
  if (typeof value !== 'object' || value === null) return value
  const { ref, fields } = value as { readonly ref?: string; readonly fields?: readonly string[] }
  const source = ref === undefined ? value : (entities.get(ref) ?? {})
  const entries = Object.entries(source).filter(([name]) => fields === undefined || fields.includes(name))
  return Object.fromEntries(entries.map(([name, field]) => [name, denormalise(field, entities)]))
}

function mostProductsOfOneResource(data: unknown): number {
  const products = new Map<string, Set<string>>()
  JSON.stringify(data, (_name, value: unknown) => {
    const { resourceId, product } = (value ?? {}) as { readonly resourceId?: string; readonly product?: string }
    if (resourceId && product) products.set(resourceId, (products.get(resourceId) ?? new Set()).add(product))
    return value
  })
  return Math.max(...[...products.values()].map(one => one.size))
}
