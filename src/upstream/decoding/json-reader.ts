import { JsonNumber } from './json-number.js'

/** Deeper than any body of the wire contract. */
const MAX_DEPTH = 64

/**
 * Parses JSON text and keeps its numbers as text. One pass: `JSON.parse` with a reviver, which hands out a number's text, takes ten
 * times as long, and needs another pass for duplicate keys.
 *
 * @throws SyntaxError for what `parseJson` refuses; the message quotes nothing of the text
 */
export function parseExactJson(text: string): unknown {
  return new JsonReader(text).read()
}

const QUOTE = 0x22
const MINUS = 0x2d
const POINT = 0x2e
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const LIST = 0x5b
const LIST_END = 0x5d
const OBJECT = 0x7b
const OBJECT_END = 0x7d
const ZERO = 0x30
const NINE = 0x39
/** Control characters are before it. */
const SPACE = 0x20
/** A letter of ASCII in lower case has this bit. */
const LOWER_CASE = 0x20
const LETTER_E = 0x65

/** Reads a value from each position on. Past the end, a character code is NaN, which is none of those that are looked for. */
class JsonReader {
  private at = 0
  private depth = 0

  constructor(private readonly text: string) {}

  read(): unknown {
    const value = this.value()
    this.next()
    if (this.at < this.text.length) throw notJson()
    return value
  }

  /** Skips blanks. The code of the character after them. */
  private next(): number {
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
    }
  }

  private value(): unknown {
    switch (this.next()) {
      case QUOTE:
        return this.string()
      case OBJECT:
        return this.object()
      case LIST:
        return this.list()
      case 0x74:
        return this.word('true', true)
      case 0x66:
        return this.word('false', false)
      case 0x6e:
        return this.word('null', null)
      default:
        return this.number()
    }
  }

  private object(): unknown {
    const object: Record<string, unknown> = {}
    this.enter()
    if (this.next() !== OBJECT_END) {
      do {
        this.member(object)
      } while (this.hasMore(OBJECT_END))
    }
    this.leave()
    return object
  }

  private member(object: Record<string, unknown>): void {
    if (this.next() !== QUOTE) throw notJson()
    const begin = this.at
    const key = this.string()
    if (Object.hasOwn(object, key)) throw new SyntaxError(`a duplicate key at character ${begin}`)
    if (this.next() !== COLON) throw notJson()
    this.at++
    const value = this.value()
    if (key !== '__proto__') object[key] = value
    else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  }

  private list(): unknown {
    const list: unknown[] = []
    this.enter()
    if (this.next() !== LIST_END) {
      do {
        list.push(this.value())
      } while (this.hasMore(LIST_END))
    }
    this.leave()
    return list
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw new SyntaxError(`JSON nested deeper than ${MAX_DEPTH} at character ${this.at}`)
    }
    this.at++
  }

  private leave(): void {
    this.depth--
    this.at++
  }

  /** True after a comma, false before the end. */
  private hasMore(end: number): boolean {
    const code = this.next()
    if (code === end) return false
    if (code !== COMMA) throw notJson()
    this.at++
    return true
  }

  private string(): string {
    const begin = this.at + 1
    for (let at = begin; ; at++) {
      const code = this.text.charCodeAt(at)
      if (code === QUOTE) {
        this.at = at + 1
        return this.text.slice(begin, at)
      }
      if (code === BACKSLASH) return this.escapedString(at)
      if (!(code >= SPACE)) throw notJson()
    }
  }

  /** A string with a backslash, the first one at a position. */
  private escapedString(backslash: number): string {
    const begin = this.at
    let at = backslash
    for (; this.text.charCodeAt(at) !== QUOTE; at++) {
      if (this.text.charCodeAt(at) === BACKSLASH) at++
      if (at >= this.text.length) throw notJson()
    }
    this.at = at + 1
    const string = unescaped(this.text.slice(begin, this.at))
    if (!string.isWellFormed()) throw new SyntaxError(`half a surrogate pair at character ${begin}`)
    return string
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw notJson()
    this.at += word.length
    return value
  }

  private number(): JsonNumber {
    const begin = this.at
    if (this.text.charCodeAt(this.at) === MINUS) this.at++
    if (this.text.charCodeAt(this.at) === ZERO) this.at++
    else this.digits()
    if (this.text.charCodeAt(this.at) === POINT) {
      this.at++
      this.digits()
    }
    if ((this.text.charCodeAt(this.at) | LOWER_CASE) === LETTER_E) {
      this.at++
      const code = this.text.charCodeAt(this.at)
      if (code === MINUS || code === 0x2b) this.at++
      this.digits()
    }
    return new JsonNumber(this.text.slice(begin, this.at))
  }

  /** One digit or more. */
  private digits(): void {
    const begin = this.at
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (!(code >= ZERO && code <= NINE)) break
    }
    if (this.at === begin) throw notJson()
  }
}

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // V8's message quotes the text, which may hold a secret.
    throw notJson()
  }
}

function notJson(): SyntaxError {
  return new SyntaxError('the body is not JSON')
}
