import { describe, expect, it } from 'vitest'
import { registeredCustomer, unregisteredCustomer } from '../../src/domain/customer.js'
import { formatGlobalId, type Identified, parseGlobalId } from '../../src/domain/global-id.js'

const line = { kind: 'LineItem', source: 'CATALYST', nativeId: null, position: 3 } as const

const IDS: readonly (readonly [Identified, string, object])[] = [
  [
    { kind: 'Invoice', source: 'THREESCALE', nativeId: '1201' },
    'threescale:invoice:1201',
    { type: 'Invoice', source: 'THREESCALE', nativeId: '1201' },
  ],
  [
    { kind: 'Invoice', source: 'CATALYST', nativeId: 'project_1/2026-10-31' },
    'catalyst:invoice:project_1:2026-10-31',
    { type: 'Invoice', source: 'CATALYST', nativeId: 'project_1/2026-10-31' },
  ],
  [
    { kind: 'Buyer', source: 'CATALYST', nativeId: 'project_1' },
    'catalyst:buyer:project_1',
    { type: 'Buyer', source: 'CATALYST', nativeId: 'project_1' },
  ],
  [
    { kind: 'Provider', source: 'THREESCALE', nativeId: '4' },
    'threescale:provider:4',
    { type: 'Provider', source: 'THREESCALE', nativeId: '4' },
  ],
  [
    { kind: 'Payment', invoiceId: '1201', nativeId: '3002' },
    'threescale:payment:1201:3002',
    { type: 'Payment', invoiceId: '1201', nativeId: '3002' },
  ],
  [{ kind: 'Contract', nativeId: '501' }, 'threescale:contract:501', { type: 'Contract', nativeId: '501' }],
  [{ kind: 'Metric', nativeId: '801' }, 'threescale:metric:801', { type: 'Metric', nativeId: '801' }],
  [unregisteredCustomer('bär/1'), 'catalyst:customer:b%C3%A4r%2F1', { type: 'Customer', prefix: 'bär/1' }],
  [
    registeredCustomer({
      key: 'wcc',
      name: 'W',
      claims: [],
      buyers: ['101'],
      seesAllCost: false,
      seesAllRevenue: true,
    }),
    'registry:customer:wcc',
    { type: 'Customer', key: 'wcc' },
  ],
  [
    { ...line, source: 'THREESCALE', documentId: '1201', nativeId: '9002' },
    'threescale:line-item:1201:9002',
    { type: 'LineItem', source: 'THREESCALE', documentId: '1201', on: 'invoice', line: { nativeId: '9002' } },
  ],
  [
    { ...line, documentId: 'p1/2026-10-31' },
    'catalyst:line-item:p1:2026-10-31:3',
    { type: 'LineItem', source: 'CATALYST', documentId: 'p1/2026-10-31', on: 'invoice', line: { position: 3 } },
  ],
  [
    { ...line, documentId: 'p1/quotation-2026-11-22/nz-por-1' },
    'catalyst:line-item:p1:quotation-2026-11-22:nz-por-1:3',
    {
      type: 'LineItem',
      source: 'CATALYST',
      documentId: 'p1/quotation-2026-11-22/nz-por-1',
      on: 'quotation',
      projectId: 'p1',
      region: 'nz-por-1',
      position: 3,
    },
  ],
]

describe('a global id', () => {
  it.each(IDS)('is written for %o as %s, and parsed again', (record, id, parsed) => {
    expect(formatGlobalId(record)).toBe(id)
    expect(parseGlobalId(id)).toEqual(parsed)
  })

  it.each([
    '',
    '1201',
    'threescale',
    'threescale:invoice',
    'threescale:invoice:',
    'threescale:invoice:01',
    'threescale:invoice:1:2',
    'threescale:line-item:1201',
    'threescale:customer:acme',
    'catalyst:invoice:p1:2026-02-30',
    'catalyst:invoice:p1',
    'catalyst:buyer:../p1',
    'catalyst:payment:1:2',
    'catalyst:customer:',
    'catalyst:customer:%zz',
    'catalyst:customer:%41',
    'catalyst:line-item:p1:2026-10-31:-1',
    'catalyst:line-item:p1:quotation-2026-11-22:3',
    'other:invoice:1201',
    `catalyst:customer:${'a'.repeat(3_000)}`,
  ])('is not %s', text => {
    expect(parseGlobalId(text)).toBeNull()
  })
})
