import type { StandInHandler } from '../server.js'
import { answerAccount, answerAccounts } from './account-answers.js'
import { refusal, type TokenScope } from './authentication.js'
import {
  answerAccountInvoice,
  answerAccountInvoices,
  answerInvoice,
  answerInvoices,
  answerLineItems,
} from './invoice-answers.js'
import { negotiate } from './negotiation.js'
import { forbidden, frameworkError, notAcceptable, notFound } from './responses.js'
import type { Answer, Tenant } from './tenant.js'

/** A path without its extension; `:id` stands for one id. */
type Route = readonly [path: string, answer: Answer]

const routes: readonly Route[] = [
  ['/api/invoices', answerInvoices],
  ['/api/invoices/:id', answerInvoice],
  ['/api/invoices/:id/line_items', answerLineItems],
  ['/api/accounts/:id/invoices', answerAccountInvoices],
  ['/api/accounts/:id/invoices/:id', answerAccountInvoice],
  ['/admin/api/accounts', answerAccounts],
  ['/admin/api/accounts/:id', answerAccount],
]

const billingScopes: readonly TokenScope[] = ['finance', 'account_management']
const accountScopes: readonly TokenScope[] = ['account_management']

/** The server's behaviour: routing, then format, credentials, the finance switch and at last the records. */
export function createHandler(tenant: Tenant): StandInHandler {
  return request => {
    if (!isDecodable(request.path)) return frameworkError(400)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const found = isRead ? findRoute(request.path) : undefined
    if (!found) return frameworkError(404)
    const { answer, ids, extension } = found
    const isBilling = request.path.startsWith('/api/')
    const negotiated = negotiate(request, extension, isBilling)
    if ('refused' in negotiated) return notAcceptable(negotiated.refused)
    const { errorForm } = negotiated
    const refused = refusal(request, tenant.credentials, isBilling ? billingScopes : accountScopes)
    if (refused) return forbidden(errorForm, refused)
    if (isBilling && !tenant.isFinanceEnabled) {
      return forbidden(errorForm, 'Finance module not enabled for the account')
    }
    return answer(tenant, request, ids) ?? notFound(errorForm)
  }
}

interface FoundRoute {
  readonly answer: Answer
  readonly ids: readonly number[]
  readonly extension: string | undefined
}

function findRoute(path: string): FoundRoute | undefined {
  const [, stem = path, extension] = /^(.*?)(?:\.([^./]*))?$/.exec(path) ?? []
  const segments = stem.split('/')
  for (const [pattern, answer] of routes) {
    const names = pattern.split('/')
    if (names.length !== segments.length || !names.every((name, index) => fits(name, segments[index] ?? ''))) continue
    return { answer, ids: segments.filter((_, index) => names[index] === ':id').map(pathId), extension }
  }
  return undefined
}

// An id may be any text without a dot, which would begin the extension.
function fits(name: string, segment: string): boolean {
  return name === ':id' ? /^[^.]+$/.test(segment) : name === segment
}

/** Reads an id of a path by its leading digits, as the real server does: `42abc` is 42. Without any it is 0, nobody's. */
function pathId(segment: string): number {
  return Number(/^\d+/.exec(decodeURIComponent(segment))?.[0] ?? 0)
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
