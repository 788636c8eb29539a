import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import { WrittenInputError } from '../../errors/bad-input.js'

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
  return new GraphQLScalarType<string>({
    name,
    description,
    ...(specifiedByURL === undefined ? {} : { specifiedByURL }),
    serialize: value => String(value),
    parseValue: value => {
      if (typeof value === 'string') return value
      // The variable and its value are named by whoever coerces it.
      throw new GraphQLError(`${name} is ${expected}`)
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return node.value
      throw new WrittenInputError(argumentOf(node) ?? name, print(node), expected)
    },
  })
}

/** The name before the colon before the value: a literal does not know what it is the value of. */
function argumentOf({ loc }: ValueNode): string | undefined {
  const colon = loc?.startToken.prev
  return colon?.kind === ':' ? colon.prev?.value : undefined
}
