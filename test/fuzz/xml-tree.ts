import { SaxesParser } from 'saxes'

/** An element with its children in order. */
export interface XmlElement {
  name: string
  /** Names and values. A mutation may repeat a name. */
  attributes: [string, string][]
  children: XmlNode[]
}

/** A string is text; `raw` is written without escaping. */
export type XmlNode = XmlElement | string | { raw: string }

/** The root element as the reference parser reads it; null when the document is not well-formed. */
export function readXml(text: string): XmlElement | null {
  const top: XmlElement = { name: '', attributes: [], children: [] }
  const open: XmlElement[] = [top]
  const parser = new SaxesParser({ xmlns: false })
  let isWellFormed = true
  parser.on('error', () => {
    isWellFormed = false
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: Object.entries(attributes), children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  const add = (read: string): void => void open.at(-1)?.children.push(read)
  parser.on('text', add)
  parser.on('cdata', add)
  parser.write(text).close()
  if (!isWellFormed) return null
  return top.children.find(isElement) ?? null
}

/** XML text of the node; names are not checked. */
export function writeXml(node: XmlNode): string {
  if (typeof node === 'string') return node.replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;' })[sign] ?? '&gt;')
  if ('raw' in node) return node.raw
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${value}"`).join('')
  if (node.children.length === 0) return `<${node.name}${attributes}/>`
  return `<${node.name}${attributes}>${node.children.map(writeXml).join('')}</${node.name}>`
}

export function isElement(node: XmlNode): node is XmlElement {
  return typeof node === 'object' && 'name' in node
}

/** A deep copy. `structuredClone` took a sixth of a run. */
export function copyElement({ name, attributes, children }: XmlElement): XmlElement {
  return { name, attributes: attributes.map(([key, value]) => [key, value]), children: children.map(copyNode) }
}

export function copyNode(node: XmlNode): XmlNode {
  if (typeof node === 'string') return node
  return isElement(node) ? copyElement(node) : { ...node }
}

/** The element and all elements within it. */
export function elementsOf(root: XmlElement): XmlElement[] {
  return [root, ...root.children.filter(isElement).flatMap(elementsOf)]
}
