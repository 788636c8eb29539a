import type * as wire from '../../src/upstream/threescale/wire.js'
import { isElement, readXml, type XmlElement } from './xml-tree.js'

/** How the decoded page differs from the reference parser's reading; null when it does not. */
export function differenceOfPage(page: wire.InvoicePage, body: Uint8Array): string | null {
  const root = readXml(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  if (!root) return 'accepted, although not well-formed'
  const pagination = Object.fromEntries(only(root, 'pagination')?.attributes ?? [])
  const { totalPages, currentPage, perPage, totalEntries } = page.pagination
  const totals = [totalPages, currentPage, perPage, totalEntries].map(Number)
  const sent = ['total_pages', 'current_page', 'per_page', 'total_entries'].map(name => Number(pagination[name]))
  if (totals.join() !== sent.join()) return 'pagination'
  return differenceOfList(page.invoices, root, 'invoice')
}

function differenceOfList(values: readonly object[], parent: XmlElement, name: string): string | null {
  const elements = parent.children.filter(isElement).filter(child => child.name === name)
  if (elements.length !== values.length) return `${name}: ${values.length} of ${elements.length}`
  for (const [index, element] of elements.entries()) {
    const difference = differenceOf(values[index] ?? {}, element)
    if (difference !== null) return `${name} ${index}: ${difference}`
  }
  return null
}

/** Compares each member with the only child of its name. With two children of a name, neither can be trusted. */
function differenceOf(value: object, element: XmlElement): string | null {
  for (const [name, member] of Object.entries(value)) {
    if (name === 'lineItems') {
      const lines = only(element, 'line-items')
      const difference = lines ? differenceOfList(member as readonly object[], lines, 'line-item') : 'no line-items'
      if (difference !== null) return difference
      continue
    }
    const child = only(element, name)
    if (member === undefined) {
      if (element.children.some(one => isElement(one) && one.name === name)) return `${name}: left out`
    } else if (!child) return `${name}: not there once`
    else if (typeof member === 'object' && member !== null) {
      const difference = differenceOf(member, child)
      if (difference !== null) return `${name}: ${difference}`
    } else if (child.children.some(isElement) || child.children.join('') !== member) return name
  }
  return null
}

function only(parent: XmlElement, name: string): XmlElement | null {
  const [first, ...others] = parent.children.filter(isElement).filter(child => child.name === name)
  return first && others.length === 0 ? first : null
}
