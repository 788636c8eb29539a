import { createTextScalar } from './text.scalar.js'

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
