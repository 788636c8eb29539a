import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resourceName } from '../../src/domain/line-item.js'
import { linesWithPrefix } from '../../src/domain/prefix-index.js'
import { line, resourceLine } from './bills.js'

const MANY = 300
const CHARACTERS = ['a', 'b', 'B', '-', '1', 'ā', '\u0304', '🥝', '\uffff', '\ud800', ' ']
const name = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 4 }).map(parts => parts.join(''))

/** Names of few characters, so that many start alike, and some lines without a name. */
const lines = fc
  .array(fc.oneof({ arbitrary: name, weight: 9 }, { arbitrary: fc.constant(null), weight: 1 }), {
    minLength: MANY,
    maxLength: MANY * 2,
  })
  .map(names => names.map((resource, position) => ({ ...resourceLine(resource, '1.00'), position })))

describe('linesWithPrefix', () => {
  it('gives what looking at each line gives, in the order of the bill, however often it is asked', () => {
    fc.assert(
      fc.property(lines, fc.array(name, { minLength: 1, maxLength: 10 }), (all, prefixes) => {
        for (const prefix of prefixes) {
          const expected = prefix === '' ? all : all.filter(one => resourceName(one)?.startsWith(prefix))
          expect(linesWithPrefix(all, prefix)).toEqual(expected)
        }
      }),
      { numRuns: 50 },
    )
  })

  it.each([3, MANY])('finds a line that charges for no resource by its own name, among %i', count => {
    const all = Array.from({ length: count }, (_, position) => line({ name: `other-${position}`, position }))
    const own = line({ name: 'customer-wcc', position: count })

    expect(linesWithPrefix([...all, own], 'customer')).toEqual([own])
  })

  it('looks at no line again that is not to be given', () => {
    let read = 0
    const all = Array.from({ length: MANY }, (_, position) => {
      const one = resourceLine(`customer-${position}`, '1.00')
      const get = () => {
        read++
        return one.resource
      }
      return Object.defineProperty({ ...one }, 'resource', { get, enumerable: true })
    })
    linesWithPrefix(all, 'customer-77')
    read = 0

    expect(linesWithPrefix(all, 'customer-299')).toHaveLength(1)
    expect(read).toBeLessThan(50)
  })
})
