import { describe, expect, it, vi } from 'vitest'
import { Coalescer } from '../../src/request/coalesce.js'
import {
  CallBudget,
  CallsSpentError,
  callerName,
  requestCallBudget,
  requestSignal,
  withRequestContext,
} from '../../src/request/request-context.js'
import { contextOf } from './request-context.js'

/** Work that ends when the test says so, or when its signal aborts. */
function openWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const work = vi.fn(() => {
    const signal = requestSignal()
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    return promise
  })
  return { work, resolve, reject }
}

describe('Coalescer', () => {
  it('runs a thousand concurrent calls once, and a later call again', async () => {
    const coalescer = new Coalescer<string>()
    const { work, resolve } = openWork()

    const all = Array.from({ length: 1_000 }, () => coalescer.run('invoices', work))
    resolve('42')

    expect(new Set(await Promise.all(all))).toEqual(new Set(['42']))
    expect(work).toHaveBeenCalledTimes(1)
    await coalescer.run('invoices', work)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('runs the work with the name of the caller that started it', async () => {
    const coalescer = new Coalescer<string>()
    const { signal } = new AbortController()
    const run = (name: string) =>
      withRequestContext(contextOf({ signal, callerName: name }), () => coalescer.run('a', async () => callerName()))
    expect(await Promise.all([run('first'), run('second')])).toEqual(['first', 'first'])
  })

  it('runs the work of each key', async () => {
    const coalescer = new Coalescer<string>()

    const answers = await Promise.all([coalescer.run('a', async () => 'A'), coalescer.run('b', async () => 'B')])

    expect(answers).toEqual(['A', 'B'])
  })

  it('shares a failure with all waiting callers, and with no later one', async () => {
    const coalescer = new Coalescer<string>()
    const { work, reject } = openWork()
    const all = [coalescer.run('a', work), coalescer.run('a', work)]

    reject(new Error('down'))

    for (const one of await Promise.allSettled(all)) expect(one).toMatchObject({ reason: new Error('down') })
    expect(await coalescer.run('a', async () => 'up')).toBe('up')
  })

  it('goes on for the others when one disconnects, even the one that started', async () => {
    const coalescer = new Coalescer<string>()
    const { work, resolve } = openWork()
    const leaver = new AbortController()
    const first = withRequestContext(contextOf({ signal: leaver.signal }), () => coalescer.run('a', work))
    const second = withRequestContext(contextOf({ signal: new AbortController().signal }), () =>
      coalescer.run('a', work),
    )

    leaver.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    resolve('still')

    expect(await second).toBe('still')
  })

  it('aborts the work when the last caller disconnects, and starts anew for the next', async () => {
    const coalescer = new Coalescer<string>()
    const { work } = openWork()
    const callers = [new AbortController(), new AbortController()]
    const waits = callers.map(({ signal }) => withRequestContext(contextOf({ signal }), () => coalescer.run('a', work)))

    for (const caller of callers) caller.abort(new Error('gone'))

    expect(await Promise.allSettled(waits)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    expect(await coalescer.run('a', async () => 'anew')).toBe('anew')
    expect(work).toHaveBeenCalledTimes(1)
  })

  it('spends the call budget of the caller that started, and fails no other caller when that is used up', async () => {
    const coalescer = new Coalescer<string>()
    const { signal } = new AbortController()
    const spent = new CallBudget({ allowed: 0, exceeded: () => true }, 'r')
    const ample = new CallBudget({ allowed: 1, exceeded: () => true }, 'r')
    const ready = Promise.withResolvers<void>()
    const work = async () => {
      await ready.promise
      requestCallBudget()?.spend()
      return 'asked'
    }
    const first = withRequestContext(contextOf({ signal, callBudget: spent }), () => coalescer.run('a', work))
    const second = withRequestContext(contextOf({ signal, callBudget: ample }), () => coalescer.run('a', work))

    ready.resolve()

    await expect(first).rejects.toBeInstanceOf(CallsSpentError)
    expect(await second).toBe('asked')
    expect(() => ample.spend()).toThrow(CallsSpentError)
  })

  it('rejects at once for a caller that has already disconnected', async () => {
    const coalescer = new Coalescer<string>()
    const { work } = openWork()

    await expect(
      withRequestContext(contextOf({ signal: AbortSignal.abort(new Error('gone')) }), () => coalescer.run('a', work)),
    ).rejects.toThrow('gone')
  })
})
