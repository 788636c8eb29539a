import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type FragmentDefinitionNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { toClientSchema } from '../schema-check/client-schema.js'

/** The committed schema as clients see it, without federation. */
export const clientSchema = buildSchema(
  toClientSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')),
)

/** Coordinates of all connection fields except those of interfaces, sorted. */
export function listConnections(): readonly string[] {
  return Object.values(clientSchema.getTypeMap())
    .filter(isObjectType)
    .flatMap(type => Object.values(type.getFields()).map(field => ({ type, field })))
    .filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'))
    .map(({ type, field }) => `${type.name}.${field.name}`)
    .toSorted()
}

/** Names of all types that implement Node, sorted. */
export function listNodeTypes(): readonly string[] {
  const node = clientSchema.getType('Node')
  if (!isInterfaceType(node)) throw new Error('there is no interface Node')
  return clientSchema
    .getPossibleTypes(node)
    .map(type => type.name)
    .toSorted()
}

/** Coordinates of the fields that an operation pages through in both directions by variables. */
export function pagedFieldsOf(text: string): readonly string[] {
  const types = new TypeInfo(clientSchema)
  const found: string[] = []
  const document = parse(text)
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const paging = node.arguments?.filter(one => one.value.kind === Kind.VARIABLE).map(one => one.name.value) ?? []
        const isPaged = ['first', 'after', 'last', 'before'].every(name => paging.includes(name))
        if (isPaged) found.push(`${types.getParentType()?.name}.${node.name.value}`)
      },
    }),
  )
  return found
}

/** Type of a refetch query: `query { node(id: $id) { ...f } } fragment f on Invoice { … }` → `Invoice`. */
export function refetchedTypeOf(text: string): string | null {
  const spread = /node\(id: \$id\) \{[^}]*?\.\.\.(\w+)/.exec(text)?.[1]
  const isSpread = (node: { readonly kind: Kind }): node is FragmentDefinitionNode =>
    node.kind === Kind.FRAGMENT_DEFINITION && (node as FragmentDefinitionNode).name.value === spread
  return parse(text).definitions.find(isSpread)?.typeCondition.name.value ?? null
}
