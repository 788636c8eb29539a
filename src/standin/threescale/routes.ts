import type { StandInHandler, StandInRequest, StandInResponse } from '../handler.js'
import { identify, type TokenScope } from './authentication.js'
import { findRoute } from './find-route.js'
import { negotiate } from './negotiation.js'
import { readParameters } from './parameters.js'
import {
  forbidden,
  forbiddenSilently,
  frameworkError,
  notAcceptable,
  notFound,
  suspended,
  wrongParameterType,
} from './responses.js'
import type { Tenant } from './tenant.js'
import { ReadOnlyError, TextTooWideError } from './write.js'

const billingScopes: readonly TokenScope[] = ['finance', 'account_management']
const accountScopes: readonly TokenScope[] = ['account_management']
const insufficient = 'Your access token does not have the correct permissions'

/** Handler of a tenant. It checks in the server's order: route, format, credentials, billing module, records. */
export function createHandler(tenant: Tenant): StandInHandler {
  return received => {
    const { knobs } = tenant
    const request = knobs.honoursConditions ? received : withoutConditions(received)
    if (!isDecodable(request.path)) return frameworkError(400)
    const found = findRoute(request.method, request.path)
    if (!found) return frameworkError(404)
    const { route, ids, extension } = found
    const isBilling = request.path.startsWith('/api/')
    const negotiated = negotiate(request, extension, isBilling, route.formats)
    if ('refused' in negotiated) return notAcceptable(negotiated.refused)
    const { form } = negotiated
    if (knobs.isSuspended) return suspended(form)
    const parameters = readParameters(request)
    if (!parameters.isWellFormed) return frameworkError(400)
    const caller = identify(request, parameters, tenant.credentials, isBilling ? billingScopes : accountScopes)
    if (caller === 'insufficient') return forbidden(form, insufficient)
    const { wrapper } = route
    if (wrapper && parameters.wrapper(wrapper, []) === 'not a hash') return wrongParameterType(wrapper, form)
    if (caller === 'unknown') return forbidden(form, 'Access denied')
    if (isBilling && !knobs.isFinanceEnabled) return forbidden(form, 'Finance module not enabled for the account')
    if (isBilling && !caller.canManageFinance) return forbiddenSilently(form)
    return explainFailure(form, () => {
      return route.handle(tenant, { ...request, parameters, caller, form }, ids) ?? notFound(form)
    })
  }
}

function explainFailure(form: 'xml' | 'json' | 'text', respond: () => StandInResponse): StandInResponse {
  try {
    return respond()
  } catch (error) {
    if (error instanceof ReadOnlyError) return forbidden(form, insufficient)
    if (error instanceof TextTooWideError) return frameworkError(500)
    throw error
  }
}

function withoutConditions(request: StandInRequest): StandInRequest {
  const { 'if-none-match': _tags, 'if-modified-since': _since, ...headers } = request.headers
  return { ...request, headers }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
