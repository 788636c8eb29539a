import { createTextScalar } from './text.scalar.js'

export const CurrencyCodeScalar = createTextScalar({
  name: 'CurrencyCode',
  description:
    'An ISO 4217 currency code; XXX if the billing system states none, as for an invoice voided before it was issued.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/currency',
  expected: 'a currency code such as "NZD"',
})
