import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import { type Decimal, formatDecimal } from '../../domain/decimal.js'
import { WrittenInputError } from '../errors/bad-input.js'

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
    ...readText(name, expected),
  })
}

/** The input side of a scalar whose internal value is text. */
function readText(name: string, expected: string) {
  return {
    parseValue: (value: unknown): string => {
      if (typeof value === 'string') return value
      // graphql-js adds the name and value of the variable.
      throw new GraphQLError(`${name} is ${expected}`)
    },
    parseLiteral: (node: ValueNode): string => {
      if (node.kind === Kind.STRING) return node.value
      throw new WrittenInputError(argumentOf(node) ?? name, print(node), expected)
    },
  }
}

/** The argument's name, from the tokens before the literal: the AST node does not refer to its parent. */
function argumentOf({ loc }: ValueNode): string | undefined {
  const colon = loc?.startToken.prev
  return colon?.kind === ':' ? colon.prev?.value : undefined
}

/** Exact decimal numbers, serialised as text so that no client parses them as floats. */
export const DecimalScalar = new GraphQLScalarType<Decimal | string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, such as "1883.64" or "0.0164", with the decimal places that the billing system stated. ' +
    'Parse it with a decimal library, not as a float.',
  specifiedByURL: 'https://scalars.graphql.org/chillicream/decimal',
  serialize: value => formatDecimal(value as Decimal),
  ...readText('Decimal', 'a decimal number as text, such as "12.50"'),
})

export const LocalDateScalar = createTextScalar({
  name: 'LocalDate',
  description: 'A calendar day as YYYY-MM-DD, without a time zone.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date',
  expected: 'a day as text, such as "2017-07-31"',
})

export const DateTimeScalar = createTextScalar({
  name: 'DateTime',
  description: 'A point in time in UTC by RFC 3339, such as 2026-11-21T09:14:03.000Z.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  expected: 'an instant as text, such as "2026-11-21T09:14:03Z"',
})

export const YearMonthScalar = createTextScalar({
  name: 'YearMonth',
  description: 'A calendar month as YYYY-MM, such as 2017-07. Catalyst Cloud months are in UTC.',
  expected: 'a month as text, such as "2017-07"',
})

export const CurrencyCodeScalar = createTextScalar({
  name: 'CurrencyCode',
  description:
    'An ISO 4217 currency code; XXX if the billing system states none, as for an invoice voided before it was issued.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/currency',
  expected: 'a currency code such as "NZD"',
})
