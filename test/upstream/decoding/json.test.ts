import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../src/upstream/decoding/json.js'
import { JsonNumber } from '../../../src/upstream/decoding/json-number.js'
import { parseExactJson } from '../../../src/upstream/decoding/json-reader.js'
import { UpstreamFormatError, type UpstreamRequest } from '../../../src/upstream/http/errors.js'

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

  it('leaves numbers in strings, and everything else, as they are', () => {
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

  it.each([
    ['plainly', '{"a":1.0,"a":2.0}', 9],
    ['the same value', '{"a":1,"a":1}', 7],
    ['spelt otherwise', '{"a":1,"\\u0061":2}', 7],
    ['spelt otherwise first', '{"\\u0061":1,"a":2}', 12],
    ['both empty', '{"":1,"":2}', 6],
    ['behind others', '{"a":{"b":[1,{"c":2}]},"b":"x,\\"","a":null}', 34],
    ['in an inner object', '{"a":{"b":1,"c":[],"b":2}}', 19],
    ['in an object in a list', '[{"a":1},{"a":1,"a":2}]', 16],
    ['named as prototypes are', '{"__proto__":1,"__proto__":2}', 15],
    ['of escaped quotes', '{"\\"":1,"\\u0022":2}', 8],
    ['of backslashes', '{"\\\\":1,"\\\\":2}', 8],
    ['with blanks around', '{ "a" : 1 ,\n "a" : 2 }', 13],
  ])('refuses a key sent twice, %s', (_, text, at) => {
    expect(() => JSON.parse(text)).not.toThrow()
    expect(() => parse(text)).toThrow(`a duplicate key at character ${at} (`)
  })

  it.each([
    '[{"a":1},{"a":2}]',
    '{"a":{"a":{"a":"a"}}}',
    '{"a":["a","a"],"b":"a"}',
    '{"a":"\\"a\\":1,\\"a\\":2","b":"{\\"a\\":1"}',
    '{"a":1,"A":2,"\\u00e4":3,"a\\u0308":4}',
    '{"\\\\":1,"\\\\\\\\":2}',
    '{"toString":1,"constructor":2,"__proto__":3}',
  ])('accepts %s, which has no duplicate key', text => {
    expect(JSON.parse(JSON.stringify(parse(text)))).toEqual(JSON.parse(text))
  })

  it.each(['"\\ud800"', '["\\udc00"]', '{"\\uD83D":1}', '"\\ude00\\ud83d"', '["x", "\\ud83dx"]'])(
    'refuses half a surrogate pair, %s',
    text => {
      expect(() => JSON.parse(text)).not.toThrow()
      expect(() => parse(text)).toThrow(/: half a surrogate pair at character \d+ \(/)
    },
  )

  it.each(['"\\ud83d\\ude00"', '"\\\\ud800"', '{"\\uD83D\\uDE00":"😀"}'])('accepts the surrogate pair in %s', text => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  it('finds exactly the duplicate keys of any object', () => {
    const key = fc.constantFrom('a', 'b', '"', '\\', '\\u0061', 'ä', '', '__proto__', '12')
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 }), entries => {
        const text = `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
        const isTwice = new Set(entries.map(([name]) => name)).size < entries.length
        if (isTwice) expect(() => parse(text)).toThrow(/a duplicate key/)
        else expect(JSON.parse(JSON.stringify(parse(text)))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('looks at each character of a hostile body a few times at most', () => {
    const size = 400_000
    for (const body of [
      '\\'.repeat(size),
      '"'.repeat(size),
      `"${'\\"'.repeat(size / 2)}`,
      '"\\'.repeat(size / 2),
      `{${Array.from({ length: size / 10 }, (_, index) => `"k${index}":0`).join(',')},`,
    ]) {
      expect(() => parse(body)).toThrow(UpstreamFormatError)
    }
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

  it('refuses a body truncated at any byte', () => {
    const bytes = Buffer.from(DOCUMENT)
    expect(parseJson(bytes, ASKED)).toBeTypeOf('object')
    for (let length = 0; length < bytes.length; length++) {
      expect(() => parseJson(bytes.subarray(0, length), ASKED), `after ${length} bytes`).toThrow(UpstreamFormatError)
    }
  })

  it('accepts 64 levels, refuses more, and does not count brackets in strings', () => {
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

    expect(error.message).toMatch(/^Catalyst Cloud sent an invalid response: .* \(GET \/v2\/invoices\)$/)
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('canary')
    expect(error.cause).toBeUndefined()
  })

  it('throws nothing else for any bytes', () => {
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
