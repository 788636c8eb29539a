import { setTimeout } from 'node:timers/promises'
import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { FailOpenStore } from '../../../src/upstream/cache/fail-open-store.js'

/** Within the 50 ms that it has. */
const LATE_MS = 35

/** A store that responds, fails, hangs or responds late, as a test sets it. */
class MoodyStore extends Map<string, unknown> {
  mood: 'working' | 'failing' | 'hanging' | 'late' = 'working'
  calls = 0
  readonly opts = {}

  on(): this {
    return this
  }

  // biome-ignore lint/suspicious/noExplicitAny: an adapter's results are of any type
  override get(key: string): any {
    return this.respond(() => super.get(key))
  }

  // biome-ignore lint/suspicious/noExplicitAny: an adapter's results are of any type
  override set(key: string, value: unknown): any {
    return this.respond(() => {
      super.set(key, value)
      return true
    })
  }

  private respond<T>(work: () => T): Promise<T> {
    this.calls++
    if (this.mood === 'failing') return Promise.reject(new Error('down'))
    if (this.mood === 'late') return setTimeout(LATE_MS).then(work)
    return this.mood === 'hanging' ? new Promise(() => {}) : Promise.resolve(work())
  }
}

function open(timeoutMs = 50) {
  const moody = new MoodyStore()
  const time = { now: 0 }
  // biome-ignore lint/suspicious/noExplicitAny: of an adapter, only these are used here
  const store = new FailOpenStore(moody as any, () => new Date(time.now), timeoutMs)
  return { moody, store, time, keyv: new Keyv<string>({ store, useKeyPrefix: false }) }
}

describe('FailOpenStore', () => {
  it('passes on the results of a store that works', async () => {
    const { keyv, moody } = open()
    await keyv.set('a', 'one')

    expect(await keyv.get('a')).toBe('one')
    expect(moody.calls).toBe(2)
  })

  it.each(['failing', 'hanging'] as const)('treats a %s store as empty', async mood => {
    const { keyv, moody } = open()
    await keyv.set('a', 'one')
    moody.mood = mood

    expect(await keyv.get('a')).toBeUndefined()
    expect(await keyv.set('a', 'two')).toBe(false)
    expect(moody.calls).toBe(3)
  })

  it.each(['failing', 'hanging', 'late'] as const)(
    'does not use a store for 5 s after it was %s three times in a row',
    async mood => {
      const { keyv, moody, time } = open()
      moody.mood = mood
      for (let time = 0; time < 20; time++) await keyv.get('a')
      expect(moody.calls).toBe(3)

      moody.mood = 'working'
      time.now += 4_999
      await keyv.get('a')
      expect(moody.calls).toBe(3)
      time.now += 1
      await keyv.get('a')
      expect(moody.calls).toBe(4)
    },
  )

  it('counts only failures in a row', async () => {
    // However busy the machine is, no result is late.
    const { keyv, moody } = open(60_000)
    for (const mood of ['failing', 'failing', 'working', 'failing', 'failing', 'working'] as const) {
      moody.mood = mood
      await keyv.get('a')
    }

    expect(moody.calls).toBe(6)
  })
})
