import { describe, expect, it } from 'vitest'
import { decodeUtf8 } from '../../../src/upstream/decoding/utf8.js'
import { UpstreamFormatError, type UpstreamRequest } from '../../../src/upstream/http/errors.js'

const ASKED: UpstreamRequest = { upstream: 'threescale', operation: 'GET /api/invoices.xml' }

describe('decodeUtf8', () => {
  it.each(['a', 'kererū', '🥝', '\ufeffmarked', 'a\0b'])('reads %j to the last character', text => {
    expect(decodeUtf8(Buffer.from(text), ASKED)).toBe(text)
  })

  it('refuses a body without a byte', () => {
    expect(() => decodeUtf8(new Uint8Array(), ASKED)).toThrow(new UpstreamFormatError('the body is empty', ASKED))
  })

  it.each([
    ['Latin-1', [0x4d, 0xe4, 0x6f]],
    ['a character cut off', [0x6b, 0xc5]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x3c, 0x00]],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeUtf8(Uint8Array.from(bytes), ASKED)).toThrow(
      new UpstreamFormatError('the body is not UTF-8', ASKED),
    )
  })
})
