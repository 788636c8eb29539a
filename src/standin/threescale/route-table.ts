import { answerAccount, answerAccountPlan, answerAccountSearch, answerAccounts } from './account-handlers.js'
import {
  answerAccountApplication,
  answerAccountApplications,
  answerApplicationSearch,
  answerApplications,
} from './application-handlers.js'
import { answerCharge } from './charge.js'
import { answerInvoiceCreation } from './invoice-creation.js'
import { answerAccountInvoice, answerAccountInvoices, answerInvoice, answerInvoices } from './invoice-handlers.js'
import { answerTransition } from './invoice-transition.js'
import { answerInvoiceUpdate } from './invoice-update.js'
import { answerLineItemCreation, answerLineItemDeletion } from './line-item-changes.js'
import { answerLineItems } from './line-item-handlers.js'
import type { Format } from './negotiation.js'
import { answerPayments } from './payment-handlers.js'
import { answerAccountPlans, answerApplicationPlans, answerServicePlans } from './plan-handlers.js'
import { answerMetric, answerMetrics, answerService, answerServices } from './service-handlers.js'
import { answerSubscription, answerSubscriptions } from './subscription-handlers.js'
import type { Answer } from './tenant.js'

/** One thing the server can be asked. */
export interface Route {
  readonly methods: readonly string[]
  /** Without its extension; `:id` stands for one id. */
  readonly path: string
  readonly answer: Answer
  readonly formats: readonly Format[]
  /** The name under which the server collects parameters of the body. */
  readonly wrapper?: 'invoice' | 'line_item'
}

const both: readonly Format[] = ['xml', 'json']

/** All routes; of two that fit the first counts. */
export const routes: readonly Route[] = [
  read('/api/invoices', answerInvoices, both),
  write(['POST'], '/api/invoices', answerInvoiceCreation, 'invoice'),
  read('/api/invoices/:id', answerInvoice, both),
  write(['PUT', 'PATCH'], '/api/invoices/:id', answerInvoiceUpdate, 'invoice'),
  write(['PUT'], '/api/invoices/:id/state', answerTransition, 'invoice'),
  write(['POST'], '/api/invoices/:id/charge', answerCharge, 'invoice'),
  read('/api/invoices/:id/line_items', answerLineItems, both),
  write(['POST'], '/api/invoices/:id/line_items', answerLineItemCreation, 'line_item'),
  write(['DELETE'], '/api/invoices/:id/line_items/:id', answerLineItemDeletion, 'line_item'),
  read('/api/invoices/:id/payment_transactions', answerPayments, both),
  read('/api/accounts/:id/invoices', answerAccountInvoices, both),
  read('/api/accounts/:id/invoices/:id', answerAccountInvoice, both),
  read('/admin/api/accounts', answerAccounts),
  read('/admin/api/accounts/find', answerAccountSearch),
  read('/admin/api/accounts/:id', answerAccount),
  read('/admin/api/accounts/:id/plan', answerAccountPlan),
  read('/admin/api/accounts/:id/applications', answerAccountApplications),
  read('/admin/api/accounts/:id/applications/:id', answerAccountApplication),
  read('/admin/api/accounts/:id/service_subscriptions', answerSubscriptions, ['json']),
  read('/admin/api/accounts/:id/service_subscriptions/:id', answerSubscription, ['json']),
  read('/admin/api/applications', answerApplications),
  read('/admin/api/applications/find', answerApplicationSearch),
  read('/admin/api/services', answerServices),
  read('/admin/api/services/:id', answerService),
  read('/admin/api/services/:id/metrics', answerMetrics),
  read('/admin/api/services/:id/metrics/:id', answerMetric),
  read('/admin/api/application_plans', answerApplicationPlans),
  read('/admin/api/service_plans', answerServicePlans),
  read('/admin/api/account_plans', answerAccountPlans),
]

function read(path: string, answer: Answer, formats: readonly Format[] = ['xml']): Route {
  return { methods: ['GET'], path, answer, formats }
}

function write(methods: readonly string[], path: string, answer: Answer, wrapper: 'invoice' | 'line_item'): Route {
  return { methods, path, answer, formats: both, wrapper }
}
