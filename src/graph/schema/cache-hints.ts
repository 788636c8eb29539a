import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLSchema,
  getDirectiveValues,
} from 'graphql'

/** Cache lifetimes in seconds, by the names of query fields. A field without an entry must not be cached. */
export type CacheHints = ReadonlyMap<string, number>

/** Marks query fields whose responses clients may cache. */
export const cacheControlDirective = new GraphQLDirective({
  name: 'cacheControl',
  description: 'How long the client may cache the response, privately. Without this directive, not at all.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { maxAge: { type: new GraphQLNonNull(GraphQLInt), description: 'In seconds.' } },
})

/** The cache hints of a schema that was built from SDL. */
export function readCacheHints(schema: GraphQLSchema): CacheHints {
  const hints = new Map<string, number>()
  for (const { name, astNode } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const values = astNode && getDirectiveValues(cacheControlDirective, astNode)
    if (typeof values?.maxAge === 'number') hints.set(name, values.maxAge)
  }
  return hints
}
