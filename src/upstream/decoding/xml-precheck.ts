const LESS = 0x3c
const GREATER = 0x3e
const QUOTE = 0x22
const APOSTROPHE = 0x27
const SLASH = 0x2f
const EQUALS = 0x3d

/** Attributes take many times their size in memory. Of the wire contract, only roots, pages and plans have any, five at most. */
const MAX_ATTRIBUTES = 10_000
/** A page of a hundred invoices of 250 lines has a quarter of this. */
const MAX_ELEMENTS = 1_000_000

/** The declaration as XML 1.0 has it. */
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"([\w.-]{1,40})"|'([\w.-]{1,40})'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/

/**
 * Finds what the wire contract never has: known attacks on parsers, and malformed XML that fast-xml-parser accepts. Takes linear
 * time.
 *
 * @returns the finding, without quoting the text; null for none
 */
export function findXmlDanger(text: string): string | null {
  if (!text.startsWith('<')) return 'the body is not XML'
  const [declaration = '', quoted, apostrophed] = DECLARATION.exec(text) ?? []
  if (declaration === '' && /^<\?xml\s/.test(text)) return 'its declaration is not that of XML 1.0'
  if (!/^(utf-8|us-ascii)$/i.test(quoted ?? apostrophed ?? 'utf-8')) return 'it declares another encoding'
  // The parser ignores text around an empty root.
  const elements = text.slice(declaration.length).trim()
  if (!elements.startsWith('<') || !elements.endsWith('>')) return 'it has text beside its root'
  if (text.includes('<!')) return 'it has a DOCTYPE, CDATA or comment'
  if (text.includes(']]>')) return 'it has the end of a CDATA section'
  if (text.indexOf('<?', declaration.length) >= 0) return 'it has an instruction'
  if (hasForbiddenCharacter(text)) return 'it has characters that XML forbids'
  const oddity = findTagOddity(text)
  if (oddity !== null) return oddity
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(text)) return 'it has an unknown entity'
  for (const [, decimal, hex] of text.matchAll(/&#(?:(\d+)|x([0-9a-fA-F]+));/g)) {
    if (!isXmlCharacter(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10))) {
      return 'it has a reference to a forbidden character'
    }
  }
  return null
}

function hasForbiddenCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 ? code !== 0x09 && code !== 0x0a && code !== 0x0d : code >= 0xfffe) return true
  }
  return false
}

const MALFORMED = 'the body is not well-formed XML'

/**
 * Finds malformed tags that fast-xml-parser accepts: with `<` inside, without an end, with a misplaced slash (`</a/>` ends any
 * open element), with `=` after a value, or with white space that is such in JavaScript only (it would be trimmed). Finds too many
 * elements and attributes.
 */
function findTagOddity(text: string): string | null {
  let elements = 0
  let attributes = 0
  let isInTag = false
  let isEndTag = false
  /** The quote of the open attribute value. */
  let quote: number | null = null
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!isInTag) {
      isInTag = code === LESS
      isEndTag = text.charCodeAt(at + 1) === SLASH
      if (isInTag && isEndTag) at++
      else if (isInTag && ++elements > MAX_ELEMENTS) return `it has more than ${MAX_ELEMENTS} elements`
    } else if (code === LESS) return MALFORMED
    else if (quote !== null) quote = code === quote ? null : quote
    else if (code === QUOTE || code === APOSTROPHE) quote = code
    else if (code === GREATER) isInTag = false
    else if (code === EQUALS) {
      if (/["'][ \t\r\n]?$/.test(text.slice(at - 2, at))) return MALFORMED
      if (++attributes > MAX_ATTRIBUTES) return `it has more than ${MAX_ATTRIBUTES} attributes`
    } else if (code === SLASH) {
      if (isEndTag || text.charCodeAt(at + 1) !== GREATER) return MALFORMED
    } else if (code > 0x7f && /\s/.test(text.charAt(at))) return MALFORMED
  }
  return isInTag ? MALFORMED : null
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}
