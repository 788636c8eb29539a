import { GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { BadInputError } from '../bad-input.js'

/** What a scalar is that is plain text on the wire. */
interface TextScalar {
  readonly name: string
  readonly description: string
  readonly specifiedByURL?: string
  /** Completes "… is not": `text in the form YYYY-MM`. */
  readonly expected: string
}

/**
 * A scalar that is text to the program as well. Its form is checked where the argument's name is known, so that the error
 * can name it.
 */
export function createTextScalar({
  name,
  description,
  specifiedByURL,
  expected,
}: TextScalar): GraphQLScalarType<string> {
  const accept = (value: unknown): string => {
    if (typeof value !== 'string') throw new BadInputError(name, value, expected)
    return value
  }
  return new GraphQLScalarType<string>({
    name,
    description,
    ...(specifiedByURL === undefined ? {} : { specifiedByURL }),
    serialize: value => String(value),
    parseValue: accept,
    parseLiteral: (node: ValueNode) => accept(node.kind === Kind.STRING ? node.value : literalOf(node)),
  })
}

function literalOf(node: ValueNode): unknown {
  return 'value' in node ? { literal: node.value } : node.kind
}
