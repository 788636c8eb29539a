import { createTextScalar } from './text.scalar.js'

export const CurrencyCodeScalar = createTextScalar({
  name: 'CurrencyCode',
  description: 'An ISO 4217 currency code. XXX where the upstream names none: an invoice voided before it was issued.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/currency',
  expected: 'a currency code such as "NZD"',
})
