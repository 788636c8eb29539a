import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql'
import { type JsonSchema, typeOfScalar } from './json-schema.js'

/** The JSON Schema of an operation's variables. Those with a default, and nullable ones, may be left out. */
export function argumentSchema(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): JsonSchema {
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const { variable, type: node, defaultValue } of variableDefinitions) {
    const type = typeFromAST(schema, node)
    // The operation was validated.
    if (!isInputType(type)) throw new TypeError(`$${variable.name.value} has no input type`)
    const value = defaultValue && { default: valueFromASTUntyped(defaultValue) }
    properties[variable.name.value] = { ...inputSchema(type), ...value }
    if (isNonNullType(type) && !defaultValue) required.push(variable.name.value)
  }
  return { type: 'object', properties, required, additionalProperties: false }
}

function inputSchema(type: GraphQLInputType): JsonSchema {
  if (isNonNullType(type)) return inputSchema(type.ofType)
  if (isListType(type)) return { type: 'array', items: inputSchema(type.ofType) }
  const { description } = getNamedType(type)
  const about = description ? { description } : {}
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name), ...about }
  if (!isInputObjectType(type)) return { type: typeOfScalar(type.name), ...about }
  const fields = Object.values(type.getFields())
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(field => {
        const own = field.description ? { description: field.description } : {}
        return [field.name, { ...inputSchema(field.type), ...own }]
      }),
    ),
    required: fields
      .filter(field => isNonNullType(field.type) && field.defaultValue === undefined)
      .map(({ name }) => name),
    additionalProperties: false,
    ...(type.isOneOf && { minProperties: 1, maxProperties: 1 }),
    ...about,
  }
}
