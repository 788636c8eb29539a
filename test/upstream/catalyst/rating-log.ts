import type { CatalystStandIn } from '../../../src/standin/catalyst/start.js'
import type { StandInRequest } from '../../../src/standin/handler.js'
import type { Intercepted } from '../../../src/standin/server.js'

/** Responds instead of a stand-in; undefined lets the stand-in respond. */
export type Instead = (region: string, request: StandInRequest) => Intercepted

/**
 * Logs the requests to the rating servers, region first: `nz-por-1 /v2/invoices?start=…`. Set its length to 0 to empty it.
 */
export function logRating({ regions }: CatalystStandIn, instead: Instead = () => undefined): string[] {
  const log: string[] = []
  for (const [region, server] of Object.entries(regions)) {
    server.intercept = request => {
      const query = request.query.size === 0 ? '' : `?${decodeURIComponent(String(request.query))}`
      log.push(`${region} ${request.path}${query}`)
      return instead(region, request)
    }
  }
  return log
}

/** A rating server's response in JSON. */
export function jsonAnswer(body: unknown, status = 200): Intercepted {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
