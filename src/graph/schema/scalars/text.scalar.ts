import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import { WrittenInputError } from '../../errors/bad-input.js'

/** Definition of a scalar that is plain text on the wire. */
interface TextScalar {
  readonly name: string
  readonly description: string
  readonly specifiedByURL?: string
  /** Completes "… is not": `text in the form YYYY-MM`. */
  readonly expected: string
}

/**
 * A scalar whose internal value is text as well. Its format is validated where the name of the argument is known, so that the error can
 * contain it.
 */
export function createTextScalar({
  name,
  description,
  specifiedByURL,
  expected,
}: TextScalar): GraphQLScalarType<string> {
  return new GraphQLScalarType<string>({
    name,
    description,
    ...(specifiedByURL === undefined ? {} : { specifiedByURL }),
    serialize: value => String(value),
    parseValue: value => {
      if (typeof value === 'string') return value
      // graphql-js adds the name and value of the variable.
      throw new GraphQLError(`${name} is ${expected}`)
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return node.value
      throw new WrittenInputError(argumentOf(node) ?? name, print(node), expected)
    },
  })
}

/** The argument's name, from the tokens before the literal: the AST node does not refer to its parent. */
function argumentOf({ loc }: ValueNode): string | undefined {
  const colon = loc?.startToken.prev
  return colon?.kind === ':' ? colon.prev?.value : undefined
}
