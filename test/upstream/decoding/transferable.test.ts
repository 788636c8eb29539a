import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonNumber } from '../../../src/upstream/decoding/json.js'
import { pack, Unpacking } from '../../../src/upstream/decoding/transferable.js'

/** Through as many parcels as come of so few steps each, cloned as between threads. */
function sent(value: unknown, stepsEach: number): unknown {
  const unpacking = new Unpacking()
  const parcels = [...pack(value, stepsEach)].map(parcel => structuredClone(parcel))
  for (const parcel of parcels) unpacking.add(parcel)
  expect(parcels.map(parcel => parcel.isLast)).toEqual(parcels.map((_, index) => index === parcels.length - 1))
  return unpacking.value()
}

describe('pack and Unpacking', () => {
  it.each([1, 2, 7, 1000])('keep a decoded answer as it is, in parcels of %i steps', stepsEach => {
    const answer = {
      project_id: 'p1',
      project_name: '',
      none: undefined,
      nothing: null,
      flags: [true, false],
      pages: { totalPages: 3, perPage: 0 },
      invoices: [
        ['2026-10-31', { total_cost: new JsonNumber('-0.0'), details: [['Compute', { breakdown: [] }]] }],
        ['2026-09-30', { total_cost: new JsonNumber('1e-06'), details: undefined }],
      ],
    }
    const received = sent(answer, stepsEach)
    expect(received).toStrictEqual(answer)
    expect(JSON.stringify(received)).toBe(JSON.stringify(answer))
  })

  it('keep any such value', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map(text => new JsonNumber(text)),
      fc.maxSafeInteger(),
      fc.constantFrom(undefined, null, true, false),
    )
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value')),
        fc.dictionary(
          fc.string().filter(name => name !== '__proto__'),
          tie('value'),
          { noNullPrototype: true },
        ),
      ),
    }))
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 20 }), (one, stepsEach) => {
        expect(sent(one, stepsEach)).toStrictEqual(one)
      }),
    )
  })

  it.each([[1.5], [Number.NaN], [1n], [Symbol('x')], [() => 1]])('refuse %s', value => {
    expect(() => [...pack([value])]).toThrow(TypeError)
  })
})
