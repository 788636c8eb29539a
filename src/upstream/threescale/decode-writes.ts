import { z } from 'zod'
import { parseJson } from '../decoding/json.js'
import { decodeShape, exactNumber } from '../decoding/shape.js'
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

const created = z.object({
  invoice: z.object({ id: exactNumber, created_at: z.iso.datetime({ offset: true }) }),
})

/** Id and time of creation, in milliseconds since 1970, of an invoice as JSON: its XML has no such time. @throws UpstreamFormatError */
export function decodeCreation(
  body: Uint8Array,
  request: UpstreamRequest,
): { readonly id: string; readonly at: number } {
  const { invoice } = decodeShape(created, parseJson(body, request), request)
  return { id: invoice.id.text, at: Date.parse(invoice.created_at) }
}

/** The server's sentences about a refused write; `[]` for a body that has none. */
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
