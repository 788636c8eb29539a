import type { GraphQLResolveInfo } from 'graphql'
import { UpstreamDeniedError } from '../../upstream/http/errors.js'
import type { Context } from '../context.js'
import { pathOf } from './partial-failures.js'

/**
 * The awaited value; null when the upstream denies access. A token for billing alone can still read bills, and the missing permission
 * is reported once, not at every line.
 */
export async function nullWhereDenied<T>(
  { failures }: Context,
  info: GraphQLResolveInfo,
  loading: Promise<T | null>,
): Promise<T | null> {
  try {
    return await loading
  } catch (error) {
    if (!(error instanceof UpstreamDeniedError)) throw error
    failures.report([error], pathOf(info))
    return null
  }
}
