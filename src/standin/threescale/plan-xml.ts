import type { PlanRecord } from './data.js'
import { formatDecimal, parseDecimal } from './decimal.js'
import { branch, leaf, type XmlAttributes } from './xml.js'

/** `<plan>` element of any kind of plan. */
export function planXml(plan: PlanRecord): string {
  const attributes: XmlAttributes = {
    ...(plan.type === 'application_plan' ? { custom: plan.isCustom ?? false } : {}),
    default: plan.isDefault,
  }
  const children = [
    leaf('id', plan.id),
    leaf('name', plan.name),
    leaf('type', plan.type),
    leaf('state', plan.state),
    leaf('approval_required', plan.isApprovalRequired ?? false),
    leaf('setup_fee', formatDecimal(parseDecimal(plan.setupFee))),
    leaf('cost_per_month', formatDecimal(parseDecimal(plan.costPerMonth))),
    leaf('trial_period_days', plan.trialPeriodDays ?? null),
    leaf('cancellation_period', 0),
    ...(plan.serviceId === undefined ? [] : [leaf('service_id', plan.serviceId)]),
  ]
  return branch('plan', children, attributes)
}
