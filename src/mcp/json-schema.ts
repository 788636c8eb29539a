/** A JSON Schema, as tools of the Model Context Protocol state their arguments and results. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON type of a scalar. Amounts, dates and ids are strings. */
export function typeOfScalar(name: string): 'string' | 'integer' | 'number' | 'boolean' {
  switch (name) {
    case 'Int':
      return 'integer'
    case 'Float':
      return 'number'
    case 'Boolean':
      return 'boolean'
    default:
      return 'string'
  }
}
