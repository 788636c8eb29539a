import { findActiveBuyer } from './account-handlers.js'
import type { SubscriptionRecord } from './contract-data.js'
import { formatDecimal, parseDecimal } from './decimal.js'
import type { JsonObject } from './json.js'
import type { Call, RouteHandler, Tenant } from './tenant.js'
import { listValidators, resourceValidators, success } from './validators.js'
import { formatTimestamp } from './zoned-time.js'

/** `GET /admin/api/accounts/{id}/service_subscriptions.json`: all subscriptions of one buyer, as JSON only. */
export const handleSubscriptions: RouteHandler = (tenant, call, [buyerId]) => {
  if (!findActiveBuyer(tenant, buyerId)) return undefined
  const subscriptions = subscriptionsOf(tenant, call, buyerId)
  const elements = subscriptions.map(subscription => subscriptionJson(subscription, tenant.timeZone))
  return success(call, { service_subscriptions: elements }, listValidators(subscriptions))
}

/** `GET /admin/api/accounts/{id}/service_subscriptions/{id}.json`: one subscription. */
export const handleSubscription: RouteHandler = (tenant, call, [buyerId, id]) => {
  if (!findActiveBuyer(tenant, buyerId)) return undefined
  const subscription = subscriptionsOf(tenant, call, buyerId).find(candidate => candidate.id === id)
  if (!subscription) return undefined
  const validators = resourceValidators('service_subscription', subscription, tenant.generation)
  return success(call, subscriptionJson(subscription, tenant.timeZone), validators)
}

function subscriptionsOf(tenant: Tenant, call: Call, buyerId: number | undefined): readonly SubscriptionRecord[] {
  return tenant.data.subscriptions
    .filter(one => one.buyerId === buyerId && call.caller.sees(one.serviceId))
    .toSorted((a, b) => a.id - b.id)
}

function subscriptionJson(subscription: SubscriptionRecord, timeZone: string): JsonObject {
  return {
    service_subscription: {
      id: subscription.id,
      plan_id: subscription.planId,
      user_account_id: subscription.buyerId,
      created_at: formatTimestamp(subscription.createdAt, timeZone),
      updated_at: formatTimestamp(subscription.updatedAt, timeZone),
      state: subscription.state,
      paid_until: formatTimestamp(subscription.paidUntil, timeZone),
      setup_fee: formatDecimal(parseDecimal(subscription.setupFee)),
      type: 'ServiceContract',
      service_id: subscription.serviceId,
    },
  }
}
