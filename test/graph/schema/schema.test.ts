import { readFileSync } from 'node:fs'
import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition'
import { graphql, isObjectType, parse, visit } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSchema, printSchema } from '../../../src/graph/schema/schema.js'

const committed = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')
const subgraph = { name: 'billgraph', url: 'http://localhost:4000/graphql', typeDefs: parse(committed) }

describe('schema.graphql', () => {
  it('is the schema that is printed from code', async () => {
    expect(await printSchema()).toBe(committed)
  })

  it('describes every type, field, argument and enum value', () => {
    const bare: string[] = []
    visit(parse(committed), {
      enter(node) {
        if (!('description' in node) && !('name' in node)) return
        const isDescribable = /TypeDefinition$|^FieldDefinition$|^InputValueDefinition$|^EnumValueDefinition$/.test(
          node.kind,
        )
        if (isDescribable && 'name' in node && !('description' in node && node.description)) {
          bare.push(`${node.kind} ${node.name && 'value' in node.name ? node.name.value : ''}`)
        }
      },
    })
    expect(bare).toEqual(['ObjectTypeDefinition Mutation', 'ObjectTypeDefinition Query'])
  })

  it('has enums whose internal values equal their names', async () => {
    const schema = await createSchema()
    for (const type of Object.values(schema.getTypeMap())) {
      if (!('getValues' in type) || type.name.startsWith('__') || type.name.startsWith('link__')) continue
      for (const { name, value } of type.getValues()) expect(value).toBe(name)
    }
  })
})

describe('the executable schema', () => {
  it("resolves plain members by graphql's default, since no authorization depends on them", async () => {
    const schema = await createSchema()
    const types = Object.values(schema.getTypeMap()).filter(isObjectType)
    const wrapped = types.flatMap(type =>
      Object.values(type.getFields())
        .filter(({ resolve }) => resolve?.toString().includes('root[fieldMetadata.name]'))
        .map(({ name }) => `${type.name}.${name}`),
    )
    expect(wrapped).toEqual([])
    const { net, gross } = types.find(({ name }) => name === 'TaxedMoney')?.getFields() ?? {}
    expect([net, gross].map(field => field?.resolve)).toEqual([undefined, undefined])
  })
})

describe('composition', () => {
  it('is accepted by @theguild/federation-composition', () => {
    const result = composeWithTheGuild([subgraph])
    expect(result.errors ?? []).toEqual([])
    expect(result.supergraphSdl).toContain('type CustomerCost')
  })

  it('is accepted by @apollo/composition', () => {
    const result = composeWithApollo([subgraph])
    expect(result.errors ?? []).toEqual([])
    expect(result.supergraphSdl).toContain('type CustomerCost')
  })

  it('is accepted in the SDL that the running subgraph returns', async () => {
    const { data } = await graphql({ schema: await createSchema(), source: '{ _service { sdl } }' })
    const { sdl } = (data as { _service: { sdl: string } })._service
    const result = composeWithTheGuild([{ ...subgraph, typeDefs: parse(sdl) }])
    expect(result.errors ?? []).toEqual([])
  })
})

describe('the served schema', () => {
  let names: readonly string[]

  beforeAll(async () => {
    names = Object.values((await createSchema()).getTypeMap())
      .filter(type => isObjectType(type) && type.getInterfaces().some(one => one.name === 'Node'))
      .map(type => type.name)
  })

  it('lets every Node be fetched by id and referred to from other subgraphs', () => {
    expect(names.toSorted()).toEqual([
      'Buyer',
      'Contract',
      'Customer',
      'Invoice',
      'LineItem',
      'Metric',
      'Payment',
      'Provider',
    ])
  })
})
