import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeSchemaContract, composeServices as composeWithTheGuild } from '@theguild/federation-composition'
import { buildSchema, type DocumentNode, type GraphQLSchema, parse, visit } from 'graphql'
import { describe, expect, it } from 'vitest'
import { printSchema } from '../../src/graph/schema/schema.js'

const plain = parse(await printSchema())
const guarded = parse(await printSchema({ hasAccessDirectives: true }))

function subgraph(typeDefs: DocumentNode) {
  return { name: 'billgraph', url: 'http://localhost:4000/graphql', typeDefs }
}

/** `Type`, or `Type.field`, with the directives of that name. */
function directivesOf(document: DocumentNode, name: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  let type = ''
  visit(document, {
    enter(node) {
      if (!('directives' in node) || !('name' in node) || !node.name || !('value' in node.name)) return
      const isField = node.kind === 'FieldDefinition'
      if (!isField && !node.kind.endsWith('TypeDefinition')) return
      if (!isField) type = node.name.value
      const values = node.directives?.filter(one => one.name.value === name) ?? []
      const texts = values.map(one =>
        JSON.stringify(one.arguments?.map(({ value }) => ('value' in value ? value.value : ''))),
      )
      if (texts.length > 0) found.set(isField ? `${type}.${node.name.value}` : type, texts)
    },
  })
  return found
}

describe('a router that enforces access', () => {
  it.each([
    ['@theguild/federation-composition', composeWithTheGuild],
    ['@apollo/composition', composeWithApollo],
  ])('composes the schema with access directives: %s', (_, compose) => {
    const { errors, supergraphSdl } = compose([subgraph(guarded)])
    expect(errors ?? []).toEqual([])
    expect(supergraphSdl).toContain('@requiresScopes(scopes: [["billing:read"], ["costs:read"]])')
  })

  it('requires authentication for every query field, and a scope for every amount', () => {
    const questions = [...directivesOf(guarded, 'authenticated').keys()]
    const amounts = [...directivesOf(guarded, 'requiresScopes').keys()]
    expect(questions.every(name => name.startsWith('Query.'))).toBe(true)
    expect(questions).toHaveLength(fieldsOf(plain, 'Query').length)
    // Money and TaxedMoney are value types that other subgraphs share.
    const money = fieldsReturning(plain, ['Money', 'TaxedMoney', 'CustomerCost'])
    const guardedFields = [...amounts, ...questions]
    expect(money.filter(name => !guardedFields.includes(name) && !name.startsWith('TaxedMoney.'))).toEqual([])
  })

  it('finds no access directives in the default schema', () => {
    expect([...directivesOf(plain, 'authenticated'), ...directivesOf(plain, 'requiresScopes')]).toEqual([])
  })
})

describe('contracts', () => {
  const contract = (...exclude: readonly string[]): GraphQLSchema => {
    const filter = { include: new Set<string>(), exclude: new Set(exclude) }
    const { errors, publicSdl } = composeSchemaContract([subgraph(plain)], filter, true)
    expect(errors ?? []).toEqual([])
    return buildSchema(publicSdl ?? '')
  }

  it('give every type and every query field one audience', () => {
    const tags = directivesOf(plain, 'tag')
    const untagged = [...typesOf(plain), ...fieldsOf(plain, 'Query')].filter(name => tags.get(name)?.length !== 1)
    expect(untagged).toEqual(['Mutation', 'Query'])
  })

  it('show the public audience invoices, and no costs, quotations or health', () => {
    const schema = contract('finance', 'internal')
    const questions = Object.keys(schema.getQueryType()?.getFields() ?? {})
    expect(questions.toSorted()).toEqual(['buyer', 'buyers', 'invoice', 'invoices', 'node', 'nodes', 'provider'])
    for (const type of ['Customer', 'CustomerCost', 'Quotation', 'SourceStatus', 'PrefixMatch', 'Measurement']) {
      expect([type, schema.getType(type)]).toEqual([type, undefined])
    }
    expect(schema.getType('Invoice')).toBeDefined()
  })

  it('show the finance audience everything but gateway status and usage', () => {
    const schema = contract('internal')
    const questions = Object.keys(schema.getQueryType()?.getFields() ?? {})
    expect(questions).toEqual(expect.arrayContaining(['customerCost', 'quotation', 'credits', 'products']))
    for (const type of ['SourceStatus', 'CircuitState', 'Measurement']) {
      expect([type, schema.getType(type)]).toEqual([type, undefined])
    }
  })
})

describe('the cost of a query', () => {
  it('declares a size for every list, and the arguments that set it', () => {
    const sizes = directivesOf(plain, 'listSize')
    const connections = fieldsReturning(plain, [
      'InvoiceConnection',
      'LineItemConnection',
      'BuyerConnection',
      'CustomerConnection',
    ])
    expect(connections.filter(name => !sizes.has(name))).toEqual([])
    expect(connections.length).toBeGreaterThan(5)
  })

  it('is ten times an object for every field that calls an upstream', () => {
    const costs = directivesOf(plain, 'cost')
    // Customers are prefixes or entries of the registry, so resolving them costs no upstream call.
    const free = fieldsOf(plain, 'Query').filter(name => !costs.has(name))
    expect(free).toEqual(['Query.customer', 'Query.customers'])
  })
})

function typesOf(document: DocumentNode): readonly string[] {
  return document.definitions.flatMap(one =>
    one.kind.endsWith('TypeDefinition') && 'name' in one && one.name ? [one.name.value] : [],
  )
}

function fieldsOf(document: DocumentNode, type: string): readonly string[] {
  return fieldsReturning(document).filter(name => name.startsWith(`${type}.`))
}

/** Fields of objects, all or those that return one of these types. */
function fieldsReturning(document: DocumentNode, types?: readonly string[]): readonly string[] {
  const found: string[] = []
  for (const type of document.definitions) {
    if (type.kind !== 'ObjectTypeDefinition') continue
    for (const field of type.fields ?? []) {
      const [returns = ''] = JSON.stringify(field.type).match(/(?<="value":")\w+/) ?? []
      if (!types || types.includes(returns)) found.push(`${type.name.value}.${field.name.value}`)
    }
  }
  return found
}
