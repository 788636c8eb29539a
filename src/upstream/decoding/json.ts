import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
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

const QUOTE = 0x22
const COMMA = 0x2c
const LIST = 0x5b
const LIST_END = 0x5d
const OBJECT = 0x7b
const OBJECT_END = 0x7d

/**
 * Finds what `JSON.parse` accepts and a decoder must not: nesting that is too deep, a duplicate key in an object, half a surrogate
 * pair. Takes linear time.
 *
 * @returns the fault with its position, without quoting the text; null for none. Of a text that is not JSON anything may be
 * returned, since the parser refuses it anyway
 */
export function findJsonFault(text: string, maxDepth: number): string | null {
  /** The keys so far of each open object, the innermost last; null for a list. */
  const open: (Set<string> | null)[] = []
  let isKeyNext = false
  let backslash = indexFrom(text, '\\', 0)
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        if (backslash < at) backslash = indexFrom(text, '\\', at)
        const begin = at
        at = indexFrom(text, '"', begin + 1)
        const isEscaped = backslash < at
        while (backslash < at) {
          if (at === backslash + 1) at = indexFrom(text, '"', at + 1)
          backslash = indexFrom(text, '\\', backslash + 2)
        }
        if (isEscaped || isKeyNext) {
          const string = isEscaped ? textOf(text.slice(begin, at + 1)) : text.slice(begin + 1, at)
          if (!string.isWellFormed()) return `half a surrogate pair at character ${begin}`
          const keys = isKeyNext ? open.at(-1) : null
          if (keys?.has(string)) return `a duplicate key at character ${begin}`
          keys?.add(string)
          isKeyNext = false
        }
        break
      }
      case COMMA:
        isKeyNext = open.at(-1) instanceof Set
        break
      case OBJECT:
      case LIST: {
        const isObject = text.charCodeAt(at) === OBJECT
        if (open.push(isObject ? new Set() : null) > maxDepth) {
          return `JSON nested deeper than ${maxDepth} at character ${at}`
        }
        isKeyNext = isObject
        break
      }
      case OBJECT_END:
      case LIST_END:
        open.pop()
        isKeyNext = false
        break
    }
  }
  return null
}

/** The position of the next occurrence; the text's length without one. */
function indexFrom(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from)
  return at < 0 ? text.length : at
}

/** The text of a JSON string; '' for anything else. */
function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return ''
  }
}
