import { XMLParser } from 'fast-xml-parser'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import { decodeUtf8 } from './utf8.js'
import { findXmlDanger } from './xml-precheck.js'

/** Nesting depth, the root included. */
const MAX_DEPTH = 16

/** Repeated elements and their parents: a single one must become a list, too. */
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
  // The defaults would turn 12.3400 into 12.34, 0x1F into 31, and trim blanks.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  removeNSPrefix: false,
  // Also decodes numeric references. Entity names other than XML's five are refused beforehand.
  htmlEntities: true,
  allowBooleanAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // The parser does not count the root.
  maxNestedTags: MAX_DEPTH - 1,
  stopNodes: [],
  unpairedTags: [],
  // Otherwise the parser would join the path of every element, although few are used.
  jPath: false,
  // No entity declarations. A limit of 0 would mean no limit.
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
 * Parses one XML document with the given root. Leaves are strings exactly as sent; attributes are under `$`.
 *
 * @returns the root element's value
 * @throws UpstreamFormatError for any other body; the message quotes nothing of it
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
    // `true` validates first: without it the parser repairs what is truncated or wrongly nested.
    return parser.parse(text, true) as Record<string, unknown>
  } catch (error) {
    // The parser's message quotes the body, so only the position at its end is used.
    const [, line, column] = /:(\d{1,9}):(\d{1,9})$/.exec((error as Error).message) ?? []
    const place = line === undefined ? '' : `, at line ${line}, column ${column}`
    throw new UpstreamFormatError(`the body is not well-formed XML${place}`, request)
  }
}

/** Text between elements would be dropped silently, although it may be an error page written into the response. */
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
