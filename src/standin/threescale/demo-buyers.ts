import type { AddressRecord } from './data.js'
import type { DemoBuyer } from './demo-buyer.js'
import { demoMetrics, demoPlans } from './demo-plans.js'

const { starter, growth, scale, usage, free } = demoPlans

/** Buyers of the demo, in id order. */
export const demoBuyers: readonly DemoBuyer[] = [
  buyer(101, 'WCC Hosting', 'wcc', {
    plan: scale,
    pays: 'prompt',
    signedUpOn: '2017-06-15',
    legalAddress: address(['101 Wakefield Street', 'Te Aro'], 'Wellington', '6011'),
  }),
  buyer(102, 'Acme Analytics Ltd', 'acme', {
    plan: growth,
    pays: 'prompt',
    legalAddress: address(['7 Innovation Way'], 'Hamilton', '3204'),
  }),
  buyer(103, 'Pīwakawaka Ltd', 'piwakawaka', {
    plan: growth,
    pays: 'retried',
    upgrade: { month: 6, from: starter },
    legalAddress: address(['18 Kōwhai Lane', ''], 'Ōtaki', '5512'),
  }),
  buyer(104, 'O\'Brien "Fast" Couriers', 'obrien', {
    plan: starter,
    pays: 'retried',
    legalAddress: address(['Bays 4 & 5', 'Gate 2 > Cargo Road'], 'Christchurch', '8053'),
  }),
  buyer(105, 'Fraser & Daughters <Timber>', 'fraser', {
    plan: growth,
    pays: 'transfer',
    legalAddress: address(['330 Mill Road'], 'Nelson', '7010'),
  }),
  buyer(106, '株式会社みどり', 'midori', {
    plan: scale,
    pays: 'prompt',
    billingAddress: {
      lines: ['神宮前2-2-2'],
      city: '渋谷区',
      state: null,
      country: 'JP',
      phone: null,
      zip: '150-0001',
    },
    vatRate: undefined,
  }),
  buyer(107, 'Southern Cross Surveyors', 'scs', {
    plan: usage,
    pays: 'prompt',
    vatRate: '12.5',
    legalAddress: address(['2 Octagon'], 'Dunedin', '9016'),
  }),
  buyer(108, 'Ōtākou Freight Co-operative', 'otakou', {
    plan: usage,
    pays: 'prompt',
    lookupMetricId: demoMetrics.backendLookups,
    legalAddress: address(['9 Wharf Street', 'Shed 12'], 'Port Chalmers', '9023'),
  }),
  buyer(109, 'Kererū Ferries', 'ferries', {
    plan: growth,
    pays: 'prompt',
    moved: { month: 8, from: address(['1 Marsden Wharf'], 'Auckland', '1010') },
    legalAddress: address(['Pier 3'], 'Auckland', '1010'),
  }),
  buyer(110, 'Matariki Energy', 'matariki', {
    plan: scale,
    pays: 'transfer',
    legalAddress: address(['55 Geyser Street'], 'Taupō', '3330'),
  }),
  buyer(111, 'Rimu Books', 'rimu', {
    plan: starter,
    pays: 'prompt',
    joined: 2,
    legalAddress: address(['14 Bridge Street'], 'Napier', '4110'),
  }),
  buyer(112, 'Moana Fisheries', 'moana', {
    plan: usage,
    pays: 'declined',
    legalAddress: address(['Quay 7', ''], 'Tauranga', '3110'),
  }),
  buyer(113, 'Koru Health Trust', 'koru', {
    plan: growth,
    pays: 'prompt',
    legalAddress: address(['80 Hospital Road', 'Block C'], 'Whangārei', '0110'),
  }),
  buyer(114, 'Acme 2 Labs', 'acme2', {
    plan: scale,
    pays: 'prompt',
    joined: 1,
    legalAddress: address(['200 Queen Street'], 'Auckland', '1010'),
  }),
  buyer(115, 'Aoraki Alpine Guides', 'aoraki', {
    plan: free,
    pays: 'prompt',
    legalAddress: address(['Main Road'], 'Twizel', '7901'),
  }),
  buyer(116, 'Pūkeko Parcels', 'pukeko', {
    plan: starter,
    pays: 'prompt',
    upgrade: { month: 9, from: usage },
    legalAddress: address(['61 Depot Lane'], 'Palmerston North', '4410'),
  }),
  buyer(117, 'Hokitika Glass', 'glass', { plan: usage, pays: 'prompt' }),
  buyer(118, 'Tahi Telecom', 'tahi', {
    plan: starter,
    pays: 'declined',
    joined: 3,
    state: 'suspended',
    legalAddress: address(['3 Exchange Place'], 'Invercargill', '9810'),
  }),
  buyer(119, 'Waka Mobility', 'waka', {
    plan: growth,
    pays: 'transfer',
    joined: 5,
    legalAddress: address(['44 Tram Lane'], 'Christchurch', '8011'),
  }),
  buyer(120, 'Dotterel Deliveries', 'dotterel', { plan: starter, pays: 'declined', deletedAfter: 3 }),
  buyer(121, 'Rātā Law', 'rata', {
    plan: growth,
    pays: 'prompt',
    joined: 7,
    legalAddress: address(['12 Lambton Quay'], 'Wellington', '6011'),
  }),
  buyer(122, 'Tūī Weather', 'tui', {
    plan: usage,
    pays: 'retried',
    legalAddress: address(['5 Beacon Hill'], 'Wellington', '6022'),
  }),
  buyer(123, 'Kea Ventures', 'kea', { plan: free, pays: 'prompt', joined: Number.POSITIVE_INFINITY, state: 'pending' }),
]

// The VAT rate is New Zealand's GST unless `rest` has another.
function buyer(
  id: number,
  orgName: string,
  handle: string,
  rest: Omit<DemoBuyer, 'id' | 'orgName' | 'handle'>,
): DemoBuyer {
  return { id, orgName, handle, vatRate: '15', ...rest }
}

function address(lines: readonly string[], city: string, zip: string): AddressRecord {
  return { lines, city, state: '', country: 'New Zealand', phone: '', zip }
}
