import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

/**
 * The schema as a client sees it through a router: without federation's own directives, and without what is `@inaccessible`.
 *
 * @throws Error when the SDL is no subgraph that composes
 */
export function toClientSchema(sdl: string): string {
  const { publicSdl, errors = [] } = composeServices([{ name: 'billgraph', typeDefs: parse(sdl) }])
  if (publicSdl === undefined) throw new Error(errors.map(error => error.message).join('\n'))
  return `${publicSdl.trim()}\n`
}
