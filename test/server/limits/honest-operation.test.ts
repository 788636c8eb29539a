import { readdirSync, readFileSync } from 'node:fs'
import { type GraphQLSchema, getIntrospectionQuery, type OperationDefinitionNode, parse, validate } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { LIMIT_NAMES, STANDARD_LIMITS } from '../../../src/access/limit.js'
import { createSchema } from '../../../src/graph/schema/schema.js'
import type { GraphqlContext } from '../../../src/server/graphql/graphql-context.js'
import { LimitPolicy } from '../../../src/server/limits/limit-policy.js'
import { OperationLimiter } from '../../../src/server/limits/operation-limiter.js'
import { CachePolicy } from '../../../src/server/operation-cache/cache-policy.js'
import { readCodeBlocks } from '../../docs/documents.js'
import { clock } from '../../gateway.js'
import { type HonestOperation, honestOperation } from './honest-operation.js'
import { type LimitedGateway, startLimitedGateway } from './limited-gateway.js'

const SEED = 20_260_731
const COUNT = 10_000
const BY_HTTP = 40

let schema: GraphQLSchema
let gateway: LimitedGateway
beforeAll(async () => {
  schema = await createSchema()
  gateway = await startLimitedGateway({ isProduction: false })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** The errors of every check that can refuse an operation, in the order of the server. */
async function check({ query, variables }: HonestOperation, operationName?: string): Promise<readonly string[]> {
  const policy = new LimitPolicy(STANDARD_LIMITS, pino({ level: 'silent' }))
  const operations = new OperationLimiter(policy, clock)
  const context = { requestId: 'r', principal: FULL_ACCESS, cachePolicy: new CachePolicy() } as GraphqlContext
  const document = parse(query, { maxTokens: policy.bound('LIMIT_TOKENS') })
  const errors = validate(schema, document).map(({ message }) => message)
  const admitted = operations.admit(document)
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode =>
      one.kind === 'OperationDefinition' && (operationName === undefined || one.name?.value === operationName),
  )
  try {
    operations.checkDocument(admitted, context)
    if (operation) await operations.charge({ schema, document, operation, variables }, context)
  } catch (error) {
    return [...errors, (error as Error).message]
  }
  return [...errors, ...LIMIT_NAMES.filter(limit => policy.countOf(limit).refused > 0)]
}

describe('an honest operation', () => {
  it(`is never refused: ${COUNT} valid operations, generated from the schema`, async () => {
    const refused: unknown[] = []
    let fields = 0
    for (let index = 0; index < COUNT; index++) {
      const operation = honestOperation(schema, SEED, index)
      fields += operation.query.length
      const reasons = await check(operation)
      if (reasons.length > 0) refused.push({ index, reasons, ...operation })
    }
    expect(refused.slice(0, 3)).toEqual([])
    // They are not trivial.
    expect(fields / COUNT).toBeGreaterThan(300)
  })

  it('is generated the same for the same seed and index', () => {
    expect(honestOperation(schema, SEED, 7)).toEqual(honestOperation(schema, SEED, 7))
    expect(honestOperation(schema, SEED, 7)).not.toEqual(honestOperation(schema, SEED, 8))
  })

  it(`is answered over HTTP: ${BY_HTTP} of the same`, async () => {
    for (let index = 0; index < BY_HTTP; index++) {
      const { query, variables } = honestOperation(schema, SEED, index)
      const { errors } = await gateway.ask(query, variables)
      const codes = errors.map(({ extensions }) => extensions?.code)
      expect([index, codes.filter(code => /COMPLEX|LIMITED|FAILED/.test(String(code)))]).toEqual([index, []])
    }
    expect(gateway.limitCounts()).toEqual([])
  })

  it('is every operation of the tests, with pages of 100', async () => {
    const folder = new URL('../../operations/', import.meta.url)
    for (const file of readdirSync(folder).filter(name => name.endsWith('.graphql'))) {
      const query = readFileSync(new URL(file, folder), 'utf8')
      const names = [...query.matchAll(/^query (\w+)/gm)].map(match => match[1])
      expect(names.length).toBeGreaterThan(0)
      const variables = { first: 100, ids: Array(100).fill('threescale:invoice:1') }
      for (const name of names) expect([name, await check({ query, variables }, name)]).toEqual([name, []])
    }
  })

  it('is every operation of the documents, and a full introspection query', async () => {
    const shown = readCodeBlocks().flatMap(({ language, code }) => (language === 'graphql' ? [code] : []))
    expect(shown.length).toBeGreaterThan(0)
    const introspection = getIntrospectionQuery({
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    })
    for (const query of [...shown, introspection]) expect(await check({ query, variables: {} })).toEqual([])
  })

  it("is a router's query for the costs of 1,000 customers", async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer {
      cost(month: "2026-07") { total { net { amount } } lineItems { nodes { name cost { net { amount } } } } } } } }`
    const representations = Array(1_000).fill({ __typename: 'Customer', prefix: 'customer-wcc' })
    expect(await check({ query, variables: { representations } })).toEqual([])
  })
})
