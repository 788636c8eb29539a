import type { GraphQLResolveInfo } from 'graphql'
import { BadInputError } from './bad-input.js'
import type { Context } from './context.js'
import { isProjectId, isThreescaleId, parseGlobalId } from './global-id.js'
import { loadNode, type NodeValue } from './load-node.js'
import { wantsLines } from './selection.js'

/** What a router sends to ask for an entity: one of its keys. */
interface Representation {
  readonly id?: unknown
  readonly source?: unknown
  readonly nativeId?: unknown
}

type Entity = 'Invoice' | 'LineItem' | 'Buyer' | 'Provider'

/** Resolvers of references from other subgraphs, through the loaders: many references are few calls. */
export const references = {
  Invoice: { __resolveReference: referenceTo('Invoice') },
  LineItem: { __resolveReference: referenceTo('LineItem') },
  Buyer: { __resolveReference: referenceTo('Buyer') },
  Provider: { __resolveReference: referenceTo('Provider') },
}

function referenceTo(entity: Entity) {
  // Asynchronous, so that a malformed key is an error in its own place and nowhere else.
  return async (key: Representation, { loaders }: Context, info: GraphQLResolveInfo): Promise<NodeValue | null> =>
    loadNode(loaders, parseGlobalId('id', toId(entity, key), entity), wantsLines(info))
}

function toId(entity: Entity, { id, source, nativeId }: Representation): string {
  if (typeof id === 'string') return id
  const kind = entity.toLowerCase()
  if (source === 'THREESCALE' && typeof nativeId === 'string' && isThreescaleId(nativeId)) {
    return `threescale:${kind}:${nativeId}`
  }
  if (source === 'CATALYST' && typeof nativeId === 'string' && isProjectId(nativeId.split('/')[0] ?? '')) {
    return `catalyst:${kind}:${nativeId.replace('/', ':')}`
  }
  throw new BadInputError('representations', { source, nativeId }, `a key of ${entity}`)
}
