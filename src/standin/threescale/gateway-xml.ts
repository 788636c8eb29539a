import type { GatewayObject, GatewayValue } from './payment-data.js'
import { branch, branchOrEmpty, empty, escapeText, leaf, type XmlAttributes } from './xml.js'

/** Elements of a gateway's response, with Rails's type attributes on values that are not text. They occur only here. */
export function gatewayXml(name: string, response: GatewayObject): string {
  const children = Object.entries(response).map(([child, value]) => valueXml(child, value))
  return branchOrEmpty(name, children)
}

function valueXml(name: string, value: GatewayValue): string {
  if (value === null) return empty(name, { nil: true })
  switch (typeof value) {
    case 'boolean':
      return typed(name, String(value), { type: 'boolean' })
    case 'symbol':
      return typed(name, value.description ?? '', { type: 'symbol' })
    case 'object':
      return isList(value) ? listXml(name, value) : gatewayXml(name, value)
    default:
      return leaf(name, value)
  }
}

// The items of `cards` are `card` elements.
function listXml(name: string, values: readonly GatewayObject[]): string {
  const singular = name.replace(/s$/, '')
  return branchOrEmpty(
    name,
    values.map(value => gatewayXml(singular, value)),
  )
}

function isList(value: readonly GatewayObject[] | GatewayObject): value is readonly GatewayObject[] {
  return Array.isArray(value)
}

function typed(name: string, text: string, attributes: XmlAttributes): string {
  return branch(name, [escapeText(text)], attributes)
}
