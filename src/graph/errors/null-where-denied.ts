import type { GraphQLResolveInfo } from 'graphql'
import { UpstreamDeniedError } from '../../upstream/http/errors.js'
import type { Context } from '../context.js'
import { pathOf } from './path-of.js'

/**
 * Null where the gateway's credential may not look: a token for billing alone still gives whole bills, and what it lacks is
 * told once, not at every line.
 */
export async function nullWhereDenied<T>(
  { failures }: Context,
  info: GraphQLResolveInfo,
  asked: Promise<T | null>,
): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof UpstreamDeniedError)) throw error
    failures.report([error], pathOf(info))
    return null
  }
}
