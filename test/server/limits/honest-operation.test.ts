import { readdirSync, readFileSync } from 'node:fs'
import { type GraphQLSchema, getIntrospectionQuery, type OperationDefinitionNode, parse, validate } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { STANDARD_LIMITS } from '../../../src/access/limit.js'
import { createSchema } from '../../../src/graph/schema/schema.js'
import { createLimits } from '../../../src/server/limits/create-limits.js'
import type { GraphqlContext } from '../../../src/server/observability/error-report.js'
import { clock } from '../../gateway.js'
import { type HonestOperation, honestOperation } from './honest-operation.js'
import { type LimitedHouse, startLimitedHouse } from './limited-gateway.js'

const SEED = 20_260_731
const COUNT = 10_000
const BY_HTTP = 40

let schema: GraphQLSchema
let house: LimitedHouse
beforeAll(async () => {
  schema = await createSchema()
  house = await startLimitedHouse({ isProduction: false })
})
afterAll(() => house[Symbol.asyncDispose]())

/** Passes an operation through all that can refuse it, as the server does. */
function check({ query, variables }: HonestOperation, operationName?: string): readonly string[] {
  const { operations, parseOptions, counter } = createLimits(STANDARD_LIMITS, {
    logger: pino({ level: 'silent' }),
    clock,
  })
  const context = { requestId: 'r', principal: FULL_ACCESS } as GraphqlContext
  const document = parse(query, parseOptions)
  const mistakes = validate(schema, document).map(({ message }) => message)
  const admitted = operations.admit(document)
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode =>
      one.kind === 'OperationDefinition' && (operationName === undefined || one.name?.value === operationName),
  )
  try {
    operations.checkDocument(admitted, context)
    if (operation) operations.charge({ schema, document, operation, variables }, context)
  } catch (error) {
    return [...mistakes, (error as Error).message]
  }
  return [...mistakes, ...counter.all().map(({ limit }) => limit)]
}

describe('an honest operation', () => {
  it(`is never refused: ${COUNT} that were made of the schema, each valid`, () => {
    const refused: unknown[] = []
    let fields = 0
    for (let index = 0; index < COUNT; index++) {
      const operation = honestOperation(schema, SEED, index)
      fields += operation.query.length
      const reasons = check(operation)
      if (reasons.length > 0) refused.push({ index, reasons, ...operation })
    }
    expect(refused.slice(0, 3)).toEqual([])
    // They are no trifles.
    expect(fields / COUNT).toBeGreaterThan(300)
  })

  it('is made anew the same', () => {
    expect(honestOperation(schema, SEED, 7)).toEqual(honestOperation(schema, SEED, 7))
    expect(honestOperation(schema, SEED, 7)).not.toEqual(honestOperation(schema, SEED, 8))
  })

  it(`is answered by HTTP: ${BY_HTTP} of the same`, async () => {
    for (let index = 0; index < BY_HTTP; index++) {
      const { query, variables } = honestOperation(schema, SEED, index)
      const { errors } = await house.ask(query, variables)
      const codes = errors.map(({ extensions }) => extensions?.code)
      expect([index, codes.filter(code => /COMPLEX|LIMITED|FAILED/.test(String(code)))]).toEqual([index, []])
    }
    expect(house.counts.all()).toEqual([])
  })

  it('is every operation of the tests, with pages of a hundred', () => {
    const folder = new URL('../../operations/', import.meta.url)
    for (const file of readdirSync(folder).filter(name => name.endsWith('.graphql'))) {
      const query = readFileSync(new URL(file, folder), 'utf8')
      const names = [...query.matchAll(/^query (\w+)/gm)].map(match => match[1])
      expect(names.length).toBeGreaterThan(0)
      const variables = { first: 100, ids: Array(100).fill('threescale:invoice:1') }
      for (const name of names) expect([name, check({ query, variables }, name)]).toEqual([name, []])
    }
  })

  it('is every one of the README, and the introspection of any client', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const shown = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(match => match[1] ?? '')
    expect(shown.length).toBeGreaterThan(0)
    const introspection = getIntrospectionQuery({
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    })
    for (const query of [...shown, introspection]) expect(check({ query, variables: {} })).toEqual([])
  })

  it("is a router's question for a thousand customers' costs", () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer {
      cost(month: "2026-07") { total { net { amount } } lineItems { nodes { name cost { net { amount } } } } } } } }`
    const representations = Array(1_000).fill({ __typename: 'Customer', prefix: 'customer-wcc' })
    expect(check({ query, variables: { representations } })).toEqual([])
  })
})
