import { AsyncLocalStorage } from 'node:async_hooks'
import type { CallBudget } from './call-budget.js'

/** Who upstream calls are made for. */
export interface RequestContext {
  /** Aborts when the caller disconnects. */
  readonly signal: AbortSignal
  /** Groups calls in the fair queue of an upstream; absent or '' for anonymous work. */
  readonly callerName?: string | undefined
  /** Absent when upstream calls are not counted. */
  readonly callBudget?: CallBudget | undefined
}

const contexts = new AsyncLocalStorage<RequestContext>()

/**
 * Runs the work in a request context. Reads from upstreams are abandoned when its signal aborts; writes are not. The context
 * reaches the transport without passing through the layers between, which have no use for it.
 */
export function withRequestContext<T>(context: RequestContext, work: () => T): T {
  return contexts.run(context, work)
}

/** Runs work whose result is shared, so that no single caller's disconnect aborts it. */
export function withoutRequestContext<T>(work: () => T): T {
  return contexts.exit(work)
}

/** The abort signal of the present request; undefined outside of one. */
export function requestSignal(): AbortSignal | undefined {
  return contexts.getStore()?.signal
}

/** The name of the present caller; '' outside of a request. */
export function callerName(): string {
  return contexts.getStore()?.callerName ?? ''
}

/** The call budget of the present request; undefined when calls are not counted. */
export function requestCallBudget(): CallBudget | undefined {
  return contexts.getStore()?.callBudget
}
