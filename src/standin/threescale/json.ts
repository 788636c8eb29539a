/** A number that is printed as it is written here: JavaScript would drop the `.0` of a float. */
export class JsonFloat {
  constructor(readonly text: string) {}
}

/** What a JSON document holds. A key whose value is undefined is left out. */
export type JsonValue = string | number | boolean | null | JsonFloat | readonly JsonValue[] | JsonObject

/** Names and values in printing order. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined
}

/** Prints a document on one line, without spaces. */
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
