import { isAscii } from 'node:buffer'

/** Tags of an element without child elements, in the three forms that the server prints. */
export interface LeafTags {
  readonly start: string
  readonly end: string
  readonly empty: string
}

/** Thrown where a body leaves the strict grammar. Allocated once: giving up must cost nothing. */
const NOT_STRICT = new Error('the body is not in the strict grammar')

/** What keeps a text from being taken as it is: entities, line breaks, and characters that XML forbids. */
const NOT_PLAIN = /[^ -%'-=?-\ufffd]/
/** What the server does not print in a text. `<` cannot occur: the text ends before it. */
const NOT_PRINTED = /[^\t\n -=?-\ufffd]|&(?!(?:amp|lt|gt);)/
const ENTITY = /&(?:amp|lt|gt);/g
/** The general decoder accepts names of this length, and longer descriptions, which are left to it. */
const MAX_TEXT_LENGTH = 1_024
/** The largest response that is accepted. A body of this size stays within the general decoder's limits on elements. */
const MAX_BYTES = 8 * 1024 * 1024
/** As many as the general parser expands. */
const MAX_ENTITIES = 100_000

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The tags of the leaf element of that name. */
export function leafTags(name: string): LeafTags {
  return { start: `<${name}>`, end: `</${name}>`, empty: `<${name}/>` }
}

/** What `read` returns; null where it left the strict grammar, and for a body that is too large or not UTF-8. */
export async function readStrictly<T>(body: Uint8Array, read: (xml: StrictXml) => T | Promise<T>): Promise<T | null> {
  const text = decodeText(body)
  if (text === null) return null
  try {
    return await read(new StrictXml(text))
  } catch (error) {
    if (error === NOT_STRICT) return null
    throw error
  }
}

/** Gives up on the body: the general parser decides. */
export function giveUp(): never {
  throw NOT_STRICT
}

function decodeText(body: Uint8Array): string | null {
  if (body.byteLength > MAX_BYTES) return null
  if (isAscii(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  try {
    return utf8.decode(body)
  } catch {
    return null
  }
}

/**
 * Cursor over a document in a fixed grammar: literal tags, and leaf elements in a fixed order. Each method either consumes what it
 * names or gives up.
 */
export class StrictXml {
  /** Characters consumed. */
  at = 0
  private entities = 0

  constructor(private readonly text: string) {}

  /** Consumes the literal. */
  skip(literal: string): void {
    if (!this.skipIf(literal)) giveUp()
  }

  /** Whether the literal is next. Consumes nothing. */
  isNext(literal: string): boolean {
    return this.text.startsWith(literal, this.at)
  }

  /** Consumes the literal if it is next. */
  skipIf(literal: string): boolean {
    if (!this.text.startsWith(literal, this.at)) return false
    this.at += literal.length
    return true
  }

  /** Gives up unless everything is consumed. */
  end(): void {
    if (this.at !== this.text.length) giveUp()
  }

  /** The source consumed since `from`. */
  since(from: number): string {
    return this.text.slice(from, this.at)
  }

  /** Text of a leaf element whose whole content matches the pattern. */
  matching(tags: LeafTags, pattern: RegExp): string {
    const text = this.content(tags)
    return pattern.test(text) ? text : giveUp()
  }

  /** Text of a leaf element, entities decoded. */
  freeText(tags: LeafTags): string {
    const sent = this.content(tags)
    const text = NOT_PLAIN.test(sent) ? this.printed(sent) : sent
    return text.length <= MAX_TEXT_LENGTH ? text : giveUp()
  }

  /** Groups of the sticky pattern, which has to match here. */
  groups(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text) ?? giveUp()
    this.at = pattern.lastIndex
    return match
  }

  private content({ start, end, empty }: LeafTags): string {
    const { text } = this
    if (!this.skipIf(start)) {
      this.skip(empty)
      return ''
    }
    const from = this.at
    const to = text.indexOf('<', from)
    if (to < 0) giveUp()
    this.at = to
    this.skip(end)
    return text.slice(from, to)
  }

  private printed(text: string): string {
    if (NOT_PRINTED.test(text)) giveUp()
    if (!text.includes('&')) return text
    return text.replace(ENTITY, entity => {
      if (++this.entities > MAX_ENTITIES) giveUp()
      return entity === '&amp;' ? '&' : entity === '&lt;' ? '<' : '>'
    })
  }
}
