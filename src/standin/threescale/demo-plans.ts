import type { PlanRecord } from './data.js'

/** Plan of the demo's product, with the prices of its lines in ten-thousandths of a dollar. */
export interface DemoPlan {
  readonly id: number
  readonly name: string
  readonly monthlyFee: number
  readonly setupFee: number
  /** Price of one hit. */
  readonly hitPrice: number
  /** Price of one address lookup. */
  readonly lookupPrice: number
}

/** Product of the demo. */
export const demoServiceId = 11

/** Trial product, which is on no invoice. */
export const demoGeocodingServiceId = 12

/** Metrics of lines: two of the demo's product, and one of its backend, which is in no service. */
export const demoMetrics = { hits: 801, lookups: 802, backendLookups: 851 } as const

/** Plans of the demo's product. */
export const demoPlans = {
  starter: { id: 301, name: 'Starter', monthlyFee: 490000, setupFee: 250000, hitPrice: 5, lookupPrice: 125 },
  growth: { id: 302, name: 'Growth', monthlyFee: 2990000, setupFee: 990000, hitPrice: 3, lookupPrice: 75 },
  scale: { id: 303, name: 'Scale', monthlyFee: 12500000, setupFee: 0, hitPrice: 1, lookupPrice: 50 },
  usage: { id: 304, name: 'Pay as you go', monthlyFee: 0, setupFee: 0, hitPrice: 7, lookupPrice: 155 },
  free: { id: 305, name: 'Free', monthlyFee: 0, setupFee: 0, hitPrice: 0, lookupPrice: 0 },
} as const satisfies Record<string, DemoPlan>

/** Plan of the subscription to the product, in addition to the application's plan. */
export const demoSubscriptionPlan = { id: 311, name: 'Address API support', monthlyFee: 450000 } as const

/** Exact decimal text of an amount in ten-thousandths: `0.0125`. */
export function dollars(tenThousandths: number): string {
  const digits = String(Math.abs(tenThousandths)).padStart(5, '0')
  return `${tenThousandths < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}

const subscriptionRecord: PlanRecord = {
  id: demoSubscriptionPlan.id,
  name: demoSubscriptionPlan.name,
  type: 'service_plan',
  state: 'published',
  isDefault: false,
  setupFee: '0',
  costPerMonth: dollars(demoSubscriptionPlan.monthlyFee),
  serviceId: demoServiceId,
}

const accountPlanRecord: PlanRecord = {
  id: 201,
  name: 'Default',
  type: 'account_plan',
  state: 'hidden',
  isDefault: true,
  setupFee: '0',
  costPerMonth: '0',
}

/** Plan of the trial product. */
export const demoGeocodingPlan: PlanRecord = {
  id: 321,
  name: 'Geocoding preview',
  type: 'application_plan',
  state: 'published',
  isDefault: true,
  isCustom: true,
  isApprovalRequired: true,
  setupFee: '0',
  costPerMonth: '0',
  trialPeriodDays: 30,
  serviceId: demoGeocodingServiceId,
}

/** All plans of the demo, of all kinds. */
export const demoPlanRecords: readonly PlanRecord[] = [
  accountPlanRecord,
  ...Object.values(demoPlans).map(applicationPlanRecord),
  subscriptionRecord,
  demoGeocodingPlan,
]

/** Plans of a buyer as listed in an account document. */
export function planRecords(plan: DemoPlan): readonly PlanRecord[] {
  const isSubscribed = plan.id === demoPlans.scale.id
  return [accountPlanRecord, applicationPlanRecord(plan), ...(isSubscribed ? [subscriptionRecord] : [])]
}

function applicationPlanRecord(plan: DemoPlan): PlanRecord {
  return {
    id: plan.id,
    name: plan.name,
    type: 'application_plan',
    state: 'published',
    isDefault: false,
    setupFee: dollars(plan.setupFee),
    costPerMonth: dollars(plan.monthlyFee),
    serviceId: demoServiceId,
  }
}
