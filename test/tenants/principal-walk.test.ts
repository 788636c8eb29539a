import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVERY_QUERY } from './every-query.js'
import { type MarkedGateway, startMarkedGateway } from './marked-gateway.js'
import { callerOf } from './principals.js'

/** A caller with one buyer and one prefix granted. */
const caller = callerOf('both', {
  scopes: ['billing:read', 'costs:read'],
  projects: [],
  customers: [1],
  buyers: [104],
})

const BUYER = [
  'threescale:buyer:5104',
  'threescale:contract:300104',
  'threescale:invoice:13104',
  'threescale:invoice:39104',
  'threescale:line-item:13104:506104',
  'threescale:line-item:13104:507104',
  'threescale:line-item:39104:558104',
  'threescale:line-item:39104:559104',
  'threescale:payment:13104:7013104',
  'threescale:payment:39104:7039104',
]

/** The customer's lines on three projects' bills; no bill, quotation or project. */
const LINES = ['pj1', 'pj2', 'pj4'].flatMap(project =>
  [
    '2026-07-31:0',
    '2026-08-31:0',
    '2026-08-31:1',
    '2026-09-15:0',
    '2026-09-30:0',
    '2026-10-31:0',
    '2026-10-31:1',
    'quotation-2026-11-22:nz-por-1:0',
    'quotation-2026-11-22:nz-hlz-1:0',
  ].map(line => `catalyst:line-item:${project}:${line}`),
)

/** Providers, metrics, and a customer for every prefix, which are visible to every caller. */
const SHARED = [
  'threescale:provider:4',
  'catalyst:provider:catalyst-cloud',
  'threescale:metric:801',
  'catalyst:customer:cu-0',
  'catalyst:customer:cu-1',
  'catalyst:customer:cu-10',
  'catalyst:customer:cu-2',
  'catalyst:customer:cu-20',
  'catalyst:customer:cu-3',
  'catalyst:customer:cu-99',
]

/** The registered customer of the buyer and the prefix, found by its key. */
const REGISTERED = ['catalyst:customer:cu-1']

/** Everything that each root field shows. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  _entities: [...BUYER, ...LINES, ...SHARED, ...REGISTERED],
  _service: ['the schema'],
  buyer: ['threescale:buyer:5104'],
  buyers: ['1 in all', 'threescale:buyer:5104'],
  costAllocation: [],
  costOverTime: [
    'CLOSED 280.00 NZD CLOSED 280.00 NZD',
    'CLOSED 360.00 NZD CLOSED 360.00 NZD',
    'CLOSED 520.00 NZD CLOSED 520.00 NZD',
    // Projects without a line of the customer look like one that does not exist.
    ...['NO_BILL NO_BILL', 'NO_BILL NO_BILL', 'NO_BILL NO_BILL'],
    'CLOSED 280.00 NZD CLOSED 280.00 NZD',
  ],
  credits: [],
  customer: ['cu-1', 'cu-10', 'cu-99'],
  customers: ['1 in all', 'rg1', 'cu-1', 'threescale:buyer:5104'],
  customerCost: [
    'cu-1 2026-08 catalyst:buyer:pj1 280.00 cu-1-pj1-web cu-1-pj1-web',
    'cu-1 2026-11 catalyst:buyer:pj1 280.00 cu-1-pj1-web cu-1-pj1-web',
    'cu-10 2026-08 catalyst:buyer:pj1 0.00',
    'cu-10 2026-11 catalyst:buyer:pj1 0.00',
    ' 2026-08 catalyst:buyer:pj1 280.00 cu-1-pj1-web cu-1-pj1-web',
    ' 2026-11 catalyst:buyer:pj1 280.00 cu-1-pj1-web cu-1-pj1-web',
    'cu-1 2026-08 catalyst:buyer:pj2 360.00 cu-1.pj2-web cu-1.pj2-web',
    'cu-1 2026-11 catalyst:buyer:pj2 360.00 cu-1.pj2-web cu-1.pj2-web',
    'cu-10 2026-08 catalyst:buyer:pj2 0.00',
    'cu-10 2026-11 catalyst:buyer:pj2 0.00',
    ' 2026-08 catalyst:buyer:pj2 360.00 cu-1.pj2-web cu-1.pj2-web',
    ' 2026-11 catalyst:buyer:pj2 360.00 cu-1.pj2-web cu-1.pj2-web',
    'cu-1 2026-08 catalyst:buyer:pj4 520.00 cu-1:pj4-web cu-1:pj4-web',
    'cu-1 2026-11 catalyst:buyer:pj4 520.00 cu-1:pj4-web cu-1:pj4-web',
    'cu-10 2026-08 catalyst:buyer:pj4 0.00',
    'cu-10 2026-11 catalyst:buyer:pj4 0.00',
    ' 2026-08 catalyst:buyer:pj4 520.00 cu-1:pj4-web cu-1:pj4-web',
    ' 2026-11 catalyst:buyer:pj4 520.00 cu-1:pj4-web cu-1:pj4-web',
    // The newest month, when none is given.
    'cu-1 2026-10 catalyst:buyer:pj1 280.00 cu-1-pj1-web cu-1-pj1-web',
  ],
  invoice: ['threescale:invoice:13104', 'threescale:invoice:39104'],
  invoices: ['2 in all', ...BUYER.slice(2)],
  measurements: [],
  node: [...BUYER, ...LINES, ...SHARED, ...REGISTERED],
  nodes: [...BUYER, ...LINES, ...SHARED, ...REGISTERED],
  products: ['c1.c1r1', 'nz-por-1', 'c1.c1r1', 'nz-hlz-1'],
  provider: ['threescale:provider:4', 'Harbour Digital Limited', 'catalyst:provider:catalyst-cloud', 'Catalyst Cloud'],
  quotation: [],
  rateLimit: [],
  reconciliation: ['rg1', '280.00', '0.00', 'NO_REVENUE'],
  sources: ['CATALYST', 'THREESCALE'],
  incidents: [],
  writeIntent: [],
}

let gateway: MarkedGateway

beforeAll(async () => {
  gateway = await startMarkedGateway([caller])
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('a caller with one buyer and one prefix granted', () => {
  it('is tested with every query of the schema', () => {
    const fields = Object.keys(gateway.schema.getQueryType()?.getFields() ?? {})
    expect(Object.keys(EVERY_QUERY).sort()).toEqual(fields.sort())
    expect(Object.keys(SEEN).sort()).toEqual(fields.sort())
  })

  it.each(Object.entries(EVERY_QUERY))(
    'sees only granted data through %s',
    async (name, { queries, seen, isRefused }) => {
      const words: string[] = []
      for (const query of queries) {
        const { body } = await gateway.send(caller.key.text, { query, variables: {} })
        const errors = (body.errors ?? []) as readonly { extensions: { code: string } }[]
        expect(
          errors.filter(({ extensions }) => !isRefused || !['NOT_FOUND', 'FORBIDDEN'].includes(extensions.code)),
        ).toEqual([])
        words.push(...seen(body.data as Readonly<Record<string, unknown>>))
      }
      process.stdout.write(`${name}: ${words.join(', ') || 'nothing'}\n`)
      expect(words.toSorted()).toEqual(SEEN[name]?.toSorted())
    },
  )
})
