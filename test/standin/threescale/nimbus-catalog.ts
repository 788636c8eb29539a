import type { ServiceRecord } from '../../../src/standin/threescale/catalog-data.js'
import type { ApplicationRecord, SubscriptionRecord } from '../../../src/standin/threescale/contract-data.js'
import type { PlanRecord } from '../../../src/standin/threescale/data.js'

/** Account plan of the samples. */
export const accountPlan: PlanRecord = {
  id: 201,
  name: 'Default',
  type: 'account_plan',
  state: 'hidden',
  isDefault: true,
  setupFee: '0',
  costPerMonth: '0',
}

/** Plan Gold of the samples. */
export const goldPlan: PlanRecord = {
  id: 301,
  name: 'Gold',
  type: 'application_plan',
  state: 'published',
  isDefault: false,
  setupFee: '49.99',
  costPerMonth: '300',
  serviceId: 11,
}

/** All plans of the samples' tenant. */
export const plans: readonly PlanRecord[] = [
  accountPlan,
  goldPlan,
  { ...goldPlan, id: 302, name: 'Silver', setupFee: '0', costPerMonth: '31' },
  {
    ...goldPlan,
    id: 303,
    name: 'プロ',
    isCustom: true,
    isApprovalRequired: true,
    setupFee: '0',
    costPerMonth: '1000',
    trialPeriodDays: 30,
    serviceId: 12,
  },
  { ...goldPlan, id: 311, name: 'Service Basic', type: 'service_plan', setupFee: '0', costPerMonth: '0.125' },
]

const winter = new Date('2024-01-20T08:00:00Z')

/** Applications; two of them are in the samples. */
export const applications: readonly ApplicationRecord[] = [
  {
    id: 505,
    buyerId: 73,
    planId: 302,
    createdAt: winter,
    updatedAt: winter,
    state: 'pending',
    serviceId: 11,
    credentials: { userKey: 'demo-user-key-505', providerVerificationKey: 'pvk-demo' },
    name: 'Parcels',
  },
  {
    id: 504,
    buyerId: 72,
    planId: 303,
    createdAt: winter,
    updatedAt: winter,
    state: 'suspended',
    serviceId: 12,
    credentials: { applicationId: 'a1b2c3d4', keys: ['demo-key-1'] },
    name: '地図アプリ',
    description: ' ',
  },
  {
    id: 501,
    buyerId: 71,
    planId: 301,
    createdAt: new Date('2023-03-02T08:00:00Z'),
    updatedAt: new Date('2024-04-01T07:00:00Z'),
    state: 'live',
    serviceId: 11,
    firstTrafficAt: new Date('2023-03-02T09:00:00Z'),
    firstDailyTrafficAt: new Date('2024-03-31T22:00:00Z'),
    credentials: { userKey: 'demo-user-key-501', providerVerificationKey: 'pvk-demo' },
    name: 'Fleet tracker',
    description: 'Route tiles & POIs',
  },
]

/** The only subscription. */
export const subscriptions: readonly SubscriptionRecord[] = [
  {
    id: 601,
    buyerId: 73,
    planId: 311,
    createdAt: winter,
    updatedAt: winter,
    state: 'live',
    serviceId: 11,
    paidUntil: new Date('2024-06-30T21:59:59Z'),
    setupFee: '0',
  },
]

/** Service of the samples. */
export const services: readonly ServiceRecord[] = [
  {
    id: 11,
    name: 'Maps API',
    state: 'incomplete',
    systemName: 'maps',
    backendVersion: '1',
    description: null,
    supportEmail: 'help@nimbus.example',
    createdAt: new Date('2023-02-01T08:00:00Z'),
    metrics: [
      {
        id: 801,
        systemName: 'hits',
        friendlyName: 'Hits',
        description: 'Number of API hits',
        kind: { unit: 'hit' },
      },
      { id: 803, systemName: 'geocode', friendlyName: 'Geocode', description: '', kind: { parentId: 801 } },
      { id: 802, systemName: 'tiles', friendlyName: 'Tile requests', description: null, kind: { unit: 'tile' } },
    ],
  },
]
