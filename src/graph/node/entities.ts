import type { GraphQLSchema, GraphQLUnionType } from 'graphql'
import type { GlobalId } from '../../domain/global-id.js'
import { isProjectId, isThreescaleId } from '../../domain/native-id.js'
import { isBillDate } from '../../domain/period.js'
import type { Context } from '../context.js'
import { toKey } from '../customer/customer.args.js'
import { toCustomerPrefix } from '../customer-cost/prefix.js'
import { BadInputError } from '../errors/bad-input.js'
import { readGlobalId } from './global-id.js'
import { loadNode, type NodeValue } from './load-node.js'

/** A router's reference to an entity: its type and one of its keys. */
interface Representation {
  readonly __typename?: unknown
  readonly id?: unknown
  readonly source?: unknown
  readonly nativeId?: unknown
  readonly prefix?: unknown
  readonly key?: unknown
}

const ENTITIES = ['Invoice', 'LineItem', 'Buyer', 'Provider', 'Payment', 'Contract', 'Metric', 'Customer'] as const

type Entity = (typeof ENTITIES)[number]

/**
 * Makes the schema resolve entity references through the loaders: many references take few upstream calls, a missing entity is null,
 * and a malformed representation is an error at its own index.
 *
 * The resolver of `@apollo/subgraph` throws at the first unknown type, and leaves rejections of earlier references unhandled.
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

/**
 * The key in a representation.
 *
 * @throws BadInputError for an unknown type or a malformed key
 */
function readKey(representation: Representation): GlobalId {
  const { __typename, id, source, nativeId } = representation
  const entity = ENTITIES.find(one => one === __typename)
  if (!entity) throw new BadInputError('representations.__typename', __typename, `one of ${ENTITIES.join(', ')}`)
  if (typeof id === 'string') return readGlobalId('representations.id', id, entity)
  if (entity === 'Customer') {
    if (representation.key != null) return { type: 'Customer', key: toKey('representations.key', representation.key) }
    return { type: 'Customer', prefix: toCustomerPrefix('representations.prefix', representation.prefix) }
  }
  const native = typeof nativeId === 'string' ? readNativeKey(entity, source, nativeId) : null
  if (!native) throw new BadInputError('representations', representation, `a key of ${entity}`)
  return native
}

/** The key `source nativeId`, which only invoices and buyers have; null when malformed. */
function readNativeKey(entity: Entity, source: unknown, nativeId: string): GlobalId | null {
  if (entity !== 'Invoice' && entity !== 'Buyer') return null
  if (source === 'THREESCALE') return isThreescaleId(nativeId) ? { type: entity, source, nativeId } : null
  if (source !== 'CATALYST') return null
  const [project = '', ...rest] = nativeId.split('/')
  const isComplete = entity === 'Buyer' ? rest.length === 0 : rest.length === 1 && isBillDate(rest[0] ?? '')
  return isProjectId(project) && isComplete ? { type: entity, source, nativeId } : null
}
