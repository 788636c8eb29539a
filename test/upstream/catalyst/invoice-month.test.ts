import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMonth, encodeMonth } from '../../../src/upstream/catalyst/decode.js'
import { readMonth, toPart } from '../../../src/upstream/catalyst/invoice-month.js'
import type * as wire from '../../../src/upstream/catalyst/wire.js'
import { JsonNumber } from '../../../src/upstream/decoding/json-number.js'
import { UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import { ASKED } from './documents.js'
import { decoders, TERMS } from './open-client.js'

/** Numbers in every form that JSON and the servers have. */
const number = fc
  .oneof(
    fc.constantFrom('0', '-0', '0.0', '-0.0', '697.0', '1e-06', '1.5E+2', '0.30000000000000004', '100.00'),
    fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.stringMatching(/^\d{0,12}$/))
      .map(([whole, fraction]) => `${whole}${fraction === '' ? '' : `.${fraction}`}`),
  )
  .map(text => new JsonNumber(text))

/** Any text, with newlines and quotes; without lone surrogates, which UTF-8 cannot encode. */
const text = fc.string({ unit: 'binary', maxLength: 20 })

/** No whole numbers: JavaScript puts such keys first, so that they cannot keep the order sent. */
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

const MONTH = '2026-10'
const AS_OF = '2026-11-21T23:35:40.250Z'

const date = fc.constantFrom('2026-10-01', '2026-10-15', '2026-10-31')

const sent: fc.Arbitrary<wire.Invoices> = fc.record({
  project_id: fc.stringMatching(/^[0-9a-f]{1,32}$/),
  project_name: text,
  invoices: entries(document, date),
})

const regionNames = fc.array(fc.oneof(fc.constantFrom('nz-por-1', 'RegionOne'), text), { maxLength: 3 })

function read(body: Uint8Array) {
  return readMonth(body, AS_OF, TERMS, decoders)
}

describe('a month in the shared store', () => {
  it('reads back as the very same month', async () => {
    await fc.assert(
      fc.asyncProperty(sent, regionNames, async (invoices, regions) => {
        const part = await toPart(MONTH, invoices, AS_OF, { ...TERMS, regions })
        expect(await read(part.encode())).toEqual(part.value)
      }),
      { numRuns: 500, seed: 4711 },
    )
  })

  it('is the same text when it is written again', () => {
    fc.assert(
      fc.property(sent, regionNames, (invoices, regions) => {
        const written = encodeMonth({ month: MONTH, regions, sent: invoices })
        expect(encodeMonth(decodeMonth(Buffer.from(written), ASKED))).toBe(written)
      }),
      { numRuns: 200, seed: 4711 },
    )
  })

  const sentText = '{"project_id": "p1", "project_name": "", "invoices": {}}'
  it.each([
    '',
    'x',
    '{}',
    sentText,
    `{"month": "2026-10", "sent": ${sentText}}`,
    `{"month": "October", "regions": [], "sent": ${sentText}}`,
    `{"month": "2026-10", "regions": [1], "sent": ${sentText}}`,
    `{"month": "2026-10", "regions": [], "sent": ${sentText.replace('{}', '{"2026-09-30": {"total_cost": 1}}')}}`,
  ])('is refused when it was written by something else: %j', async foreign => {
    await expect(read(Buffer.from(foreign))).rejects.toBeInstanceOf(UpstreamFormatError)
  })
})
