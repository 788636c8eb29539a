import { describe, expect, it } from 'vitest'
import { Progress } from '../../src/cli/progress.js'

/** A progress line whose time passes when the test says so. */
function setUp(isTerminal: boolean) {
  const written: string[] = []
  const ticking = new Set<() => void>()
  let now = 0
  const progress = new Progress({
    output: { isTerminal, write: text => written.push(text) },
    clock: () => new Date(now),
    repeat: (_, call) => {
      ticking.add(call)
      return () => ticking.delete(call)
    },
  })
  const pass = (ms: number): void => {
    now += ms
    for (const call of ticking) call()
  }
  return { progress, written, ticking, pass }
}

describe('Progress', () => {
  it('writes nothing during a short read', async () => {
    const { progress, written, ticking, pass } = setUp(true)
    const { promise, resolve } = Promise.withResolvers<string>()
    const done = progress.during('reading', promise)
    pass(900)
    resolve('x')
    expect(await done).toBe('x')
    expect([written, ticking.size]).toEqual([[], 0])
  })

  it('counts the seconds of a long read, and erases its line', async () => {
    const { progress, written, ticking, pass } = setUp(true)
    const { promise, resolve } = Promise.withResolvers<string>()
    const done = progress.during('reading', promise)
    pass(1_000)
    pass(1_500)
    resolve('x')
    await done
    expect(written).toEqual(['\r\x1b[Kreading … 1 s', '\r\x1b[Kreading … 2 s', '\r\x1b[K'])
    expect(ticking.size).toBe(0)
  })

  it('erases its line when the read fails, and rethrows', async () => {
    const { progress, written, ticking, pass } = setUp(true)
    const { promise, reject } = Promise.withResolvers<string>()
    const done = progress.during('reading', promise)
    pass(3_000)
    reject(new Error('no'))
    await expect(done).rejects.toThrow('no')
    expect(written.at(-1)).toBe('\r\x1b[K')
    expect(ticking.size).toBe(0)
  })

  it('writes nothing to a file or a pipe', async () => {
    const { progress, written, ticking } = setUp(false)
    expect(await progress.during('reading', Promise.resolve(1))).toBe(1)
    expect([written, ticking.size]).toEqual([[], 0])
  })
})
