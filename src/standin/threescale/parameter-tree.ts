/** Parameter: text, or a nested value of brackets or JSON. Other JSON scalars are converted to text. */
export type ParameterValue = string | readonly ParameterValue[] | ParameterTree

/** Parameters by name. */
export type ParameterTree = Map<string, ParameterValue>

/**
 * Parses a body as the server does: forms and JSON only.
 *
 * @returns `undefined` for a body of another type or without a type, which is ignored
 */
export function parseBody(contentType: string | undefined, body: string): ParameterTree | 'malformed' | undefined {
  switch (contentType?.split(';')[0]?.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return parsePairs(new URLSearchParams(body))
    case 'application/json':
      return parseJson(body)
    default:
      return undefined
  }
}

/** Parses `name=`, `name[key]=` and `name[]=`. The last value of a repeated name is used. */
export function parsePairs(pairs: URLSearchParams): ParameterTree {
  const tree: ParameterTree = new Map()
  for (const [name, value] of pairs) {
    const [, stem = name, key] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? []
    const held = tree.get(stem)
    if (key === undefined) tree.set(name, value)
    else if (key === '') tree.set(stem, [...(Array.isArray(held) ? held : []), value])
    else tree.set(stem, new Map([...(held instanceof Map ? held : []), [key, value]]))
  }
  return tree
}

/** Value of a parameter if it is text. */
export function textOf(tree: ParameterTree, name: string): string | undefined {
  const value = tree.get(name)
  return typeof value === 'string' ? value : undefined
}

function parseJson(body: string): ParameterTree | 'malformed' {
  if (body.trim() === '') return new Map()
  try {
    const value = toParameter(JSON.parse(body))
    return value instanceof Map ? value : new Map([['_json', value]])
  } catch {
    return 'malformed'
  }
}

function toParameter(value: unknown): ParameterValue {
  if (Array.isArray(value)) return value.map(toParameter)
  if (typeof value !== 'object') return String(value)
  // A null is a parameter without a value, the same as a blank one.
  if (value === null) return ''
  return new Map(Object.entries(value).map(([name, member]) => [name, toParameter(member)]))
}
