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

/** The part of `JSON.rawJSON` and of the reviver's third argument that the compiler's library does not know. */
interface ExactJson {
  rawJSON(text: string): unknown
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
}

const exact = JSON as unknown as ExactJson

function rawJson(text: string): unknown {
  return exact.rawJSON(text)
}

/** Deeper than any answer of the wire contract. */
const MAX_DEPTH = 64

/**
 * Reads JSON whose numbers stay text. Object keys keep the order in which they were sent, save whole numbers such as
 * `"12"`, which JavaScript puts first. Only a parser of our own could do better: the dates, categories and products that
 * are keys in the wire contract are none.
 *
 * @throws UpstreamFormatError for anything that is not one JSON value, for a key sent twice in one object and for half a
 * character; the message quotes nothing of the body
 */
export function parseJson(body: Uint8Array, request: UpstreamRequest): unknown {
  const text = decodeUtf8(body, request)
  const fault = findJsonFault(text, MAX_DEPTH)
  if (fault !== null) throw new UpstreamFormatError(fault, request)
  try {
    return parseExactJson(text)
  } catch {
    // V8's message quotes the body, which may hold a secret: it is not kept as the cause.
    throw new UpstreamFormatError('the body is not JSON', request)
  }
}

/**
 * Reads JSON text whose numbers stay text.
 *
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? new JsonNumber(source) : value,
  )
}
