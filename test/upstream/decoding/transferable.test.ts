import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonNumber } from '../../../src/upstream/decoding/json-number.js'
import { ChunkReader, toChunks } from '../../../src/upstream/decoding/transferable.js'

/** The value after a trip in chunks of so many steps, cloned as between threads. */
function sent(value: unknown, stepsPerChunk: number): unknown {
  const reader = new ChunkReader()
  const chunks = [...toChunks(value, stepsPerChunk)].map(chunk => structuredClone(chunk))
  for (const chunk of chunks) reader.add(chunk)
  expect(chunks.map(chunk => chunk.isLast)).toEqual(chunks.map((_, index) => index === chunks.length - 1))
  return reader.value()
}

describe('chunks', () => {
  it.each([1, 2, 7, 1000])('keep a decoded body as it is, with %i steps each', stepsPerChunk => {
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
    const received = sent(answer, stepsPerChunk)
    expect(received).toStrictEqual(answer)
    expect(JSON.stringify(received)).toBe(JSON.stringify(answer))
  })

  it('keep any value of these kinds', () => {
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
      fc.property(value, fc.integer({ min: 1, max: 20 }), (one, stepsPerChunk) => {
        expect(sent(one, stepsPerChunk)).toStrictEqual(one)
      }),
    )
  })

  it.each([[1.5], [Number.NaN], [1n], [Symbol('x')], [() => 1]])('refuse %s', value => {
    expect(() => [...toChunks([value])]).toThrow(TypeError)
  })
})
