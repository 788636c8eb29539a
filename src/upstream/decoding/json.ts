import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { findJsonFault } from './json-scan.js'
import { decodeUtf8 } from './utf8.js'

/** A JSON number as the characters that were sent: `697.0`, `1e-06`, `-0.0`. Never a JavaScript number. */
export class JsonNumber {
  constructor(readonly text: string) {}

  /** Written back to JSON as the same characters. */
  toJSON(): unknown {
    return rawJson(this.text)
  }
}

/** `JSON.rawJSON` and the reviver's third argument, which the compiler's library lacks. */
interface ExactJson {
  rawJSON(text: string): unknown
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
}

const exact = JSON as unknown as ExactJson

function rawJson(text: string): unknown {
  return exact.rawJSON(text)
}

/** Deeper than any body of the wire contract. */
const MAX_DEPTH = 64

/**
 * Parses JSON and keeps its numbers as text. Object keys keep the order in which they were sent, except integers such as `"12"`,
 * which JavaScript puts first; no key of the wire contract is one.
 *
 * @throws UpstreamFormatError for anything that is not one JSON value, for a duplicate key in an object and for half a surrogate
 * pair; the message quotes nothing of the body
 */
export function parseJson(body: Uint8Array, request: UpstreamRequest): unknown {
  const text = decodeUtf8(body, request)
  const fault = findJsonFault(text, MAX_DEPTH)
  if (fault !== null) throw new UpstreamFormatError(fault, request)
  try {
    return parseExactJson(text)
  } catch {
    // V8's message quotes the body, which may hold a secret: it must not become the cause.
    throw new UpstreamFormatError('the body is not JSON', request)
  }
}

/**
 * Parses JSON text and keeps its numbers as text.
 *
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? new JsonNumber(source) : value,
  )
}
