import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

/**
 * Schema as seen by a client of a router: without federation's directives and `@inaccessible` elements.
 *
 * @throws Error when the subgraph does not compose
 */
export function toClientSchema(sdl: string): string {
  const { publicSdl, errors = [] } = composeServices([{ name: 'billgraph', typeDefs: parse(sdl) }])
  if (publicSdl === undefined) throw new Error(errors.map(error => error.message).join('\n'))
  return `${publicSdl.trim()}\n`
}
