import { HOSTILE_TEXTS } from './hostile.js'
import type { Random } from './random.js'
import { scrambleText, toBytes } from './scramble.js'
import { copyElement, copyNode, elementsOf, isElement, writeXml, type XmlElement, type XmlNode } from './xml-tree.js'

const NAMES: readonly [string, ...string[]] = [
  'id',
  'cost',
  'invoice',
  'invoices',
  'line-item',
  'line-items',
  'line_items',
  'buyer',
  'period',
  'pagination',
  'status',
  'error',
  'ID',
  'x:id',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '#text',
  '$',
  '@id',
  'a.b',
  '1a',
  'größe',
]

/** Pieces of XML that break parsers, or that a strict reader must not accept. */
export const XML_FRAGMENTS: readonly [string, ...string[]] = [
  '<!-- x -->',
  '<!---->',
  '<![CDATA[12]]>',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE a>',
  '<!doctype invoices [<!ENTITY x "9">]>',
  '<!ENTITY x "9">',
  '<?pi x?>',
  '<?xml version="1.0"?>',
  '&x;',
  '&amp;',
  '&lt;',
  '&#49;',
  '&#x31;',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&#13;',
  '&amp;#49;',
  '&nbsp;',
  '& ',
  '&',
  '<',
  '>',
  '/>',
  '</',
  '</id>',
  '</id/>',
  '</x/>',
  '</ id>',
  '</id\u00a0>',
  '<id>9</id>',
  '<cost>0.01</cost>',
  '<cost/>',
  '<id nil="true"/>',
  '<x>',
  '<x/>',
  '<x y="&lt;"/>',
  "<x y='1' y='2'/>",
  '<x y/>',
  '"',
  "'",
  '=',
  ' ',
  '\n',
  '\r\n',
  '\t',
  'text',
  '<html><body>Sorry</body></html>',
]

const DECLARATIONS: readonly [string, ...string[]] = [
  '',
  '<?xml version="1.0"?>\n',
  '<?xml version="1.0" encoding="us-ascii"?>',
  "<?xml version='1.0' encoding='utf-8' standalone='yes'?>",
  '<?xml version="1.1" encoding="UTF-8"?>',
  '<?xml version="1.0" encoding="ISO-8859-1"?>',
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<?xml encoding="UTF-8"?>',
  '<?xml version="2.0"?>',
  ' <?xml version="1.0"?>',
]

/** Bytes of the document after one to four changes. */
export function mutateXml(document: XmlElement, random: Random): Uint8Array {
  const root = copyElement(document)
  let changes = 1 + random.below(4)
  let scrambles = 0
  for (; changes > 0; changes--) {
    if (random.onceIn(6)) scrambles++
    else mutateTree(root, random)
  }
  const declaration = random.onceIn(15) ? random.pick(DECLARATIONS) : '<?xml version="1.0" encoding="UTF-8"?>'
  let text = declaration + writeXml(root)
  for (; scrambles > 0; scrambles--) text = scrambleText(text, random, XML_FRAGMENTS)
  return toBytes(text, random)
}

function mutateTree(root: XmlElement, random: Random): void {
  const elements = elementsOf(root)
  const target = random.pickAny(elements) ?? root
  const inner =
    target.children.findIndex(isElement) < 0 ? target : (random.pickAny(target.children.filter(isElement)) ?? target)
  const other = random.pickAny(elements) ?? root
  const at = random.below(target.children.length + 1)
  switch (random.below(13)) {
    case 0:
      target.children.splice(at, 1)
      break
    case 1: {
      const child = target.children[at]
      if (child !== undefined) target.children.splice(random.below(target.children.length + 1), 0, copyNode(child))
      break
    }
    case 2:
      swap(target.children, at, random.below(target.children.length))
      break
    case 3:
      inner.name = random.pick(random.onceIn(2) ? NAMES : [other.name])
      break
    case 4:
    case 5:
    case 6:
      // Usually replaces a text; sometimes puts text beside elements.
      if (!inner.children.some(isElement) || random.onceIn(4)) inner.children = [randomText(random)]
      break
    case 7:
      inner.attributes.push([
        random.pick([...NAMES, 'version', 'nil', 'type']),
        random.pick(['1', '', 'true', '&amp;', '&#49;']),
      ])
      break
    case 8: {
      const attribute = random.pickAny(elements.filter(one => one.attributes.length > 0).flatMap(one => one.attributes))
      if (attribute) attribute[random.below(2)] = writeXml(random.pick(HOSTILE_TEXTS)).replaceAll('"', '&quot;')
      break
    }
    case 9:
      target.children.splice(at, 0, { raw: random.pick(XML_FRAGMENTS) })
      break
    case 10: {
      const depth = random.below(random.onceIn(10) ? 200 : 18)
      const name = random.pick(NAMES)
      target.children.splice(at, 0, { raw: `<${name}>`.repeat(depth) + `</${name}>`.repeat(depth) })
      break
    }
    case 11:
      // Copies an element to where it does not belong.
      if (!elementsOf(inner).includes(other)) other.children.push(copyElement(inner))
      break
    default:
      inner.children = elementsOf(inner).includes(other) ? [] : other.children.map(copyNode)
  }
}

function randomText(random: Random): XmlNode {
  switch (random.below(4)) {
    case 0:
      return { raw: random.pick(XML_FRAGMENTS) + writeXml(random.pick(HOSTILE_TEXTS)) }
    case 1:
      return { raw: [...random.pick(HOSTILE_TEXTS)].map(sign => `&#${sign.codePointAt(0)};`).join('') }
    case 2:
      return random.pick(HOSTILE_TEXTS) + random.pick(HOSTILE_TEXTS)
    default:
      return random.pick(HOSTILE_TEXTS)
  }
}

function swap(list: XmlNode[], one: number, other: number): void {
  const [a, b] = [list[one], list[other]]
  if (a === undefined || b === undefined) return
  list[one] = b
  list[other] = a
}
