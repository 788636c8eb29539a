import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesPrefix } from '../../src/domain/prefix-index.js'

describe('matchesPrefix', () => {
  it.each<[name: string | null, prefix: string, startsWith: boolean, segment: boolean]>([
    ['customer-1', 'customer-1', true, true],
    ['customer-1-web', 'customer-1', true, true],
    ['customer-1_web', 'customer-1', true, true],
    ['customer-1.web', 'customer-1', true, true],
    ['customer-1/web', 'customer-1', true, true],
    ['customer-1:web', 'customer-1', true, true],
    ['customer-10', 'customer-1', true, false],
    ['customer-1 web', 'customer-1', true, false],
    ['customer-1web', 'customer-1', true, false],
    ['customer-10', 'customer-', true, true],
    ['customer-', 'customer-', true, true],
    ['customer', 'customer-', false, false],
    ['customer-2', 'customer-1', false, false],
    ['my-customer-1', 'customer-1', false, false],
    ['Customer-1', 'customer-1', false, false],
    [' customer-1', 'customer-1', false, false],
    ['customer-1', 'customer-.', false, false],
    ['customer-1', 'customer-*', false, false],
    ['', 'customer-1', false, false],
    [null, 'customer-1', false, false],
    ['anything', '', true, true],
    ['', '', true, true],
    [null, '', true, true],
    ['Māori-portal', 'Māori', true, true],
    ['Māorikura', 'Māori', true, false],
    ['Maori-portal', 'Māori', false, false],
    ['kererū-db', 'kererū', true, true],
    // A macron that is its own character: plain text, so the letter under it matches, but no segment ends there.
    ['Ma\u0304ori', 'Ma', true, false],
    ['🥝-1', '🥝', true, true],
  ])('%j and the prefix %j: plain text %s, by segment %s', (name, prefix, startsWith, segment) => {
    expect(matchesPrefix(name, prefix, 'STARTS_WITH')).toBe(startsWith)
    expect(matchesPrefix(name, prefix, 'SEGMENT')).toBe(segment)
  })

  it('matches by segment only what plain text matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '.', 'ā') })
    fc.assert(
      fc.property(text, text, (name, prefix) => {
        expect(matchesPrefix(name, prefix, 'STARTS_WITH')).toBe(name.startsWith(prefix))
        if (matchesPrefix(name, prefix, 'SEGMENT')) expect(name.startsWith(prefix)).toBe(true)
      }),
    )
  })

  it('never matches one name to two customers of which neither is a segment of the other', () => {
    const segment = fc.string({ unit: fc.constantFrom('a', 'b', '1', '0'), minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(segment, segment, segment, (one, other, rest) => {
        fc.pre(one !== other)
        const name = `${one}-${rest}`

        expect(matchesPrefix(name, one, 'SEGMENT')).toBe(true)
        expect(matchesPrefix(name, other, 'SEGMENT')).toBe(false)
      }),
    )
  })
})
