import { handleAccount, handleAccountPlan, handleAccountSearch, handleAccounts } from './account-handlers.js'
import {
  handleAccountApplication,
  handleAccountApplications,
  handleApplicationSearch,
  handleApplications,
} from './application-handlers.js'
import { handleCharge } from './charge.js'
import { handleInvoiceCreation } from './invoice-creation.js'
import { handleAccountInvoice, handleAccountInvoices, handleInvoice, handleInvoices } from './invoice-handlers.js'
import { handleTransition } from './invoice-transition.js'
import { handleInvoiceUpdate } from './invoice-update.js'
import { handleLineItemCreation, handleLineItemDeletion } from './line-item-changes.js'
import { handleLineItems } from './line-item-handlers.js'
import type { Format } from './negotiation.js'
import { handlePayments } from './payment-handlers.js'
import { handleAccountPlans, handleApplicationPlans, handleServicePlans } from './plan-handlers.js'
import { handleMetric, handleMetrics, handleService, handleServices } from './service-handlers.js'
import { handleSubscription, handleSubscriptions } from './subscription-handlers.js'
import type { RouteHandler } from './tenant.js'

/** Route of the API. */
export interface Route {
  readonly methods: readonly string[]
  /** Without the extension; `:id` matches one id. */
  readonly path: string
  readonly handle: RouteHandler
  readonly formats: readonly Format[]
  /** Name of the wrapper around the body's parameters. */
  readonly wrapper?: 'invoice' | 'line_item'
}

const both: readonly Format[] = ['xml', 'json']

/** All routes. The first match is used. */
export const routes: readonly Route[] = [
  read('/api/invoices', handleInvoices, both),
  write(['POST'], '/api/invoices', handleInvoiceCreation, 'invoice'),
  read('/api/invoices/:id', handleInvoice, both),
  write(['PUT', 'PATCH'], '/api/invoices/:id', handleInvoiceUpdate, 'invoice'),
  write(['PUT'], '/api/invoices/:id/state', handleTransition, 'invoice'),
  write(['POST'], '/api/invoices/:id/charge', handleCharge, 'invoice'),
  read('/api/invoices/:id/line_items', handleLineItems, both),
  write(['POST'], '/api/invoices/:id/line_items', handleLineItemCreation, 'line_item'),
  write(['DELETE'], '/api/invoices/:id/line_items/:id', handleLineItemDeletion, 'line_item'),
  read('/api/invoices/:id/payment_transactions', handlePayments, both),
  read('/api/accounts/:id/invoices', handleAccountInvoices, both),
  read('/api/accounts/:id/invoices/:id', handleAccountInvoice, both),
  read('/admin/api/accounts', handleAccounts),
  read('/admin/api/accounts/find', handleAccountSearch),
  read('/admin/api/accounts/:id', handleAccount),
  read('/admin/api/accounts/:id/plan', handleAccountPlan),
  read('/admin/api/accounts/:id/applications', handleAccountApplications),
  read('/admin/api/accounts/:id/applications/:id', handleAccountApplication),
  read('/admin/api/accounts/:id/service_subscriptions', handleSubscriptions, ['json']),
  read('/admin/api/accounts/:id/service_subscriptions/:id', handleSubscription, ['json']),
  read('/admin/api/applications', handleApplications),
  read('/admin/api/applications/find', handleApplicationSearch),
  read('/admin/api/services', handleServices),
  read('/admin/api/services/:id', handleService),
  read('/admin/api/services/:id/metrics', handleMetrics),
  read('/admin/api/services/:id/metrics/:id', handleMetric),
  read('/admin/api/application_plans', handleApplicationPlans),
  read('/admin/api/service_plans', handleServicePlans),
  read('/admin/api/account_plans', handleAccountPlans),
]

function read(path: string, handle: RouteHandler, formats: readonly Format[] = ['xml']): Route {
  return { methods: ['GET'], path, handle, formats }
}

function write(
  methods: readonly string[],
  path: string,
  handle: RouteHandler,
  wrapper: 'invoice' | 'line_item',
): Route {
  return { methods, path, handle, formats: both, wrapper }
}
