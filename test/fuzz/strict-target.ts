import { isDeepStrictEqual } from 'node:util'
import { UpstreamFormatError } from '../../src/upstream/http/errors.js'
import { decodeInvoice, decodeInvoicePage } from '../../src/upstream/threescale/decode.js'
import { readInvoice, readInvoicePage } from '../../src/upstream/threescale/strict-invoices.js'
import {
  asked,
  declaration,
  invoiceElement,
  lineElement,
  pageDocument,
  partyContent,
} from '../upstream/threescale/documents.js'
import type { Target } from './fuzz.js'
import { HOSTILE_TEXTS } from './hostile.js'
import { mutateXml, XML_FRAGMENTS } from './mutate-xml.js'
import type { Random } from './random.js'
import { scrambleText, toBytes } from './scramble.js'
import { readXml, writeXml, type XmlElement } from './xml-tree.js'

/** Texts at the edges of what an invoice may hold. */
const EDGE_TEXTS: readonly [string, ...string[]] = [
  '1900-01-01',
  '1899-12-31',
  '2999-12-31',
  '3000-01-01',
  '2100-02-29',
  '2000-02-29',
  '2023-02-29',
  '2023-04-31',
  '2023-06-30',
  '2023-12-00',
  '2023-13-01',
  '2023-12-07 23:59:59 UTC',
  '2023-12-07 23:59:60 UTC',
  '2023-12-07 10:15:42 -0900',
  '2023-12-07 10:15:42 +1400',
  '2023-12-07 10:15:42 +1500',
  '2023-12-07 10:15:42 +0530',
  '2023-02-29 10:15:42 +0100',
  '12345678901234567890.12345678901234567890',
  '123456789012345678901.0',
  '-0.5',
  '1000000000000000000',
  '9999999999999999999',
  '99999999999999999999',
  '-999999999999999999',
  '999999999',
  '1000000000',
  'NZD',
  'nzd',
  'deleted',
  'w'.repeat(255),
  'w'.repeat(256),
  'n'.repeat(1_024),
  'n'.repeat(1_025),
  '&'.repeat(255),
  'a & b < c > d',
  'one\ntwo\n',
  'tab\there',
  '&lt;',
  ']]>',
]

/**
 * Mutations of a page and of a single invoice: the strict reader returns what the general decoder returns, or null. A body that
 * it leaves to the general decoder counts as refused.
 */
export function strictTarget(): Target {
  const page = pageText()
  const single = declaration + invoiceElement({ 'line-items': lines(), paid_at: '2023-12-07 10:15:42 +0100' })
  const trees = [treeOf(page), treeOf(single)] as const
  return {
    document: Buffer.from(page),
    mutate: random => {
      const index = random.onceIn(4) ? 1 : 0
      if (random.onceIn(3)) return mutateXml(trees[index], random)
      return toBytes(mutateLeaves([page, single][index] ?? '', random), random)
    },
    check: body => differenceOfPaths(body, body),
    differs: differenceOfPaths,
  }
}

/**
 * How the strict reading of the first body differs from the general one of the second; null when it does not.
 *
 * @throws UpstreamFormatError when the strict reader returned null
 */
async function differenceOfPaths(body: Uint8Array, reference: Uint8Array): Promise<string | null> {
  const page = await readInvoicePage(body)
  const invoice = await readInvoice(body)
  if (page && invoice) return 'both a page and an invoice'
  if (page) return differenceOf(page, () => decodeInvoicePage(reference, asked))
  if (invoice) return differenceOf(invoice, () => decodeInvoice(reference, asked))
  throw new UpstreamFormatError('it is outside the strict grammar', asked)
}

function differenceOf(value: object, decode: () => object): string | null {
  try {
    return isDeepStrictEqual(value, decode()) ? null : 'another value'
  } catch (error) {
    return `read strictly, but the general decoder threw ${String(error)}`
  }
}

/** Replaces the text of one to three leaf elements, some in its empty form. Now and then appends or scrambles. */
function mutateLeaves(document: string, random: Random): string {
  let text = document
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const leaves = [...text.matchAll(/<(\w+)>([^<]*)<\/\1>|<(\w+)\/>/g)]
    const leaf = random.pickAny(leaves)
    if (!leaf) return text
    const [whole, open, , empty] = leaf
    const name = open ?? empty ?? ''
    const printed = random.onceIn(6) ? `<${name}/>` : `<${name}>${leafText(leaves, random)}</${name}>`
    text = text.slice(0, leaf.index) + printed + text.slice(leaf.index + whole.length)
  }
  if (random.onceIn(20)) text += random.pick(XML_FRAGMENTS)
  return random.onceIn(8) ? scrambleText(text, random, XML_FRAGMENTS) : text
}

function leafText(leaves: readonly RegExpExecArray[], random: Random): string {
  switch (random.below(5)) {
    case 0:
      return random.pickAny(leaves)?.[2] ?? ''
    case 1:
      return random.pick(HOSTILE_TEXTS)
    case 2:
      return writeXml(random.pick(HOSTILE_TEXTS))
    case 3:
      return scrambleText(random.pick(EDGE_TEXTS), random, ['0', '1', '-', '.', ' ', '&amp;', '&#49;', '\n'])
    default:
      return writeXml(random.pick(EDGE_TEXTS))
  }
}

/** A page with repeated parties, other parties, a deleted buyer, entities, empty forms, with and without VAT. */
function pageText(): string {
  const buyer = partyContent('71').replace('Acme', 'Größe &lt;東京&gt; &amp; Söhne').replace('1 Road', '1 Road\nDock 2')
  return pageDocument([
    invoiceElement({ 'line-items': lines(), buyer }),
    invoiceElement({ id: '1202', buyer, vat_rate: null, vat_amount: null, paid_at: '2023-12-07 10:15:42 UTC' }),
    invoiceElement({
      id: '1203',
      state: 'open',
      due_on: '',
      issued_on: '',
      currency: '',
      provider: partyContent('4').replace('<city>Leeds</city>', '<city/>'),
      buyer: '<id>66</id><status>deleted</status>',
    }).replace(/<line-items>.*<\/line-items>/, '<line-items/>'),
    invoiceElement({ id: '1204', buyer: '<id>66</id><status>deleted</status>', cost: '-0.0' }),
  ])
}

function lines(): string {
  const manual = lineElement({ id: '9002', name: 'R&amp;D', cost: '-0.0125', quantity: '', type: '', metric_id: '' })
  return lineElement() + manual.replace('<metric_id></metric_id>', '<metric_id/>')
}

function treeOf(text: string): XmlElement {
  const tree = readXml(text)
  if (!tree) throw new Error('the document is not well-formed')
  return tree
}
