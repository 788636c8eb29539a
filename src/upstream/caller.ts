import { AsyncLocalStorage } from 'node:async_hooks'

const callers = new AsyncLocalStorage<AbortSignal>()

/**
 * Does the work on behalf of somebody who may stop waiting. What is read from upstreams meanwhile is given up when the signal
 * says so; what is written is not. The signal reaches the sockets past all the layers between, none of which has a use for it.
 */
export function onBehalfOf<T>(signal: AbortSignal, work: () => T): T {
  return callers.run(signal, work)
}

/** Does work that others may come to wait for as well, so that nobody's leaving ends it. */
export function forWhoeverAsks<T>(work: () => T): T {
  return callers.exit(work)
}

/** Of the one on whose behalf the present work is done; undefined where there is nobody in particular. */
export function callerSignal(): AbortSignal | undefined {
  return callers.getStore()
}
