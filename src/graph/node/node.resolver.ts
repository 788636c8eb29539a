import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { formatGlobalId } from '../../domain/global-id.js'
import type { Context } from '../context.js'
import { BadInputError } from '../errors/bad-input.js'
import { ASKS_UPSTREAM, listOf } from '../schema/query-cost.js'
import { readGlobalId } from './global-id.js'
import { loadNode, type NodeValue } from './load-node.js'
import { NodeType } from './node.type.js'

const MAX_IDS = 100

@Resolver(() => NodeType)
export class NodeResolver {
  @Directive(ASKS_UPSTREAM)
  @Query(() => NodeType, {
    nullable: true,
    description: 'A node by its global id; null if it does not exist.',
  })
  node(
    @Arg('id', () => ID, { description: 'The global id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<NodeValue | null> {
    return loadNode(loaders, readGlobalId('id', id))
  }

  @Directive(ASKS_UPSTREAM)
  @Directive(listOf(MAX_IDS))
  @Query(() => [NodeType], {
    nullable: 'items',
    description: 'Up to 100 nodes by their global ids, in the same order; null for each that does not exist.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Up to 100 global ids.' }) ids: string[],
    @Ctx() { loaders }: Context,
  ): Promise<(NodeValue | Error | null)[]> {
    if (ids.length > MAX_IDS) throw new BadInputError('ids', ids.length, `a list of at most ${MAX_IDS} ids`)
    // One wrong id leaves a gap and an error in its own place.
    const load = async (id: string) => loadNode(loaders, readGlobalId('ids', id))
    return Promise.all(ids.map(id => load(id).catch((error: Error) => error)))
  }

  @FieldResolver()
  id(@Root() node: NodeValue): string {
    return formatGlobalId(node)
  }
}
