import type { PlanRecord } from './data.js'

/** A plan of the demo's one product, with the prices its lines are made from, in ten-thousandths of a dollar. */
export interface DemoPlan {
  readonly id: number
  readonly name: string
  readonly monthlyFee: number
  readonly setupFee: number
  /** Of one hit. */
  readonly hitPrice: number
  /** Of one address lookup. */
  readonly lookupPrice: number
}

/** The product of the demo. */
export const demoServiceId = 11

/** A product that is only tried out: no invoice has a line of it. */
export const demoGeocodingServiceId = 12

/** What lines measure: two metrics of the demo's product, and one of the backend behind it, found in no service. */
export const demoMetrics = { hits: 801, lookups: 802, backendLookups: 851 } as const

/** The plans of the demo's product. */
export const demoPlans = {
  starter: { id: 301, name: 'Starter', monthlyFee: 490000, setupFee: 250000, hitPrice: 5, lookupPrice: 125 },
  growth: { id: 302, name: 'Growth', monthlyFee: 2990000, setupFee: 990000, hitPrice: 3, lookupPrice: 75 },
  scale: { id: 303, name: 'Scale', monthlyFee: 12500000, setupFee: 0, hitPrice: 1, lookupPrice: 50 },
  usage: { id: 304, name: 'Pay as you go', monthlyFee: 0, setupFee: 0, hitPrice: 7, lookupPrice: 155 },
  free: { id: 305, name: 'Free', monthlyFee: 0, setupFee: 0, hitPrice: 0, lookupPrice: 0 },
} as const satisfies Record<string, DemoPlan>

/** The subscription to the product as such, beside the application's plan. */
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

/** The plan of the second product, which nobody pays for yet. */
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

/** Every plan of the demo, of all kinds. */
export const demoPlanRecords: readonly PlanRecord[] = [
  accountPlanRecord,
  ...Object.values(demoPlans).map(applicationPlanRecord),
  subscriptionRecord,
  demoGeocodingPlan,
]

/** The plans as an account document lists them. */
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
