import { expect, it } from 'vitest'
import { formatAmount } from '../../src/cli/amount-text.js'
import { parseMoney } from '../../src/domain/money.js'

it.each([
  ['81.69', 'NZD', '$81.69 NZD'],
  ['-5.00', 'NZD', '-$5.00 NZD'],
  ['0.00', 'USD', '$0.00 USD'],
  ['12.345', 'NZD', '$12.34 NZD'],
  ['12.3451', 'NZD', '$12.35 NZD'],
  ['81.69', 'EUR', '81.69 EUR'],
  ['1234567.8', 'NZD', '$1,234,567.8 NZD'],
  ['-1000.00', 'EUR', '-1,000.00 EUR'],
])('writes %s of %s as %s', (amount, currency, text) => {
  expect(formatAmount(parseMoney(amount, currency))).toBe(text)
})
