import type { ApplicationRecord, ContractRecord, SubscriptionRecord } from './contract-data.js'
import type { BuyerRecord, PlanRecord, ThreescaleData } from './data.js'
import { after, dayMs } from './demo-calendar.js'
import { demoGeocodingPlan, demoGeocodingServiceId, demoServiceId } from './demo-plans.js'

/** Existing contracts of the demo's active buyers. The lines refer to their ids. */
export function demoContracts(
  buyers: readonly BuyerRecord[],
  now: Date,
): Pick<ThreescaleData, 'applications' | 'subscriptions' | 'accountContracts'> {
  const living = buyers.filter(({ isDeleted }) => !isDeleted)
  return {
    applications: [
      ...living.flatMap(buyer => application(buyer, now)),
      ...living.filter(({ id }) => id === 101 || id === 113).map(geocodingApplication),
    ],
    subscriptions: living.flatMap(buyer => subscription(buyer, now)),
    accountContracts: living.flatMap(accountContract),
  }
}

/** Recognisable fake secret, so that a leak is easy to trace. */
function demoSecret(kind: string, id: number): string {
  return `demo-secret-${kind}-${id}`
}

function application(buyer: BuyerRecord, now: Date): readonly ApplicationRecord[] {
  const isPending = buyer.state === 'pending'
  // A pending buyer has no plan in its account yet; it applied for the free one.
  const planId = isPending ? 305 : planOf(buyer, 'application_plan')?.id
  if (planId === undefined) return []
  const isSuspended = buyer.state === 'suspended'
  const contract = contractOf(buyer, buyer.id + 400, planId)
  return [
    {
      ...contract,
      state: isPending ? 'pending' : isSuspended ? 'suspended' : 'live',
      serviceId: demoServiceId,
      ...(isPending
        ? {}
        : {
            firstTrafficAt: after(contract.createdAt, 3600 * 1000),
            firstDailyTrafficAt: after(now, -(isSuspended ? 40 : 1) * dayMs),
          }),
      credentials: {
        userKey: demoSecret('user-key', contract.id),
        providerVerificationKey: demoSecret('verification-key', demoServiceId),
      },
      name: `${buyer.orgName}'s app`,
      description: buyer.id % 3 === 0 ? 'Checks addresses at the till & on the web' : '',
      extraFields: buyer.id % 5 === 0 ? [['environment', 'production']] : [],
    },
  ]
}

// An abandoned trial: not live, and not on any invoice.
function geocodingApplication(buyer: BuyerRecord): ApplicationRecord {
  const contract = contractOf(buyer, buyer.id + 450, demoGeocodingPlan.id)
  return {
    ...contract,
    state: 'suspended',
    serviceId: demoGeocodingServiceId,
    credentials: {
      applicationId: `geo${contract.id}`,
      keys: [demoSecret('application-key', contract.id), demoSecret('second-application-key', contract.id)],
    },
    name: 'Geocoding trial',
  }
}

function subscription(buyer: BuyerRecord, now: Date): readonly SubscriptionRecord[] {
  const plan = planOf(buyer, 'service_plan')
  if (!plan) return []
  const contract = contractOf(buyer, buyer.id + 600, plan.id)
  return [
    {
      ...contract,
      state: 'live',
      serviceId: demoServiceId,
      paidUntil: after(now, 10 * dayMs),
      setupFee: plan.setupFee,
    },
  ]
}

function accountContract(buyer: BuyerRecord): readonly ContractRecord[] {
  const plan = planOf(buyer, 'account_plan')
  return plan ? [contractOf(buyer, buyer.id + 800, plan.id)] : []
}

function contractOf(buyer: BuyerRecord, id: number, planId: number): ContractRecord {
  const { createdAt } = buyer
  return { id, buyerId: buyer.id, planId, createdAt, updatedAt: createdAt }
}

function planOf(buyer: BuyerRecord, kind: PlanRecord['type']): PlanRecord | undefined {
  return buyer.plans?.find(({ type }) => type === kind)
}
