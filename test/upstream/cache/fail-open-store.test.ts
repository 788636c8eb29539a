import { setTimeout } from 'node:timers/promises'
import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { FailOpenStore } from '../../../src/upstream/cache/fail-open-store.js'

/** Of the fifty that it has. */
const LATE_MS = 35

/** A store that answers, fails or never says anything, as it is told. */
class MoodyStore extends Map<string, unknown> {
  mood: 'well' | 'failing' | 'silent' | 'late' = 'well'
  asked = 0
  readonly opts = {}

  on(): this {
    return this
  }

  // biome-ignore lint/suspicious/noExplicitAny: an adapter's answers are of any type
  override get(key: string): any {
    return this.answer(() => super.get(key))
  }

  // biome-ignore lint/suspicious/noExplicitAny: an adapter's answers are of any type
  override set(key: string, value: unknown): any {
    return this.answer(() => {
      super.set(key, value)
      return true
    })
  }

  private answer<T>(work: () => T): Promise<T> {
    this.asked++
    if (this.mood === 'failing') return Promise.reject(new Error('down'))
    if (this.mood === 'late') return setTimeout(LATE_MS).then(work)
    return this.mood === 'silent' ? new Promise(() => {}) : Promise.resolve(work())
  }
}

function open(timeoutMs = 50) {
  const moody = new MoodyStore()
  const time = { now: 0 }
  // biome-ignore lint/suspicious/noExplicitAny: of an adapter, only these are used here
  const store = new FailOpenStore(moody as any, () => new Date(time.now), timeoutMs)
  return { moody, store, time, keyv: new Keyv<string>({ store, useKeyPrefix: false }) }
}

describe('PatientStore', () => {
  it('is the store behind it while that is well', async () => {
    const { keyv, store } = open()
    await keyv.set('a', 'one')

    expect(await keyv.get('a')).toBe('one')
    expect(store.counts()).toEqual({ answered: 2, failed: 0 })
  })

  it.each(['failing', 'silent'] as const)('counts a store as empty that is %s', async mood => {
    const { keyv, moody, store } = open()
    await keyv.set('a', 'one')
    moody.mood = mood

    expect(await keyv.get('a')).toBeUndefined()
    expect(await keyv.set('a', 'two')).toBe(false)
    expect(store.counts()).toEqual({ answered: 1, failed: 2 })
  })

  it.each(['failing', 'silent', 'late'] as const)(
    'leaves a store alone for a while that is %s three times',
    async mood => {
      const { keyv, moody, time } = open()
      moody.mood = mood
      for (let time = 0; time < 20; time++) await keyv.get('a')
      expect(moody.asked).toBe(3)

      moody.mood = 'well'
      time.now += 4_999
      await keyv.get('a')
      expect(moody.asked).toBe(3)
      time.now += 1
      await keyv.get('a')
      expect(moody.asked).toBe(4)
    },
  )

  it('forgives failures that others separate', async () => {
    // Of an answer that comes at once, no machine makes a late one.
    const { keyv, moody } = open(60_000)
    for (const mood of ['failing', 'failing', 'well', 'failing', 'failing', 'well'] as const) {
      moody.mood = mood
      await keyv.get('a')
    }

    expect(moody.asked).toBe(6)
  })
})
