import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Gauge } from '../../../src/server/admission/gauge.js'
import { Turnstile } from '../../../src/server/front/turnstile.js'

function startTurnstile(served: number, places: number) {
  const gauge = new Gauge()
  gauge.show(served, places)
  // As the other thread has it.
  return { gauge, turnstile: new Turnstile(new Gauge(gauge.memory)) }
}

describe('the turnstile', () => {
  it('lets in as many as are served and may wait, and counts whom it turns away', () => {
    const { gauge, turnstile } = startTurnstile(2, 3)
    const entered = Array.from({ length: 8 }, () => turnstile.enter('a') !== null)
    expect(entered).toEqual([true, true, true, true, true, false, false, false])
    expect(gauge.takeTurnedAway()).toBe(3)
    expect(gauge.takeTurnedAway()).toBe(0)
  })

  it('follows the gauge', () => {
    const { gauge, turnstile } = startTurnstile(0, 1)
    const leave = turnstile.enter('a')
    expect(turnstile.enter('a')).toBeNull()
    gauge.show(1, 1)
    expect(turnstile.enter('a')).not.toBeNull()
    leave?.()
    expect(turnstile.enter('a')).not.toBeNull()
    expect(turnstile.enter('a')).toBeNull()
  })

  it('lets others past the bound while one has more than they', () => {
    const { turnstile } = startTurnstile(0, 2)
    for (let count = 0; count < 2; count++) turnstile.enter('noisy')
    expect(turnstile.enter('noisy')).toBeNull()
    expect(turnstile.enter('quiet')).not.toBeNull()
    // Now he has as many as the noisy one: among equals whoever comes now gives way.
    expect(turnstile.enter('quiet')).toBeNull()
  })

  it('turns nobody away who has fewer inside than somebody else, nor anybody while there is room', () => {
    const moves = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), comes: fc.boolean() }), { maxLength: 60 })
    fc.assert(
      fc.property(moves, fc.nat(3), fc.nat(6), (all, served, places) => {
        const { turnstile } = startTurnstile(served, places)
        const inside = new Map<string, (() => void)[]>([
          ['a', []],
          ['b', []],
          ['c', []],
        ])
        const sizes = (): number[] => [...inside.values()].map(({ length }) => length)
        for (const { name, comes } of all) {
          const mine = inside.get(name) ?? []
          if (!comes) {
            mine.pop()?.()
            continue
          }
          const isFull = sizes().reduce((sum, size) => sum + size) >= served + places
          const leave = turnstile.enter(name)
          expect(leave === null).toBe(isFull && Math.max(...sizes()) <= mine.length + 1)
          if (leave) mine.push(leave)
        }
      }),
    )
  })
})
