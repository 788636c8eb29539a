import { UpstreamFormatError, type UpstreamRequest } from './errors.js'
import { decodeUtf8 } from './text.js'

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
 * `"12"`, which JavaScript puts first; of a key sent twice the last counts.
 *
 * @throws UpstreamFormatError for anything that is not one JSON value; the message quotes nothing of the body
 */
export function parseJson(body: Uint8Array, asked: UpstreamRequest): unknown {
  const text = decodeUtf8(body, asked)
  if (isTooDeep(text)) throw new UpstreamFormatError(`JSON nested deeper than ${MAX_DEPTH}`, asked)
  try {
    return parseExactJson(text)
  } catch {
    // V8's message quotes the body, which may hold a secret: it is not kept as the cause.
    throw new UpstreamFormatError('the body is not JSON', asked)
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

/** Counts brackets outside strings; cheaper than letting the parser build a tower first. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}
