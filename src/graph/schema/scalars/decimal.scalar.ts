import { GraphQLError, GraphQLScalarType, type ValueNode } from 'graphql'
import { type Decimal, formatDecimal } from '../../../domain/decimal.js'

/** Exact decimal numbers: text in answers, so that no client's float can spoil them. */
export const DecimalScalar = new GraphQLScalarType<Decimal | string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, such as "1883.64" or "0.0164", with the decimal places that the billing system stated. ' +
    'Parse it with a decimal library, not as a float.',
  specifiedByURL: 'https://scalars.graphql.org/chillicream/decimal',
  serialize: value => formatDecimal(value as Decimal),
  parseValue: refuse,
  parseLiteral: (node: ValueNode) => refuse(node.kind),
})

/** No query takes a decimal. */
function refuse(_value: unknown): never {
  throw new GraphQLError('Decimal is used in answers only')
}
