import type { ServiceRecord } from './catalog-data.js'
import { demoGeocodingServiceId, demoMetrics, demoServiceId } from './demo-plans.js'

const createdAt = new Date('2023-02-01T21:30:00Z')

/** Products of the demo. All invoices are for the first. */
export const demoServices: readonly ServiceRecord[] = [
  {
    id: demoServiceId,
    name: 'Address API',
    state: 'incomplete',
    systemName: 'addresses',
    backendVersion: '1',
    description: 'Postal addresses of Aotearoa, found & checked',
    supportEmail: 'help@harbour.example',
    createdAt,
    metrics: [
      {
        id: demoMetrics.hits,
        systemName: 'hits',
        friendlyName: 'Hits',
        description: 'Number of API hits',
        kind: { unit: 'hit' },
      },
      {
        id: demoMetrics.lookups,
        systemName: 'lookups',
        friendlyName: 'Address lookups',
        description: null,
        kind: { unit: 'lookup' },
      },
      {
        id: 803,
        systemName: 'suggest',
        friendlyName: 'Suggest',
        description: '',
        kind: { parentId: demoMetrics.hits },
      },
      {
        id: 804,
        systemName: 'verify',
        friendlyName: 'Verify',
        description: 'Whether post arrives there',
        kind: { parentId: demoMetrics.hits },
      },
    ],
  },
  {
    id: demoGeocodingServiceId,
    name: 'Geocoding API',
    state: 'incomplete',
    systemName: 'geocoding',
    backendVersion: '2',
    description: null,
    supportEmail: 'help@harbour.example',
    createdAt,
    metrics: [
      { id: 811, systemName: 'hits', friendlyName: 'Hits', description: 'Number of API hits', kind: { unit: 'hit' } },
      { id: 812, systemName: 'reverse', friendlyName: 'Reverse geocoding', description: '', kind: { parentId: 811 } },
    ],
  },
  {
    id: 13,
    name: 'Tide tables <beta>',
    state: 'hidden',
    systemName: 'tides',
    backendVersion: '1',
    description: '',
    supportEmail: 'tides@harbour.example',
    createdAt,
    metrics: [{ id: 821, systemName: 'hits', friendlyName: 'Hits', description: null, kind: { unit: 'hit' } }],
  },
]
