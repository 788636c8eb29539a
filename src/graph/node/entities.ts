import type { GraphQLSchema, GraphQLUnionType } from 'graphql'
import type { GlobalId } from '../../domain/global-id.js'
import { isProjectId, isThreescaleId } from '../../domain/native-id.js'
import { isBillDate } from '../../domain/period.js'
import type { Context } from '../context.js'
import { toCustomerPrefix } from '../customer-cost/prefix.js'
import { BadInputError } from '../errors/bad-input.js'
import { readGlobalId } from './global-id.js'
import { loadNode, type NodeValue } from './load-node.js'

/** What a router sends to ask for an entity: its type and one of its keys. */
interface Representation {
  readonly __typename?: unknown
  readonly id?: unknown
  readonly source?: unknown
  readonly nativeId?: unknown
  readonly prefix?: unknown
}

const ENTITIES = ['Invoice', 'LineItem', 'Buyer', 'Provider', 'Payment', 'Contract', 'Metric', 'Customer'] as const

type Entity = (typeof ENTITIES)[number]

/**
 * Lets the schema resolve references from other subgraphs through the loaders: many references are few calls, a missing entity
 * is null, a malformed representation is an error in its own place.
 *
 * The library's own resolver gives up at the first unknown type, and leaves the failures of those before it to nobody.
 */
export function serveEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()._entities
  const union = schema.getType('_Entity') as GraphQLUnionType | undefined
  if (!field || !union) throw new TypeError('the schema has no entities')
  union.resolveType = (value: NodeValue) => value.kind
  field.resolve = (_source: unknown, { representations }: { representations: unknown[] }, context: Context) =>
    Promise.all(representations.map(one => loadEntity(one, context).catch((error: Error) => error)))
}

async function loadEntity(representation: unknown, { loaders }: Context): Promise<NodeValue | null> {
  return loadNode(loaders, readKey((representation ?? {}) as Representation))
}

/** @throws BadInputError for what is no key of an entity */
function readKey(representation: Representation): GlobalId {
  const { __typename, id, source, nativeId } = representation
  const entity = ENTITIES.find(one => one === __typename)
  if (!entity) throw new BadInputError('representations.__typename', __typename, `one of ${ENTITIES.join(', ')}`)
  if (typeof id === 'string') return readGlobalId('representations.id', id, entity)
  if (entity === 'Customer') {
    return { type: 'Customer', prefix: toCustomerPrefix('representations.prefix', representation.prefix) }
  }
  const native = typeof nativeId === 'string' ? readNativeKey(entity, source, nativeId) : null
  if (!native) throw new BadInputError('representations', representation, `a key of ${entity}`)
  return native
}

/** Only what other teams know by its own number has a second key. */
function readNativeKey(entity: Entity, source: unknown, nativeId: string): GlobalId | null {
  if (entity !== 'Invoice' && entity !== 'Buyer') return null
  if (source === 'THREESCALE') return isThreescaleId(nativeId) ? { type: entity, source, nativeId } : null
  if (source !== 'CATALYST') return null
  const [project = '', ...rest] = nativeId.split('/')
  const isComplete = entity === 'Buyer' ? rest.length === 0 : rest.length === 1 && isBillDate(rest[0] ?? '')
  return isProjectId(project) && isComplete ? { type: entity, source, nativeId } : null
}
