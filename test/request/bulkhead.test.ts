import { afterEach, describe, expect, it, vi } from 'vitest'
import { Bulkhead, BulkheadFullError, type BulkheadLimits } from '../../src/request/bulkhead.js'

afterEach(() => {
  vi.useRealTimers()
})

/** A bulkhead, and work in it that lasts until the test ends it. The letter of an id is the caller. */
function createBulkhead(limits: Partial<BulkheadLimits> = {}) {
  const bulkhead = new Bulkhead({ permits: 2, reserve: 0, queueLimit: 2, ...limits })
  const started: string[] = []
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const never = new AbortController().signal
  return {
    bulkhead,
    started,
    start: (id: string, signal = never) =>
      bulkhead
        .execute({ caller: id.charAt(0), signal }, () => {
          started.push(id)
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
  it.each(['end', 'fail'] as const)('starts waiting work when other work %ss, callers in turn', async how => {
    const test = createBulkhead()
    const all = ['a1', 'a2', 'a3', 'b1'].map(id => test.start(id))
    await expect.poll(() => test.started).toEqual(['a1', 'a2'])
    test[how]('a1')
    await all[0]
    await expect.poll(() => test.started).toEqual(['a1', 'a2', 'b1'])
    test[how]('a2')
    await all[1]
    await expect.poll(() => test.started).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('refuses at once what exceeds the queue: the newest work of the caller with the most', async () => {
    const test = createBulkhead()
    const [, , , a4, a5] = ['a1', 'a2', 'a3', 'a4', 'a5'].map(id => test.start(id))
    expect(await a5).toBeInstanceOf(BulkheadFullError)
    expect(test.bulkhead.isFull).toBe(true)
    const b1 = test.start('b1')
    expect(await a4).toBeInstanceOf(BulkheadFullError)
    test.end('a1')
    test.end('a2')
    await expect.poll(() => test.started).toEqual(['a1', 'a2', 'b1', 'a3'])
    expect(test.bulkhead.isFull).toBe(false)
    test.end('b1')
    expect(await b1).toBe('done')
  })

  it('keeps the reserve for others while one caller holds the rest', async () => {
    const test = createBulkhead({ permits: 3, reserve: 1 })
    const a1 = test.start('a1')
    for (const id of ['a2', 'a3', 'a4']) void test.start(id)
    await expect.poll(() => test.started).toEqual(['a1', 'a2'])
    const b1 = test.start('b1')
    await expect.poll(() => test.started).toEqual(['a1', 'a2', 'b1'])
    test.end('b1')
    expect(await b1).toBe('done')
    expect(test.started).toEqual(['a1', 'a2', 'b1'])
    test.end('a1')
    await a1
    await expect.poll(() => test.started).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('never starts work whose signal is aborted while it waits, and gives its place to other work', async () => {
    const test = createBulkhead()
    const disconnect = new AbortController()
    const a1 = test.start('a1')
    test.start('a2')
    const a3 = test.start('a3', disconnect.signal)
    const a4 = test.start('a4')
    disconnect.abort(new Error('disconnected'))
    expect(await a3).toEqual(new Error('disconnected'))
    const a5 = test.start('a5')
    test.end('a1')
    test.end('a2')
    await a1
    await expect.poll(() => test.started).toEqual(['a1', 'a2', 'a4', 'a5'])
    test.end('a4')
    test.end('a5')
    expect([await a4, await a5]).toEqual(['done', 'done'])
    expect(await test.start('a6', disconnect.signal)).toEqual(new Error('disconnected'))
  })

  it('refuses work that has waited for the longest time allowed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const test = createBulkhead({ permits: 1, maxWaitMs: 5_000 })
    const a1 = test.start('a1')
    const a2 = test.start('a2')
    vi.advanceTimersByTime(3_000)
    const a3 = test.start('a3')
    vi.advanceTimersByTime(2_000)
    expect(await a2).toBeInstanceOf(BulkheadFullError)
    test.end('a1')
    await a1
    expect(test.started).toEqual(['a1', 'a3'])
    // Work that runs is not limited.
    vi.advanceTimersByTime(60_000)
    test.end('a3')
    expect(await a3).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('starts one piece of work in each turn of the event loop where that is set', async () => {
    const test = createBulkhead({ permits: 4, queueLimit: 0, hasOneStartPerTurn: true })
    const all = ['a1', 'a2', 'b1'].map(id => test.start(id))
    await Promise.resolve()
    expect(test.started).toEqual(['a1'])
    await new Promise(setImmediate)
    expect(test.started).toEqual(['a1', 'a2'])
    await new Promise(setImmediate)
    expect(test.started).toEqual(['a1', 'a2', 'b1'])
    for (const id of test.started) test.end(id)
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done'])
  })
})
