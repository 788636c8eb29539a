import type { Context } from '../../graph/context.js'
import type { CachePolicy } from '../operation-cache/cache-policy.js'

/** What plugins and resolvers share while one request is served. */
export interface GraphqlContext extends Context {
  readonly requestId: string
  /** What is learned about the cacheability of the response. */
  readonly cachePolicy: CachePolicy
}
