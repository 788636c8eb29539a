/** Number printed from its text, since JavaScript would drop the `.0` of a float. */
export class JsonFloat {
  constructor(readonly text: string) {}
}

/** Value in a JSON document. A key with the value `undefined` is omitted. */
export type JsonValue = string | number | boolean | null | JsonFloat | readonly JsonValue[] | JsonObject

/** Object with its members in printing order. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined
}

/** JSON document on one line, without spaces. */
export function printJson(value: JsonValue): string {
  if (value instanceof JsonFloat) return value.text
  if (isList(value)) return `[${value.map(printJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${JSON.stringify(name)}:${printJson(member)}`],
  )
  return `{${members.join(',')}}`
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
