import { describe, expect, it } from 'vitest'
import { BackOff } from '../src/workers.js'

describe('a worker that has died', () => {
  it('is replaced at once the first time, and later each time when they die again and again, after ten seconds at most', () => {
    const backOff = new BackOff(() => 100)
    const waits = Array.from({ length: 12 }, () => backOff.afterDeath())
    expect(waits).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000, 10_000])
  })

  it('is replaced at once again when none has died for a minute', () => {
    let now = 0
    const backOff = new BackOff(() => now)
    expect([backOff.afterDeath(), backOff.afterDeath(), backOff.afterDeath()]).toEqual([0, 100, 200])
    now = 59
    expect(backOff.afterDeath()).toBe(400)
    now = 120
    expect(backOff.afterDeath()).toBe(0)
  })

  it('is replaced later only for as long as the others that died belong to the last minute', () => {
    let now = 0
    const backOff = new BackOff(() => now)
    backOff.afterDeath()
    now = 50
    expect(backOff.afterDeath()).toBe(100)
    now = 61
    expect(backOff.afterDeath()).toBe(100)
  })
})
