import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../../../src/graph/schema/schema.js'
import { type OperationCost, operationCost, type ValidOperation } from '../../../src/server/limits/operation-cost.js'

const small = buildSchema(`
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  type Query {
    word: String
    thing: Thing
    fetched: Thing @cost(weight: 10)
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
  type Thing implements Any { id: ID other: Thing fetched: Thing @cost(weight: 10) lines: Page @listSize(assumedSize: 100, slicingArguments: ["first"], sizedFields: ["nodes"]) }
`)

function costOf(text: string, variables: ValidOperation['variables'] = {}, schema = small): OperationCost {
  const document = parse(text)
  const operation = document.definitions[0] as OperationDefinitionNode
  return operationCost({ schema, document, operation, variables })
}

describe('the cost of an operation', () => {
  it.each<[string, string, number, number]>([
    ['nothing for scalars', '{ word __typename }', 0, 0],
    ['1 for an object', '{ thing { id other { id } } }', 2, 0],
    ['the weight of a field', '{ fetched { id } both { id } free { id } }', 30, 3],
    ['10 items for a list without @listSize', '{ plain { other { id } } }', 1 + 10 * 2, 0],
    ['the assumed size for a list', '{ listed { fetched { id } } }', 10 + 5 * 11, 1 + 5],
    ['the assumed size for a page', '{ page { count nodes { id } } }', 20 + 1 + 20, 2],
    ['the argument of a page', '{ page(first: 3) { edges { node { fetched { id } } } } }', 20 + 1 + 3 * 12, 2 + 3],
    ['the larger of two arguments', '{ page(first: 3, last: 7) { nodes { id } } }', 20 + 1 + 7, 2],
    ['at most 100 items for a page', '{ page(first: 1000000) { nodes { id } } }', 20 + 1 + 100, 2],
    ['no negative page', '{ page(first: -5) { nodes { id } } }', 20 + 1, 2],
    [
      'one call below a list that came with its parent',
      '{ fetched { lines { nodes { fetched { id } } } } }',
      10 + 1 + 1 + 100 * 11,
      1 + 1,
    ],
    ['each key', '{ nodes(ids: ["a", "b", "c"]) { id } }', 3 * 11, 3],
    ['one key for a value that is not a list', '{ nodes(ids: "a") { id } }', 11, 1],
    [
      'merged fields once',
      '{ fetched { id } fetched { other { id } } ...F } fragment F on Query { fetched { id } }',
      11,
      1,
    ],
    ['each alias', '{ a: fetched { id } b: fetched { id } }', 20, 2],
    ['each type condition', '{ nodes(ids: ["a"]) { ... on Thing { other { id } } ... on Any { id } } }', 12, 1],
    ['100 for introspection', '{ __schema { types { name } } }', 100, 0],
  ])('counts %s', (_what, text, cost, calls) => {
    expect(costOf(text)).toMatchObject({ cost, calls })
  })

  it.each<[string, ValidOperation['variables'], number]>([
    ['that are sent', { n: 7 }, 20 + 1 + 7],
    ['that have a default', {}, 20 + 1 + 4],
    ['that are null by the assumed size', { n: null }, 20 + 1 + 20],
    ['of the wrong type by the assumed size', { n: 'x' }, 20 + 1 + 20],
  ])('uses variables %s', (_what, variables, cost) => {
    expect(costOf('query ($n: Int = 4) { page(first: $n) { nodes { id } } }', variables).cost).toBe(cost)
  })

  it.each<[string, ValidOperation['variables'], number]>([
    ['{ fetched { id } }', {}, 0],
    ['{ page { count } }', {}, 20],
    ['{ page(first: 7) { count } }', {}, 7],
    ['{ page(first: 1000) { count } }', {}, 1_000],
    ['{ page(first: -5) { count } }', {}, 0],
    ['query ($n: Int) { page(last: $n) { count } }', { n: 300 }, 300],
    ['query ($n: Int) { page(last: $n) { count } }', { n: null }, 20],
    ['{ page(first: 3) { nodes { lines { count } } } }', {}, 100],
    ['{ page(first: 3) { nodes { lines(first: 4) { count } other { lines(first: 9) { count } } } } }', {}, 9],
    ['{ listed { id } nodes(ids: ["a"]) { id } }', {}, 0],
  ])('finds the longest page of %s', (text, variables, size) => {
    expect(costOf(text, variables).longestPage?.size ?? 0).toBe(size)
  })

  it.each<[string, ValidOperation['variables'], string, boolean]>([
    ['{ page(last: 7) { count } }', {}, 'last', false],
    ['{ page(first: 3, last: 7) { count } }', {}, 'last', false],
    ['query ($n: Int) { page(last: $n) { count } }', { n: 7 }, 'last', false],
    ['query ($n: Int = 7) { page(last: $n) { count } }', {}, 'last', false],
    ['query ($n: Int) { page(last: $n) { count } }', {}, 'first', true],
    ['{ page { count } }', {}, 'first', true],
  ])('names the argument of the longest page of %s with %j', (text, variables, argument, isDefault) => {
    expect(costOf(text, variables).longestPage).toMatchObject({ argument, isDefault })
  })

  it('uses keys from a variable', () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    expect(costOf(query, { ids: ['a', 'b'] })).toMatchObject({ cost: 22, calls: 2 })
    expect(costOf(query)).toMatchObject({ cost: 11, calls: 1 })
  })

  it("reads this graph's own directives, and counts each reference of a router", async () => {
    const schema = await createSchema()
    expect(costOf('{ invoices(first: 5) { nodes { payments { id } } } }', {}, schema)).toMatchObject({
      cost: 20 + 1 + 5 * (1 + 10 + 3),
      calls: 2 + 5,
    })
    const references = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Invoice { id } } }'
    expect(costOf(references, { r: [{}, {}, {}] }, schema)).toMatchObject({ cost: 33, calls: 3 })
    expect(costOf('{ rateLimit { limit cost remaining resetAt } }', {}, schema)).toMatchObject({ cost: 0, calls: 0 })
  })
})
