import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Logger } from 'pino'
import { type UpstreamCall, upstreamCalls } from '../../request/observation.js'
import { requestRecord } from '../../request/request-context.js'

/** Logs each upstream call at level debug with the id of its request, those for no request included. @returns a function that ends it */
export function logCalls(logger: Logger): () => void {
  const log = (message: unknown): void => {
    if (!logger.isLevelEnabled('debug')) return
    const { upstream, operation, attempts, outcome, status, ms } = message as UpstreamCall
    const requestId = requestRecord()?.requestId
    logger.debug({ requestId, upstream, operation, attempts, outcome, status, ms: Math.round(ms) }, 'upstream call')
  }
  const { name } = upstreamCalls.asyncStart
  subscribe(name, log)
  return () => void unsubscribe(name, log)
}
