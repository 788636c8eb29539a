import { expect, it } from 'vitest'
import { hedge } from '../../../src/upstream/http/hedge.js'

/** Work whose turns and ends a test decides on. */
function open() {
  const all: {
    begun: () => void
    resolve: (value: string) => void
    reject: (error: Error) => void
    signal: AbortSignal
  }[] = []
  const waits: (() => void)[] = []
  const wait = (_ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      waits.push(resolve)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  const work = (signal: AbortSignal, begun: () => void): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    all.push({ begun, resolve, reject, signal })
    return promise
  }
  const done = hedge(work, { afterMs: 1, wait, mayBegin: () => true })
  return { all, waits, done, turn: () => new Promise(resolve => setImmediate(resolve)) }
}

it('a second begins only once the first has been under way for so long, however long that waited for its turn', async () => {
  const { all, waits, done, turn } = open()
  await turn()
  expect(waits).toHaveLength(0)
  all[0]?.begun()
  expect(waits).toHaveLength(1)
  expect(all).toHaveLength(1)
  waits[0]?.()
  await turn()
  expect(all).toHaveLength(2)
  all[1]?.resolve('second')
  expect(await done).toBe('second')
  expect(all.map(({ signal }) => signal.aborted)).toEqual([true, true])
})

it('a failure counts when nothing else is under way', async () => {
  const one = open()
  one.all[0]?.begun()
  one.all[0]?.reject(new Error('first'))
  await expect(one.done).rejects.toThrow('first')
  one.waits[0]?.()
  await one.turn()
  expect(one.all).toHaveLength(1)

  const two = open()
  two.all[0]?.begun()
  two.waits[0]?.()
  await two.turn()
  two.all[0]?.reject(new Error('first'))
  two.all[1]?.reject(new Error('second'))
  await expect(two.done).rejects.toThrow('second')
})
