import { XMLParser } from 'fast-xml-parser'
import { UpstreamFormatError, type UpstreamRequest } from '../errors.js'
import { decodeUtf8 } from '../text.js'

const MAX_DEPTH = 16

/** Elements that repeat: one of them must still become a list. */
const LISTS: ReadonlySet<string> = new Set(['invoice', 'line-item', 'account'])
const LIST_PARENTS: ReadonlySet<string> = new Set(['invoices', 'line-items', 'line_items', 'accounts'])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  attributesGroupName: '$',
  textNodeName: '#text',
  // Text stays text: the defaults turn 12.3400 into 12.34, 0x1F into 31 and drop blanks.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  removeNSPrefix: false,
  // Despite its name this decodes numeric references; names beyond the five built-in ones are refused beforehand.
  htmlEntities: true,
  allowBooleanAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  stopNodes: [],
  unpairedTags: [],
  // No entity of the document's own; a limit of 0 would mean none.
  processEntities: {
    enabled: true,
    maxEntityCount: 1,
    maxEntitySize: 1,
    maxExpansionDepth: 1,
    maxTotalExpansions: 100_000,
    maxExpandedLength: 4_194_304,
  },
  isArray: (name, path) => LISTS.has(name) && LIST_PARENTS.has(parentOf(String(path))),
  onDangerousProperty: () => {
    throw new Error('dangerous name')
  },
})

/**
 * Reads one XML document with the given root. Leaves are strings exactly as sent; attributes stand under `$`.
 *
 * @returns the root element's value
 * @throws UpstreamFormatError for whatever is not such a document; the message quotes nothing of the body
 */
export function parseXml(body: Uint8Array, root: string, asked: UpstreamRequest): unknown {
  const text = decodeUtf8(body, asked)
  refuseDangers(text, asked)
  const document = parse(text, asked)
  const roots = Object.keys(document).filter(name => name !== '#text')
  if (roots.length !== 1 || roots[0] !== root) throw new UpstreamFormatError(`its root is not <${root}>`, asked)
  return document[root]
}

function parse(text: string, asked: UpstreamRequest): Record<string, unknown> {
  try {
    // The second argument validates first; by itself the parser repairs what is cut or crossed.
    return parser.parse(text, true) as Record<string, unknown>
  } catch {
    // The parser's message quotes the body: it is not kept as the cause.
    throw new UpstreamFormatError('the body is not well-formed XML', asked)
  }
}

/** What the wire contract never has, and what parsers have been attacked with. */
function refuseDangers(text: string, asked: UpstreamRequest): void {
  if (!text.startsWith('<')) throw new UpstreamFormatError('the body is not XML', asked)
  const declaration = /^<\?xml [^?<>]{0,100}\?>/.exec(text)?.[0] ?? ''
  const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8'
  if (!/^(utf-8|us-ascii)$/i.test(encoding)) throw new UpstreamFormatError('it declares another encoding', asked)
  // The parser drops text around an empty root.
  const elements = text.slice(declaration.length).trim()
  if (!elements.startsWith('<') || !elements.endsWith('>'))
    throw new UpstreamFormatError('it has text beside its root', asked)
  if (text.includes('<!')) throw new UpstreamFormatError('it has a DOCTYPE, CDATA or comment', asked)
  if (text.indexOf('<?', declaration.length) >= 0) throw new UpstreamFormatError('it has an instruction', asked)
  if (hasForbiddenCharacter(text)) throw new UpstreamFormatError('it has characters that XML forbids', asked)
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(text)) {
    throw new UpstreamFormatError('it has an unknown entity', asked)
  }
  for (const [, decimal, hex] of text.matchAll(/&#(?:(\d+)|x([0-9a-fA-F]+));/g)) {
    if (!isXmlCharacter(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10))) {
      throw new UpstreamFormatError('it has a reference to a forbidden character', asked)
    }
  }
}

function hasForbiddenCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 ? code !== 0x09 && code !== 0x0a && code !== 0x0d : code >= 0xfffe) return true
  }
  return false
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

/** `invoices.invoice` → `invoices` */
function parentOf(path: string): string {
  return path.split('.').at(-2) ?? ''
}
