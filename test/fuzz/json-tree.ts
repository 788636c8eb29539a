/** JSON as it is written: members in order and as often as they come, numbers as text. */
export type JsonNode = JsonObject | JsonList | { raw: string } | string

/** An object; keys are data here, and may come twice. */
export interface JsonObject {
  members: [string, JsonNode][]
}

/** A list. */
export interface JsonList {
  items: JsonNode[]
}

/** One string, or one number: those inside strings are not numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Stands before the text of a number in what `readJson` answers. */
export const NUMBER_MARK = '#number '

/**
 * What `JSON.parse` makes of the text, numbers as marked texts. A key that comes twice counts as not well-formed: of which
 * value should then be compared?
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

/** The tree behind what `readJson` answers. */
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

/** Written as JSON. `quote` may spell strings as it likes. */
export function writeJson(node: JsonNode, quote: (text: string) => string): string {
  if (typeof node === 'string') return quote(node)
  if ('raw' in node) return node.raw
  if ('items' in node) return `[${node.items.map(item => writeJson(item, quote)).join(', ')}]`
  return `{${node.members.map(([key, member]) => `${quote(key)}: ${writeJson(member, quote)}`).join(', ')}}`
}

/** All objects and lists, the outermost first. */
export function containersOf(node: JsonNode): (JsonObject | JsonList)[] {
  if (typeof node === 'string' || 'raw' in node) return []
  const inner = 'items' in node ? node.items : node.members.map(([, member]) => member)
  return [node, ...inner.flatMap(containersOf)]
}
