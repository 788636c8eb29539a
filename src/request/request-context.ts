import { AsyncLocalStorage } from 'node:async_hooks'
import type { CallBudget } from './call-budget.js'

/** Somebody for whom upstreams are asked. */
export interface RequestContext {
  /** Says when he stops waiting. */
  readonly signal: AbortSignal
  /** Among whom those who want the same upstream take turns; left out where he is nobody in particular. */
  readonly name?: string | undefined
  /** Left out where his calls are not counted. */
  readonly calls?: CallBudget | undefined
}

const callers = new AsyncLocalStorage<RequestContext>()

/**
 * Does the work on behalf of somebody who may stop waiting. What is read from upstreams meanwhile is given up when the signal
 * says so; what is written is not. The caller reaches the sockets past all the layers between, none of which has a use for him.
 */
export function withRequestContext<T>(caller: RequestContext, work: () => T): T {
  return callers.run(caller, work)
}

/** Does work that others may come to wait for as well, so that nobody's leaving ends it. */
export function withoutRequestContext<T>(work: () => T): T {
  return callers.exit(work)
}

/** Of the one on whose behalf the present work is done; undefined where there is nobody in particular. */
export function requestSignal(): AbortSignal | undefined {
  return callers.getStore()?.signal
}

/** Of the same one; '' where there is nobody in particular. */
export function callerName(): string {
  return callers.getStore()?.name ?? ''
}

/** The calls that he may make; undefined where nobody counts them. */
export function requestCallBudget(): CallBudget | undefined {
  return callers.getStore()?.calls
}
