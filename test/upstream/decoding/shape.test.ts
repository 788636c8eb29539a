import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formatDecimal } from '../../../src/domain/decimal.js'
import { JsonNumber } from '../../../src/upstream/decoding/json-number.js'
import { decimalOf, decimalText, decodeShape, exactNumber } from '../../../src/upstream/decoding/shape.js'
import { UpstreamFormatError, type UpstreamRequest } from '../../../src/upstream/http/errors.js'

const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }

const BILL = z.object({
  status: z.enum(['paid', 'open']),
  lines: z.array(z.object({ name: z.string(), cost: exactNumber })),
  products: z.record(z.string(), z.object({ total: exactNumber })).optional(),
})

describe('decodeShape', () => {
  it('returns the members that the schema names, and no others', () => {
    const line = { name: 'web', cost: new JsonNumber('1.50') }

    expect(decodeShape(BILL, { status: 'paid', lines: [{ ...line, colour: 'red' }], more: 1 }, ASKED)).toEqual({
      status: 'paid',
      lines: [line],
    })
  })

  it.each<[unknown, string]>([
    [null, 'the root: expected object'],
    ['canary', 'the root: expected object'],
    [{ status: 'paid' }, 'lines: expected array'],
    [{ status: 'paid', lines: {} }, 'lines: expected array'],
    [{ status: 'paid', lines: [{ name: 5, cost: new JsonNumber('1') }] }, 'lines.0.name: expected string'],
    [{ status: 'paid', lines: [{ name: 'a', cost: 'canary' }] }, 'lines.0.cost: expected a decimal number'],
    [{ status: 'paid', lines: [{ name: 'a', cost: 1.5 }] }, 'lines.0.cost: expected a decimal number'],
    [
      { status: 'paid', lines: [{ name: 'a', cost: new JsonNumber('1e999') }] },
      'lines.0.cost: expected a decimal number',
    ],
    [{ status: 'paid', lines: [], products: { 'c1.c2r4': {} } }, 'products.c1.c2r4.total: expected a decimal number'],
    [{ status: 'paid', lines: [], products: { '<script>': {} } }, 'products.….total: expected a decimal number'],
    [{ status: 'paid', lines: [], products: { ['x'.repeat(61)]: {} } }, 'products.….total: expected a decimal number'],
  ])('names the path at which %j is wrong, without the value', (value, problem) => {
    expect(() => decodeShape(BILL, value, ASKED)).toThrow(new UpstreamFormatError(problem, ASKED))
  })

  it('does not quote an unknown word', () => {
    expect(() => decodeShape(BILL, { status: 'canary', lines: [] }, ASKED)).toThrow(/^(?!.*canary).*status: /)
  })
})

describe('exactNumber and decimalText', () => {
  it.each(['697.0', '-0.0', '1e-06', '12.50'])('take %s', text => {
    const number = exactNumber.parse(new JsonNumber(text))

    expect(decimalText.parse(text)).toBe(text)
    expect(decimalOf(number)).toEqual(decimalOf(new JsonNumber(text)))
  })

  it('keep the decimal places', () => {
    expect(formatDecimal(decimalOf(new JsonNumber('697.0')))).toBe('697.0')
  })

  it.each(['', 'NaN', '1e999', '12,50', ' 1'])('refuse %j', text => {
    expect(exactNumber.safeParse(new JsonNumber(text)).success).toBe(false)
    expect(decimalText.safeParse(text).success).toBe(false)
  })
})
