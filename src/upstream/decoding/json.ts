import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { parseExactJson } from './json-reader.js'
import { decodeUtf8 } from './utf8.js'

/**
 * Parses JSON and keeps its numbers as text. Object keys keep the order in which they were sent, except integers such as `"12"`,
 * which JavaScript puts first; no key of the wire contract is one.
 *
 * @throws UpstreamFormatError for anything that is not one JSON value, for nesting that is too deep, for a duplicate key in an object
 * and for half a surrogate pair; the message quotes nothing of the body
 */
export function parseJson(body: Uint8Array, request: UpstreamRequest): unknown {
  try {
    return parseExactJson(decodeUtf8(body, request))
  } catch (error) {
    if (error instanceof SyntaxError) throw new UpstreamFormatError(error.message, request)
    throw error
  }
}
