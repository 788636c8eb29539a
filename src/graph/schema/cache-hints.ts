import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLSchema,
  getDirectiveValues,
} from 'graphql'

/** By the names of the root fields of queries: for how many seconds an answer may be kept. A field that is missing has no hint. */
export type CacheHints = ReadonlyMap<string, number>

/** Stands at root fields whose answers may be a little old. */
export const cacheControlDirective = new GraphQLDirective({
  name: 'cacheControl',
  description: 'How long the client may cache the response, privately. Without this directive, not at all.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { maxAge: { type: new GraphQLNonNull(GraphQLInt), description: 'In seconds.' } },
})

/** Reads the hints of a schema that was built from SDL. */
export function readCacheHints(schema: GraphQLSchema): CacheHints {
  const hints = new Map<string, number>()
  for (const { name, astNode } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const values = astNode && getDirectiveValues(cacheControlDirective, astNode)
    if (typeof values?.maxAge === 'number') hints.set(name, values.maxAge)
  }
  return hints
}
