import { expect } from 'vitest'
import { type GraphqlConversation, LOGIN, REVOCATION } from './conversation.js'
import { asAdmin, degradedHealth } from './recorded-response.js'

const SOURCES = '{ sources { source reachable circuit message } }'
const sources = (message: string | null) => ({
  sources: [{ source: 'CATALYST', reachable: true, circuit: 'CLOSED', message }],
})
const PINGS = ['nz-por-1 GET /', 'nz-hlz-1 GET /']
const HEALTH = ['nz-por-1 GET /', 'nz-por-1 GET /v2/health', 'nz-hlz-1 GET /', 'nz-hlz-1 GET /v2/health']
const BEHIND = 'Catalyst Cloud says that its usage collection is behind (GET /v2/health)'

const PRODUCTS = '{ products(regions: ["nz-hlz-1"]) { category name rate unit description } }'

/** `compute|c1.c1r1|0.044|hour|1 vCPU, 1 GB RAM` */
function products(...rows: readonly string[]) {
  return {
    products: rows.map(row => {
      const [category, name, rate, unit, description] = row.split('|')
      return { category, name, rate, unit, description }
    }),
  }
}

const COMMON = [
  'compute|c1.c1r1|0.044|hour|1 vCPU, 1 GB RAM',
  'compute|c1.c1r2|0.062|hour|1 vCPU, 2 GB RAM',
  'compute|c1.c2r4|0.124|hour|2 vCPU, 4 GB RAM',
  'compute|c1.c4r8|0.248|hour|4 vCPU, 8 GB RAM',
  'compute|c1.c8r16|0.4961|hour|8 vCPU, 16 GB RAM',
  'block storage|b1.standard|0.000416|gigabyte|Standard tier',
  'block storage|b1.sr-r3-nvme-1000|0.000605|gigabyte|NVMe 1000 IOPS',
]
const NETWORK = [
  'network|n1.ipv4|0.006|hour|Public IPv4',
  'network|n1.network|0.0164|hour|Network',
  'network|n1.router|0.017|hour|Router',
  'network|n1.vpn|0.017|hour|VPN',
]

const CREDITS = '{ credits { code type balance { amount currencyCode } startedOn expiresOn recurring } }'

/** Prices, raw usage, credits and health. */
export const USAGE: readonly GraphqlConversation[] = [
  {
    title: 'a service that responds is reachable',
    recordings: ['022'],
    regions: { por: ['022'], hlz: ['022'] },
    query: SOURCES,
    data: sources(null),
    requests: [LOGIN, REVOCATION, ...PINGS],
  },
  {
    title: 'an admin sees no message while the service is healthy',
    recordings: ['088'],
    keystone: [asAdmin],
    regions: { por: ['022', '088'], hlz: ['022', '088'] },
    query: SOURCES,
    data: sources(null),
    requests: [LOGIN, REVOCATION, ...HEALTH],
  },
  {
    title: 'a service without a health report counts as reachable',
    recordings: ['087'],
    keystone: [asAdmin],
    regions: { por: ['022', '087'], hlz: ['022', '087'] },
    query: SOURCES,
    data: sources(null),
    requests: [LOGIN, REVOCATION, ...HEALTH],
  },
  {
    title: 'an admin sees that usage collection is behind, but not for which project',
    recordings: [],
    keystone: [asAdmin],
    regions: { por: ['022', degradedHealth], hlz: ['022', '088'] },
    query: SOURCES,
    data: sources(`nz-por-1: ${BEHIND}`),
    requests: [LOGIN, REVOCATION, ...HEALTH],
  },
  {
    title: 'the price list of a server that computes bills',
    recordings: ['023'],
    regions: { por: ['023'] },
    query: PRODUCTS,
    data: products(
      ...COMMON,
      'object storage|o1.standard|0.000275|gigabyte|Multi-region 3 replicas',
      ...NETWORK,
      'data transfer|n1.national-in|0|gigabyte|Inbound national traffic',
      'data transfer|n1.national-out|0.0|gigabyte|Outbound national traffic',
      'data transfer|n1.international-out|0.12|gigabyte|Outbound international traffic',
    ),
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/products'],
  },
  {
    title: 'the price list of an ERP',
    recordings: ['028'],
    regions: { por: ['028'] },
    query: PRODUCTS,
    data: products(
      ...COMMON,
      ...NETWORK,
      'network|n1.national-in|0.0|gigabyte|Inbound national traffic',
      'network|n1.national-out|0.0|gigabyte|Outbound national traffic',
      'network|n1.international-out|0.12|gigabyte|Outbound international traffic',
      'object storage|nz.o1.standard|0.000275|gigabyte|Multi-region 3 replicas',
    ),
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/products'],
  },
  {
    title: 'two days of usage, without the hosts',
    recordings: ['082'],
    regions: { por: ['082'] },
    query:
      '{ measurements(from: "2026-10-11", to: "2026-10-12", regions: ["nz-por-1"]) { resourceId resourceName type region services { name volume unit } } }',
    data: {
      measurements: expect.arrayContaining([
        {
          resourceId: '0284f967-d230-65d5-9682-5613f760f290',
          resourceName: 'customer-wcc-db-01',
          type: 'Virtual Machine',
          region: 'nz-por-1',
          services: [{ name: 'c1.c4r8', volume: '172800.0', unit: 'second' }],
        },
      ]),
    },
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/measurements?start=2026-10-11&end=2026-10-13'],
  },
  {
    title: 'a server that computes bills has no credits',
    recordings: ['084'],
    regions: { por: ['084'] },
    query: CREDITS,
    data: { credits: [] },
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/credits'],
  },
  {
    title: 'the credits of an ERP, one of them without a code',
    recordings: ['085'],
    regions: { por: ['085'] },
    query: CREDITS,
    data: {
      credits: [
        {
          code: 'DEVGRANT-7F3A',
          type: 'Cloud Development Grant',
          balance: { amount: '412.5', currencyCode: 'NZD' },
          startedOn: '2026-02-03',
          expiresOn: '2027-02-03',
          recurring: false,
        },
        {
          code: null,
          type: 'Cloud Trial Credit',
          balance: { amount: '25.0', currencyCode: 'NZD' },
          startedOn: '2025-09-01',
          expiresOn: '2026-12-31',
          recurring: false,
        },
      ],
    },
    requests: [LOGIN, REVOCATION, 'nz-por-1 GET /v2/credits'],
  },
]
