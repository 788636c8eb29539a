import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UpstreamFormatError, type UpstreamRequest } from '../../src/upstream/errors.js'
import { JsonNumber, parseExactJson, parseJson } from '../../src/upstream/json.js'

const ASKED: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }

const DOCUMENT =
  '{"start":"2026-10-01 00:00:00","total_cost":697.0,"lines":[{"name":"kererū \\u0041\\"","cost":-0.0,"rate":1e-06}],"end":null,"ok":true}'

describe('parseJson', () => {
  it.each([
    '697.0',
    '-0.0',
    '-0',
    '1e-06',
    '1E+2',
    '0.30000000000000004',
    '9007199254740993',
    '12345678901234567890.123456789',
    '1e999',
    '-1.50',
  ])('keeps the number %s as it was sent', text => {
    expect(parse(`{"a":[${text}]}`)).toEqual({ a: [new JsonNumber(text)] })
    expect(parse(text)).toEqual(new JsonNumber(text))
  })

  it('writes every number back as it was sent', () => {
    expect(JSON.stringify(parse(DOCUMENT))).toBe(DOCUMENT.replace('\\u0041', 'A'))
  })

  it('leaves numbers in texts, and everything else, as they are', () => {
    expect(parse('{"a":"697.0","b":null,"c":true,"d":{},"e":[]}')).toEqual({
      a: '697.0',
      b: null,
      c: true,
      d: {},
      e: [],
    })
  })

  it('keeps keys in the order in which they were sent', () => {
    expect(Object.keys(parse('{"z":1,"a":2,"NZ_WLG_2.n1.network":3,"b":4}') as object)).toEqual([
      'z',
      'a',
      'NZ_WLG_2.n1.network',
      'b',
    ])
  })

  it('takes the last of a key that was sent twice', () => {
    expect(parse('{"a":1.0,"a":2.0}')).toEqual({ a: new JsonNumber('2.0') })
  })

  it('lets no key reach the prototype', () => {
    const parsed = parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as object

    expect('polluted' in {}).toBe(false)
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
  })

  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), value => {
        const text = JSON.stringify(value)

        expect(JSON.parse(JSON.stringify(parse(text)))).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    'NaN',
    '{"a":NaN}',
    'Infinity',
    '-Infinity',
    '0x1F',
    '01',
    '.5',
    '1.',
    '+1',
    '1_000',
    "{'a':1}",
    '{a:1}',
    '[1,]',
    '{"a":1,}',
    '{"a":1}{"b":2}',
    '{"a":1} trailing',
    '{"a":1}\n{"b":2}',
    '// comment\n{}',
    '{"a":"line\nbreak"}',
    '\ufeff{}',
    '\u00a0{}',
    'undefined',
    '<html></html>',
    ' ',
    '{"a":1}\0',
  ])('refuses %j', text => {
    expect(() => parse(text)).toThrow(UpstreamFormatError)
  })

  it('refuses a body cut off at any byte', () => {
    const bytes = Buffer.from(DOCUMENT)
    expect(parseJson(bytes, ASKED)).toBeTypeOf('object')
    for (let length = 0; length < bytes.length; length++) {
      expect(() => parseJson(bytes.subarray(0, length), ASKED), `after ${length} bytes`).toThrow(UpstreamFormatError)
    }
  })

  it('takes values as deep as 64, refuses deeper ones, and does not count brackets in texts', () => {
    expect(parse(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeInstanceOf(Array)
    expect(parse(`["${'[{\\"'.repeat(1000)}"]`)).toBeInstanceOf(Array)
    expect(parse(`[${'[],'.repeat(1000)}[]]`)).toBeInstanceOf(Array)
    for (const bomb of [`${'['.repeat(65)}${']'.repeat(65)}`, '['.repeat(1_000_000), '{"a":'.repeat(1_000_000)]) {
      expect(() => parse(bomb)).toThrow(/JSON nested deeper than 64/)
    }
  })

  it.each([
    '{"password":"canary"',
    'canary',
    '{"canary":canary}',
    '{"canary":1} canary',
    `${'{"canary":'.repeat(70)}1${'}'.repeat(70)}`,
    '"canary\n"',
  ])('quotes nothing of the body %j', text => {
    const error = failureOf(() => parse(text))

    expect(error.message).toMatch(/^Catalyst Cloud sent an answer that cannot be trusted: .* \(GET \/v2\/invoices\)$/)
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('canary')
    expect(error.cause).toBeUndefined()
  })

  it('never fails in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        try {
          parseJson(bytes, ASKED)
        } catch (error) {
          expect(error).toBeInstanceOf(UpstreamFormatError)
        }
      }),
    )
  })
})

describe('parseExactJson', () => {
  it('reads text that the gateway itself has stored', () => {
    expect(parseExactJson('[1.0]')).toEqual([new JsonNumber('1.0')])
  })

  it('throws a SyntaxError', () => {
    expect(() => parseExactJson('[1.0')).toThrow(SyntaxError)
  })
})

function parse(text: string): unknown {
  return parseJson(Buffer.from(text), ASKED)
}

function failureOf(action: () => unknown): Error {
  try {
    action()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('a failure was expected')
}
