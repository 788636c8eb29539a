import { expect, it } from 'vitest'
import { deepFreeze, mapOnce } from '../../../src/upstream/decoding/deep-freeze.js'

it('mapOnce keeps the result for an object from its second mapping on, and maps an equal object again', () => {
  const mapped: object[] = []
  const map = mapOnce((from: { readonly id: string }) => {
    mapped.push(from)
    return { id: `threescale:${from.id}` }
  })
  const [first, second] = [{ id: '1' }, { id: '1' }]
  expect(map(first)).toEqual(map(first))
  expect(map(first)).toBe(map(first))
  expect(map(second)).toEqual(map(first))
  expect(map(second)).not.toBe(map(first))
  expect(mapped).toEqual([first, first, second, second])
})

it('deepFreeze freezes the value and everything in it', () => {
  const value = deepFreeze({ list: [{ id: '1' }] })
  expect([value, value.list, value.list[0]].every(Object.isFrozen)).toBe(true)
})
