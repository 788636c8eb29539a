import type { GraphQLResolverMap } from '@apollo/subgraph'

const PAYLOADS = ['InvoicePayload', 'LineItemPayload', 'OnChargePayload', 'WriteIntentPayload'] as const

const QUERY = `
  """The whole graph, to read what the write has changed in the same request."""
  query: Query! @inaccessible
`

/**
 * Adds the field `query` to the payloads of mutations. Decorators cannot refer to the type Query, which the schema builder makes
 * itself. It is inaccessible behind a router: there the type Query has fields of other subgraphs, which a payload cannot lead to.
 */
export function addQueryToPayloads(sdl: string): string {
  return PAYLOADS.reduce(
    (text, type) => text.replace(new RegExp(`^type ${type}\\b[^{]*\\{`, 'm'), start => start + QUERY),
    sdl,
  )
}

/** The resolvers with that field. */
export function withQueryOfPayloads(resolvers: GraphQLResolverMap<unknown>): GraphQLResolverMap<unknown> {
  const added = PAYLOADS.map(type => [type, { ...(resolvers[type] as object), query: () => ({}) }])
  return { ...resolvers, ...Object.fromEntries(added) }
}
