import { z } from 'zod'
import { decodeShape } from '../decoding/shape.js'
import { parseXml } from '../decoding/xml.js'
import type { UpstreamRequest } from '../http/errors.js'
import { lineItem } from './decode.js'
import type * as wire from './wire.js'

/** Longer than any known refusal. */
const MAX_ERROR_BYTES = 4096
const MAX_SENTENCE = 300

const PLAIN_SENTENCE = /^(Required parameter missing|Wrong type for parameter): \w{1,40}$/

const errors = z.object({ error: z.union([z.string(), z.array(z.string())]) })

/** The body of the response to a new line item. @throws UpstreamFormatError */
export function decodeLineItem(body: Uint8Array, request: UpstreamRequest): wire.LineItem {
  return decodeShape(lineItem, parseXml(body, 'line-item', request), request)
}

/** The server's sentences about a refused request; `[]` for a body that has none: it may also be HTML, plain text or empty. */
export function decodeErrorTexts(body: Uint8Array, request: UpstreamRequest): readonly string[] {
  if (body.byteLength > MAX_ERROR_BYTES) return []
  for (const root of ['errors', 'error']) {
    try {
      const value = parseXml(body, root, request)
      const texts = typeof value === 'string' ? value : errors.parse(value).error
      return [texts].flat().map(text => text.slice(0, MAX_SENTENCE))
    } catch {
      // It has the other root, or is HTML, plain text or empty.
    }
  }
  // Missing and malformed parameters are plain text, under either content type.
  const text = Buffer.from(body).toString('utf8')
  return PLAIN_SENTENCE.test(text) ? [text] : []
}
