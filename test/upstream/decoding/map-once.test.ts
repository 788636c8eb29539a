import { expect, it } from 'vitest'
import { mapOnce } from '../../../src/upstream/decoding/map-once.js'

it('an object is mapped once, and an equal one anew', () => {
  const mapped: object[] = []
  const map = mapOnce((from: { readonly id: string }) => {
    mapped.push(from)
    return { id: `threescale:${from.id}` }
  })
  const [first, second] = [{ id: '1' }, { id: '1' }]
  expect(map(first)).toBe(map(first))
  expect(map(second)).toEqual(map(first))
  expect(map(second)).not.toBe(map(first))
  expect(mapped).toEqual([first, second])
})
