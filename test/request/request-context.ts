import type { RequestContext } from '../../src/request/request-context.js'

/** A request context as given, of an anonymous caller whose calls are not counted unless given. */
export function contextOf(given: Pick<RequestContext, 'signal'> & Partial<RequestContext>): RequestContext {
  return { callerName: '', callBudget: undefined, ...given }
}
