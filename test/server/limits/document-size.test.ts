import { getIntrospectionQuery, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type DocumentSize, measureDocument } from '../../../src/server/limits/document-size.js'

const measure = (text: string, max = 1_000): DocumentSize => measureDocument(parse(text), max)

describe('measureDocument', () => {
  it.each<[string, string, Partial<DocumentSize>]>([
    ['one field', '{ a }', { depth: 1, selections: 1, rootFields: 1, mutationFields: 0, aliases: 0, duplicates: 0 }],
    ['levels', '{ a { b { c } } d { e } }', { depth: 3, selections: 5, rootFields: 2 }],
    ['levels below a fragment', '{ a { ...F } } fragment F on X { b { c } }', { depth: 3 }],
    ['levels below an inline fragment', '{ a { ... on X { b } } }', { depth: 2 }],
    ['levels of introspection', '{ __schema { types { name } } }', { depth: 3, rootFields: 1 }],
    [
      'a fragment as often as it is spread',
      '{ a { ...F } b { ...F } } fragment F on X { x: c }',
      { selections: 6, aliases: 2 },
    ],
    ['aliases', '{ x: a y: a { z: b } }', { aliases: 3 }],
    ['root fields of a fragment', 'mutation { ...F c } fragment F on X { a b }', { rootFields: 3, mutationFields: 3 }],
    [
      'root fields of the operation that has most',
      'query A { a b } mutation B { c }',
      { rootFields: 2, mutationFields: 1 },
    ],
    ['repeated fields', '{ a a b: a b: a }', { duplicates: 2 }],
    ['repeated fields by fragments', '{ a ...F ... { a } } fragment F on X { a }', { duplicates: 2 }],
    ['the same field in two selections as no repetition', '{ a { x } b { x } }', { duplicates: 0 }],
    [
      'directives everywhere',
      'query ($v: X @a) @b { c @d ...F @e } fragment F on X @f { g @h @i }',
      { directives: 7, directivesPerPlace: 2 },
    ],
    ['an unused fragment', '{ a } fragment F on X { b { c { d } } }', { depth: 3, selections: 4 }],
    ['a fragment that does not exist', '{ a ...F }', { selections: 2, rootFields: 1 }],
    ['a fragment that spreads itself', '{ ...F } fragment F on X { a ...F }', { selections: 3, rootFields: 1 }],
    [
      'fragments that only spread each other',
      '{ a } fragment F on X { ...G } fragment G on X { ...F }',
      { rootFields: 1 },
    ],
  ])('counts %s', (_what, text, expected) => {
    expect(measure(text)).toMatchObject(expected)
  })

  it('stops counting one beyond the limit', () => {
    const bomb = Array.from({ length: 30 }, (_, i) => `fragment F${i} on X { a { ...F${i + 1} } b { ...F${i + 1} } }`)
    const { selections } = measure(`{ ...F0 } ${bomb.join(' ')} fragment F30 on X { c }`)
    expect(selections).toBe(1_001)
  })

  it('finds a full introspection query well within the default limits', () => {
    const { depth, selections } = measure(getIntrospectionQuery({ oneOf: true, inputValueDeprecation: true }))
    expect([depth, selections]).toEqual([15, expect.any(Number)])
    expect(selections).toBeLessThan(400)
  })
})
