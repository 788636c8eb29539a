import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvoiceMonth } from '../../../src/upstream/catalyst/invoice-month.js'
import { invoiceMonthCodec } from '../../../src/upstream/catalyst/invoice-month.js'
import { toInvoice } from '../../../src/upstream/catalyst/mapping.js'
import type * as wire from '../../../src/upstream/catalyst/wire.js'
import { JsonNumber } from '../../../src/upstream/decoding/json.js'
import { TERMS } from './open-client.js'

/** Numbers in every spelling that JSON and the servers have. */
const number = fc
  .oneof(
    fc.constantFrom('0', '-0', '0.0', '-0.0', '697.0', '1e-06', '1.5E+2', '0.30000000000000004', '100.00'),
    fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.stringMatching(/^\d{0,12}$/))
      .map(([whole, fraction]) => `${whole}${fraction === '' ? '' : `.${fraction}`}`),
  )
  .map(text => new JsonNumber(text))

/** Any text: newlines, quotes, lone surrogates left out since UTF-8 cannot say them. */
const text = fc.string({ unit: 'binary', maxLength: 20 })

/** Keys that JavaScript would put first, whole numbers, cannot keep the order in which they were sent. */
const key = fc
  .oneof(text, fc.constantFrom('__proto__', 'constructor', 'NZ-POR-1.c1.c2r4', 'a\nb', ''))
  .filter(name => !/^\d+$/.test(name))

function entries<V>(value: fc.Arbitrary<V>, of: fc.Arbitrary<string> = key): fc.Arbitrary<wire.Entries<V>> {
  return fc.uniqueArray(fc.tuple(of, value), { selector: ([name]) => name, maxLength: 4 })
}

const line: fc.Arbitrary<wire.Line> = fc.record(
  {
    resource_name: fc.oneof(text, fc.constant<false>(false)),
    resource_id: fc.string({ minLength: 1, maxLength: 8 }),
    quantity: number,
    rate: number,
    unit: fc.oneof(text, fc.constant<false>(false)),
    cost: number,
    cost_taxed: number,
  },
  { requiredKeys: ['resource_name', 'quantity', 'rate', 'unit', 'cost'] },
)

const category: fc.Arbitrary<wire.Category> = fc.record(
  { total_cost: number, total_cost_taxed: number, breakdown: entries(fc.array(line, { maxLength: 3 })) },
  { requiredKeys: ['total_cost', 'breakdown'] },
)

const document: fc.Arbitrary<wire.Document> = fc.record(
  {
    total_cost: number,
    total_cost_taxed: number,
    status: fc.oneof(fc.constantFrom('paid', 'not_paid'), fc.string({ minLength: 1, maxLength: 8 })),
    details: entries(category),
  },
  { requiredKeys: ['total_cost'] },
)

const date = fc.constantFrom('2026-10-01', '2026-10-15', '2026-10-31', '2017-07-31', '2024-02-29')

const month: fc.Arbitrary<InvoiceMonth> = fc
  .record({
    answer: fc.record({
      project_id: fc.stringMatching(/^[0-9a-f]{1,32}$/),
      project_name: text,
      invoices: entries(document, date),
    }),
    regions: fc.array(fc.oneof(fc.constantFrom('nz-por-1', 'RegionOne'), text), { maxLength: 3 }),
    asOf: fc.constantFrom('2026-11-21T23:35:40.250Z', '2026-11-01T00:00:00.000Z'),
  })
  .map(({ answer, regions, asOf }) => {
    const origin = { projectId: answer.project_id, projectName: answer.project_name, asOf, stale: false }
    const invoices = answer.invoices.map(([day, sent]) => toInvoice(day, sent, origin, { ...TERMS, regions }))
    return { wire: answer, regions, invoices, asOf }
  })

describe('a month as text', () => {
  const codec = invoiceMonthCodec(TERMS)

  it('reads back as the very same month', async () => {
    await fc.assert(
      fc.asyncProperty(month, async kept => {
        expect(await codec.decode(codec.encode(kept))).toEqual(kept)
      }),
      { numRuns: 500, seed: 4711 },
    )
  })

  it('is the same text when it is written again', async () => {
    await fc.assert(
      fc.asyncProperty(month, async kept => {
        expect(codec.encode(await codec.decode(codec.encode(kept)))).toBe(codec.encode(kept))
      }),
      { numRuns: 200, seed: 4711 },
    )
  })

  it.each(['', 'x', 'a\nb\nc', '2026-11-01T00:00:00.000Z\n["nz-por-1"]', '2026-11-01T00:00:00.000Z\n{}\n{}'])(
    'that was not written here is refused: %j',
    async foreign => {
      await expect(codec.decode(foreign)).rejects.toThrow()
    },
  )
})
