import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../../../src/graph/schema/schema.js'
import { priceOperation } from '../../../src/server/limits/operation-cost.js'
import { type Price, settlePrice, type Variables } from '../../../src/server/limits/price.js'

const small = buildSchema(`
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  type Query {
    word: String
    thing: Thing
    asked: Thing @cost(weight: 10)
    both: Thing @cost(weight: 20)
    free: Thing @cost(weight: 0)
    plain: [Thing!]
    listed: [Thing!] @cost(weight: 10) @listSize(assumedSize: 5)
    page(first: Int, last: Int): Page @cost(weight: 20) @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
    nodes(ids: [ID!]!): [Any]! @cost(weight: 10) @listSize(assumedSize: 100)
  }
  interface Any { id: ID }
  type Page { nodes: [Thing!]! edges: [Edge!]! count: Int }
  type Edge { node: Thing! }
  type Thing implements Any { id: ID other: Thing asked: Thing @cost(weight: 10) lines: Page @listSize(assumedSize: 100, slicingArguments: ["first"], sizedFields: ["nodes"]) }
`)

function price(text: string, variables: Variables = {}, schema = small): Price {
  const document = parse(text)
  return settlePrice(priceOperation(schema, document, document.definitions[0] as OperationDefinitionNode), variables)
}

describe('priceOperation', () => {
  it.each<[string, string, number, number]>([
    ['nothing for what is no object', '{ word __typename }', 0, 0],
    ['one for an object', '{ thing { id other { id } } }', 2, 0],
    ['what a field says', '{ asked { id } both { id } free { id } }', 30, 3],
    ['ten for a list of which nothing is said', '{ plain { other { id } } }', 1 + 10 * 2, 0],
    ['a list by what is assumed of it', '{ listed { asked { id } } }', 10 + 5 * 11, 1 + 5],
    ['a page by what is assumed of it', '{ page { count nodes { id } } }', 20 + 1 + 20, 2],
    ['a page by its argument', '{ page(first: 3) { edges { node { asked { id } } } } }', 20 + 1 + 3 * 12, 2 + 3],
    ['the longer of two arguments', '{ page(first: 3, last: 7) { nodes { id } } }', 20 + 1 + 7, 2],
    ['no page longer than there are', '{ page(first: 1000000) { nodes { id } } }', 20 + 1 + 100, 2],
    ['no page of less than nothing', '{ page(first: -5) { nodes { id } } }', 20 + 1, 2],
    [
      'lines that came with their parent as one call',
      '{ asked { lines { nodes { asked { id } } } } }',
      10 + 1 + 1 + 100 * 11,
      1 + 1,
    ],
    ['each key', '{ nodes(ids: ["a", "b", "c"]) { id } }', 3 * 11, 3],
    ['one key that is no list', '{ nodes(ids: "a") { id } }', 11, 1],
    [
      'what stands twice once',
      '{ asked { id } asked { other { id } } ...F } fragment F on Query { asked { id } }',
      11,
      1,
    ],
    ['aliases each', '{ a: asked { id } b: asked { id } }', 20, 2],
    [
      'each type that something is selected of',
      '{ nodes(ids: ["a"]) { ... on Thing { other { id } } ... on Any { id } } }',
      12,
      1,
    ],
    ['an introspection at a round sum', '{ __schema { types { name } } }', 100, 0],
  ])('takes %s', (_what, text, cost, calls) => {
    expect(price(text)).toMatchObject({ cost, calls })
  })

  it.each<[string, Variables, number]>([
    ['as they are sent', { n: 7 }, 20 + 1 + 7],
    ['by default', {}, 20 + 1 + 4],
    ['null, by what is assumed', { n: null }, 20 + 1 + 20],
    ['of the wrong kind, by what is assumed', { n: 'x' }, 20 + 1 + 20],
  ])('takes variables %s', (_what, variables, cost) => {
    expect(price('query ($n: Int = 4) { page(first: $n) { nodes { id } } }', variables).cost).toBe(cost)
  })

  it.each<[string, Variables, number]>([
    ['{ asked { id } }', {}, 0],
    ['{ page { count } }', {}, 20],
    ['{ page(first: 7) { count } }', {}, 7],
    ['{ page(first: 1000) { count } }', {}, 1_000],
    ['{ page(first: -5) { count } }', {}, 0],
    ['query ($n: Int) { page(last: $n) { count } }', { n: 300 }, 300],
    ['query ($n: Int) { page(last: $n) { count } }', { n: null }, 20],
    ['{ page(first: 3) { nodes { lines { count } } } }', {}, 100],
    ['{ page(first: 3) { nodes { lines(first: 4) { count } other { lines(first: 9) { count } } } } }', {}, 9],
    ['{ listed { id } nodes(ids: ["a"]) { id } }', {}, 0],
  ])('tells the longest page that %s asks for', (text, variables, page) => {
    expect(price(text, variables).page).toBe(page)
  })

  it('takes keys by variable', () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    expect(price(query, { ids: ['a', 'b'] })).toMatchObject({ cost: 22, calls: 2 })
    expect(price(query)).toMatchObject({ cost: 11, calls: 1 })
  })

  it("reads this graph's own directives, and counts each reference of a router", async () => {
    const schema = await createSchema()
    expect(price('{ invoices(first: 5) { nodes { payments { id } } } }', {}, schema)).toMatchObject({
      cost: 20 + 1 + 5 * (1 + 10 + 3),
      calls: 2 + 5,
    })
    const references = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Invoice { id } } }'
    expect(price(references, { r: [{}, {}, {}] }, schema)).toMatchObject({ cost: 33, calls: 3 })
    expect(price('{ rateLimit { limit cost remaining resetAt } }', {}, schema)).toMatchObject({ cost: 0, calls: 0 })
  })
})
