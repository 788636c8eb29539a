import { expect, it } from 'vitest'
import { sortInTurns } from '../../src/domain/sort-in-turns.js'

it.each([0, 1, 9_999, 10_000, 10_001, 45_000])('%i items are in order, and equal ones as they were', async count => {
  const items = Array.from({ length: count }, (_, place) => ({ rank: (place * 7_919) % 997, place }))
  const sorted = await sortInTurns(Object.freeze(items), (left, right) => left.rank - right.rank)
  expect(sorted).toEqual(items.toSorted((left, right) => left.rank - right.rank))
})

it('no more than about ten thousand items are compared before another task gets its turn', async () => {
  let [compared, longest] = [0, 0]
  const noteTurn = (): void => {
    longest = Math.max(longest, compared)
    compared = 0
    if (!isOver) setImmediate(noteTurn)
  }
  let isOver = false
  setImmediate(noteTurn)
  const items = Array.from({ length: 250_000 }, (_, place) => (place * 7_919) % 250_000)
  await sortInTurns(items, (left, right) => {
    compared++
    return left - right
  })
  isOver = true
  noteTurn()
  // A run of 10,000 takes 14 comparisons for each of its items at most.
  expect(longest).toBeLessThanOrEqual(140_000)
})
