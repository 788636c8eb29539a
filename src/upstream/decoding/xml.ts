import { XMLParser } from 'fast-xml-parser'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { decodeUtf8 } from './utf8.js'
import { findXmlDanger } from './xml-precheck.js'

/** Elements in one another, the root included. */
const MAX_DEPTH = 16

/** Elements that repeat: one of them must still become a list. */
const LISTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['invoice', ['invoices']],
  ['line-item', ['line-items', 'line_items']],
  ['payment_transaction', ['payment_transactions']],
  ['account', ['accounts']],
  ['application', ['applications']],
  ['service', ['services']],
  ['metric', ['metrics']],
  ['method', ['metrics']],
  ['plan', ['plans']],
])

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
  // It does not count the root.
  maxNestedTags: MAX_DEPTH - 1,
  stopNodes: [],
  unpairedTags: [],
  // Else it would join the names on the way to each element, of which few are asked for.
  jPath: false,
  // No entity of the document's own; a limit of 0 would mean none.
  processEntities: {
    enabled: true,
    maxEntityCount: 1,
    maxEntitySize: 1,
    maxExpansionDepth: 1,
    maxTotalExpansions: 100_000,
    maxExpandedLength: 4_194_304,
  },
  isArray: (name, path) => LISTS.get(name)?.includes(parentOf(String(path))) ?? false,
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
export function parseXml(body: Uint8Array, root: string, request: UpstreamRequest): unknown {
  const text = decodeUtf8(body, request)
  const danger = findXmlDanger(text)
  if (danger !== null) throw new UpstreamFormatError(danger, request)
  const document = parse(text, request)
  const roots = Object.keys(document).filter(name => name !== '#text')
  if (roots.length !== 1 || roots[0] !== root) throw new UpstreamFormatError(`its root is not <${root}>`, request)
  refuseMixedText(document[root], request)
  return document[root]
}

function parse(text: string, request: UpstreamRequest): Record<string, unknown> {
  try {
    // The second argument validates first; by itself the parser repairs what is cut or crossed.
    return parser.parse(text, true) as Record<string, unknown>
  } catch (error) {
    // The parser's message quotes the body, so only its end is kept.
    const [, line, column] = /:(\d{1,9}):(\d{1,9})$/.exec((error as Error).message) ?? []
    const place = line === undefined ? '' : `, at line ${line}, column ${column}`
    throw new UpstreamFormatError(`the body is not well-formed XML${place}`, request)
  }
}

/** Text beside elements would otherwise be lost without a word: a page of errors may have been written into the answer. */
function refuseMixedText(value: unknown, request: UpstreamRequest): void {
  if (typeof value !== 'object' || value === null) return
  const { '#text': text } = value as { readonly '#text'?: unknown }
  const isText = typeof text === 'string' && /\S/.test(text)
  if (isText && Object.keys(value).some(name => name !== '$' && name !== '#text')) {
    throw new UpstreamFormatError('it has text between its elements', request)
  }
  for (const member of Object.values(value)) refuseMixedText(member, request)
}

/** `invoices.invoice` → `invoices` */
function parentOf(path: string): string {
  return path.split('.').at(-2) ?? ''
}
