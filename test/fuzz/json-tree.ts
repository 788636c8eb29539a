/** A JSON document as written: members in order with repeated keys, numbers as text. */
export type JsonNode = JsonObject | JsonList | { raw: string } | string

/** An object. Keys are data here and may repeat. */
export interface JsonObject {
  members: [string, JsonNode][]
}

/** An array. */
export interface JsonList {
  items: JsonNode[]
}

/** Matches one string or one number, so that digits inside strings are not taken for numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Prefix of a number's text in the result of `readJson`. */
export const NUMBER_MARK = '#number '

/**
 * The result of `JSON.parse` with numbers as marked texts; null when the text is not well-formed. A repeated key counts as not
 * well-formed, because it is ambiguous which value to compare.
 */
export function readJson(text: string): { readonly value: unknown } | null {
  try {
    JSON.parse(text)
    const value: unknown = JSON.parse(
      text.replace(TOKENS, token => (token.startsWith('"') ? token : JSON.stringify(NUMBER_MARK + token))),
    )
    const keysSent = [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)].filter(match => match[1] === ':').length
    return keysSent === countKeys(value) ? { value } : null
  } catch {
    return null
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const members: readonly unknown[] = Object.values(value)
  const own = Array.isArray(value) ? 0 : members.length
  return members.reduce<number>((sum, member) => sum + countKeys(member), own)
}

/** The tree of a value from `readJson`. */
export function toTree(value: unknown): JsonNode {
  if (typeof value === 'string') {
    return value.startsWith(NUMBER_MARK) ? { raw: value.slice(NUMBER_MARK.length) } : value
  }
  if (Array.isArray(value)) return { items: value.map(toTree) }
  if (typeof value === 'object' && value !== null) {
    return { members: Object.entries(value).map(([key, member]) => [key, toTree(member)]) }
  }
  return { raw: JSON.stringify(value) }
}

/** JSON text of the tree. `quote` writes a string. */
export function writeJson(node: JsonNode, quote: (text: string) => string): string {
  if (typeof node === 'string') return quote(node)
  if ('raw' in node) return node.raw
  if ('items' in node) return `[${node.items.map(item => writeJson(item, quote)).join(', ')}]`
  return `{${node.members.map(([key, member]) => `${quote(key)}: ${writeJson(member, quote)}`).join(', ')}}`
}

/** All objects and arrays, outermost first. */
export function containersOf(node: JsonNode): (JsonObject | JsonList)[] {
  if (typeof node === 'string' || 'raw' in node) return []
  const inner = 'items' in node ? node.items : node.members.map(([, member]) => member)
  return [node, ...inner.flatMap(containersOf)]
}
