import { describe, expect, it } from 'vitest'
import { Bulkhead, BulkheadFullError } from '../../src/request/bulkhead.js'

/** A bulkhead, and work in it that lasts until it is told to end. */
function openBulkhead() {
  const bulkhead = new Bulkhead({ served: 2, servedOfOne: 2, waiting: 2 })
  const begun: string[] = []
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const never = new AbortController().signal
  return {
    begun,
    start: (id: string, signal = never) =>
      bulkhead
        .execute({ name: id.charAt(0), signal }, () => {
          begun.push(id)
          const { promise, ...end } = Promise.withResolvers<void>()
          ends.set(id, end)
          return promise
        })
        .then(
          () => 'done',
          (error: Error) => error,
        ),
    end: (id: string) => ends.get(id)?.resolve(),
    fail: (id: string) => ends.get(id)?.reject(new Error(`${id} failed`)),
  }
}

describe('a bulkhead', () => {
  it.each(['end', 'fail'] as const)('begins what waits when others %s, names in turn', async how => {
    const house = openBulkhead()
    const all = ['a1', 'a2', 'a3', 'b1'].map(id => house.start(id))
    await expect.poll(() => house.begun).toEqual(['a1', 'a2'])
    house[how]('a1')
    await all[0]
    await expect.poll(() => house.begun).toEqual(['a1', 'a2', 'b1'])
    house[how]('a2')
    await all[1]
    await expect.poll(() => house.begun).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('refuses at once whom it has no place for, and the last of a crowd for somebody else', async () => {
    const house = openBulkhead()
    const [, , , a4, a5] = ['a1', 'a2', 'a3', 'a4', 'a5'].map(id => house.start(id))
    expect(await a5).toBeInstanceOf(BulkheadFullError)
    const b1 = house.start('b1')
    expect(await a4).toBeInstanceOf(BulkheadFullError)
    house.end('a1')
    house.end('a2')
    await expect.poll(() => house.begun).toEqual(['a1', 'a2', 'b1', 'a3'])
    house.end('b1')
    expect(await b1).toBe('done')
  })

  it('gives the place of one who leaves to another, and begins nothing for him', async () => {
    const house = openBulkhead()
    const leaving = new AbortController()
    const a1 = house.start('a1')
    house.start('a2')
    const a3 = house.start('a3', leaving.signal)
    const a4 = house.start('a4')
    leaving.abort(new Error('gone'))
    expect(await a3).toEqual(new Error('gone'))
    const a5 = house.start('a5')
    house.end('a1')
    house.end('a2')
    await a1
    await expect.poll(() => house.begun).toEqual(['a1', 'a2', 'a4', 'a5'])
    house.end('a4')
    house.end('a5')
    expect([await a4, await a5]).toEqual(['done', 'done'])
    expect(await house.start('a6', leaving.signal)).toEqual(new Error('gone'))
  })
})
