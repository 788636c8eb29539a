import {
  type DocumentNode,
  type GraphQLCompositeType,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { type JsonSchema, typeOfScalar } from './json-schema.js'

const TYPENAME = new GraphQLNonNull(GraphQLString)

/** A response key with everything that is selected under it. */
interface SelectedField {
  readonly type: GraphQLOutputType
  readonly description: string | null | undefined
  readonly sets: SelectionSetNode[]
  /** False when a directive or a type condition decides whether it is there. */
  isCertain: boolean
}

/** The JSON Schema of the data of a valid query. */
export function resultSchema(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): JsonSchema {
  const fragments = new Map(
    document.definitions.filter(one => one.kind === Kind.FRAGMENT_DEFINITION).map(one => [one.name.value, one]),
  )

  function ofObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): JsonSchema {
    const fields = new Map<string, SelectedField>()
    for (const { selections } of sets) for (const one of selections) collect(one, type, fields, true)
    const properties = [...fields].map(([key, { type: own, description, sets: inner }]) => [
      key,
      { ...ofType(own, inner), ...(description && { description }) },
    ])
    const required = [...fields].filter(([, { isCertain }]) => isCertain).map(([key]) => key)
    return { type: 'object', properties: Object.fromEntries(properties), required }
  }

  function collect(
    node: SelectionNode,
    type: GraphQLCompositeType,
    fields: Map<string, SelectedField>,
    isCertain: boolean,
  ): void {
    const isAlways = isCertain && !node.directives?.length
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value
      const known = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
      // The only other field is __typename.
      if (!known) fields.set(key, { type: TYPENAME, description: null, sets: [], isCertain: isAlways })
      if (!known) return
      const field = fields.get(key) ?? { type: known.type, description: known.description, sets: [], isCertain: false }
      if (node.selectionSet) field.sets.push(node.selectionSet)
      field.isCertain ||= isAlways
      fields.set(key, field)
      return
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)
    if (!fragment) return
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value)
    const own = isCompositeType(condition) ? condition : type
    for (const inner of fragment.selectionSet.selections) collect(inner, own, fields, isAlways && own === type)
  }

  function ofType(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): JsonSchema {
    if (!isNonNullType(type)) return { anyOf: [ofType(new GraphQLNonNull(type), sets), { type: 'null' }] }
    const inner = type.ofType
    if (isListType(inner)) return { type: 'array', items: ofType(inner.ofType, sets) }
    if (isCompositeType(inner)) return ofObject(inner, sets)
    // A newer gateway may send values that this schema does not know yet.
    if (isEnumType(inner)) return { type: 'string', examples: inner.getValues().map(({ name }) => name) }
    return { type: typeOfScalar(inner.name) }
  }

  const root = schema.getRootType(operation.operation)
  if (!root) throw new TypeError(`the schema has no ${operation.operation}`)
  return ofObject(root, [operation.selectionSet])
}
