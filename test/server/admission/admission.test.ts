import { describe, expect, it } from 'vitest'
import { Admission, OverloadedError } from '../../../src/server/admission/admission.js'
import { type AdmissionSettings, DEFAULT_ADMISSION } from '../../../src/server/admission/admission-settings.js'

const { signal } = new AbortController()

/** Admission control, and operations that last until they are released. */
function createAdmission(settings: Partial<AdmissionSettings> = {}) {
  const loopDelay = { ms: 0, [Symbol.dispose]: () => {} }
  const admission = new Admission({ ...DEFAULT_ADMISSION, ...settings }, loopDelay)
  const released = Promise.withResolvers<void>()
  const running: string[] = []
  return {
    admission,
    loopDelay,
    running,
    release: released.resolve,
    execute: (caller: string) =>
      admission
        .execute({ caller, signal }, async () => {
          running.push(caller)
          await released.promise
          return 'answered'
        })
        .catch((error: Error) => error),
  }
}

/** How many of the callers' operations run. */
const countOf = (running: readonly string[], caller: string): number => running.filter(one => one === caller).length

describe('admission control', () => {
  it('refuses none of 200 operations of one caller, such as a federation router', async () => {
    const test = createAdmission()
    const all = Array.from({ length: 200 }, () => test.execute('router'))
    await expect.poll(() => countOf(test.running, 'router')).toBe(150)
    expect(test.admission.isShedding).toBe(false)
    test.release()
    expect(new Set(await Promise.all(all))).toEqual(new Set(['answered']))
  })

  it('keeps a quarter of the permits from a caller whose operations all hang', async () => {
    const test = createAdmission({ permits: 8 })
    const hanging = Array.from({ length: 20 }, () => test.execute('noisy'))
    await expect.poll(() => countOf(test.running, 'noisy')).toBe(6)
    expect(await test.admission.execute({ caller: 'quiet', signal }, async () => 'answered')).toBe('answered')
    test.release()
    await Promise.all(hanging)
  })

  it('gives its only permit to any caller', async () => {
    const test = createAdmission({ permits: 1 })
    expect(await test.admission.execute({ caller: 'a', signal }, async () => 'answered')).toBe('answered')
  })

  it('refuses what exceeds the queue, and says so while it does', async () => {
    const test = createAdmission({ permits: 1, queueLimit: 1 })
    const first = test.execute('a')
    await expect.poll(() => test.running).toEqual(['a'])
    const second = test.execute('a')
    expect(test.admission.isShedding).toBe(true)
    expect(await test.execute('a')).toBeInstanceOf(OverloadedError)
    test.release()
    expect(await Promise.all([first, second])).toEqual(['answered', 'answered'])
    expect(test.admission.isShedding).toBe(false)
  })

  it('refuses an operation that has waited too long', async () => {
    const test = createAdmission({ permits: 1, maxWaitMs: 1 })
    const first = test.execute('a')
    expect(await test.execute('b')).toBeInstanceOf(OverloadedError)
    test.release()
    expect(await first).toBe('answered')
  })

  it('refuses every new operation while the event loop is delayed too much', async () => {
    const test = createAdmission()
    test.release()
    test.loopDelay.ms = 1_000
    expect(await test.execute('a')).toBe('answered')
    test.loopDelay.ms = 1_001
    expect(test.admission.isShedding).toBe(true)
    expect(await test.execute('a')).toBeInstanceOf(OverloadedError)
    test.loopDelay.ms = 0
    expect(await test.execute('a')).toBe('answered')
  })

  it('passes on what an operation throws, and returns its permit', async () => {
    const test = createAdmission({ permits: 1, queueLimit: 0 })
    for (let count = 0; count < 3; count++) {
      const failing = test.admission.execute({ caller: 'a', signal }, () => Promise.reject(new Error('failed')))
      await expect(failing).rejects.toThrow('failed')
      await new Promise(setImmediate)
    }
  })
})
