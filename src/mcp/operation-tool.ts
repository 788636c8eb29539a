import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql'
import { argumentSchema } from './argument-schema.js'
import type { JsonSchema } from './json-schema.js'
import { resultSchema } from './result-schema.js'

/** A query as a tool of an assistant. */
export interface OperationTool {
  /** The name of the operation. */
  readonly name: string
  /** What it is for, from the document's first comment and the schema. */
  readonly description: string
  readonly input: JsonSchema
  /** Of `data` and `errors`. */
  readonly output: JsonSchema
  /** Exactly the text of the manifest: a gateway with trusted documents refuses any other. */
  readonly document: string
}

const ERRORS: JsonSchema = {
  type: 'array',
  description: 'What could not be read. The data is complete without it, except for what its paths name.',
  items: {
    type: 'object',
    properties: { message: { type: 'string' }, path: { type: 'array' }, extensions: { type: 'object' } },
    required: ['message'],
  },
}

/**
 * The tool of a document.
 *
 * @returns why the document is none, as a sentence without a subject: it writes, has no name, or does not match the schema
 */
export function toOperationTool(schema: GraphQLSchema, document: string): OperationTool | string {
  const parsed = parse(document)
  const [invalid] = validate(schema, parsed)
  if (invalid) return `does not match the schema: ${invalid.message}`
  const operations = parsed.definitions.filter(one => one.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (!operation || operations.length > 1) return 'does not have exactly one operation'
  if (operation.operation !== 'query') return 'is not a query: tools only read'
  if (!operation.name) return 'has no name'
  return {
    name: operation.name.value,
    description: describe(schema, document, operation),
    input: argumentSchema(schema, operation),
    output: {
      type: 'object',
      properties: { data: resultSchema(schema, parsed, operation), errors: ERRORS },
      required: ['data'],
    },
    document,
  }
}

function describe(schema: GraphQLSchema, document: string, { selectionSet }: OperationDefinitionNode): string {
  const [comment = ''] = /^(#.*\n)*/.exec(document) ?? []
  const purpose = comment.replace(/^#\s*/gm, '').trim()
  const fields = schema.getQueryType()?.getFields() ?? {}
  const described = selectionSet.selections
    .filter(node => node.kind === Kind.FIELD)
    .map(({ name: { value } }) => `${value}: ${fields[value]?.description ?? ''}`)
  return [purpose, ...described].filter(text => text !== '').join('\n')
}
