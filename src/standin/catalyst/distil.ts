import type { StandInHandler, StandInResponse } from '../handler.js'
import { refuseAccept } from './accept.js'
import type { CatalystData, Driver } from './data.js'
import { errorJson, errorPage, json, RatingError } from './errors.js'
import type { InvoiceCache } from './invoice-cache.js'
import type { PythonValue } from './python-json.js'
import { RATING_ROUTES } from './rating-routes.js'
import type { TokenCheck } from './token-check.js'
import type { Token } from './tokens.js'

/** Options of one region's rating service. */
export interface DistilOptions {
  readonly region: string
  readonly driver: Driver
  /** Current data set. */
  readonly data: () => CatalystData
  readonly clock: () => Date
  readonly checkToken: TokenCheck
  readonly cache: InvoiceCache
}

const PUBLIC_PATHS: readonly string[] = ['/', '/v2/products']
const ALLOW = { Allow: 'GET, OPTIONS, HEAD' }

/**
 * Handler that behaves as a region's rating service. It checks in the same order: token, route and method, role,
 * project, dates, whether the project is collected, and last the ERP or the price list.
 */
export function createDistil({ checkToken, data, clock, ...service }: DistilOptions): StandInHandler {
  return request => {
    let token: Token | undefined
    if (!PUBLIC_PATHS.includes(request.path)) {
      const check = checkToken(request)
      if ('refusal' in check) return check.refusal
      token = check.token
    }
    const path = request.path.replace(/^\/+/, '/')
    const route = RATING_ROUTES[path] ?? (path === '/.json' ? undefined : RATING_ROUTES[path.replace(/\.json$/, '')])
    if (!route) return errorPage(404)
    if (request.method === 'OPTIONS') {
      return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', ...ALLOW } }
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(405, ALLOW)
    const response = runRoute(() => route({ ...service, data: data(), now: clock() }, request, token))
    return (path.endsWith('.json') ? undefined : refuseAccept(request.headers.accept)) ?? response
  }
}

function runRoute(route: () => PythonValue): StandInResponse {
  try {
    return json(route())
  } catch (error) {
    if (error instanceof RatingError) return errorJson(error)
    throw error
  }
}
