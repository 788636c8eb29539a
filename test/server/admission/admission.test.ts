import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Admission } from '../../../src/server/admission/admission.js'
import type { LoadSettings } from '../../../src/server/admission/load-settings.js'
import type { Place } from '../../../src/server/admission/place.js'

const SETTINGS: LoadSettings = { operations: 4, operationsOfCaller: 3, waiting: 20, loopDelayMs: 250 }

/** An admission, and how each of those who came stands. */
class House {
  readonly admission: Admission
  private readonly places = new Map<string, Place>()
  private readonly outcomes = new Map<string, 'in' | 'out'>()
  readonly begun: string[] = []

  constructor(settings: Partial<LoadSettings> = {}) {
    this.admission = new Admission({ ...SETTINGS, ...settings })
  }

  /** The letter is the name. */
  come(...ids: readonly string[]): void {
    for (const id of ids) {
      const place = this.admission.enter(id.charAt(0))
      this.places.set(id, place)
      void place.admitted.then(isAdmitted => {
        this.outcomes.set(id, isAdmitted ? 'in' : 'out')
        if (isAdmitted) this.begun.push(id)
      })
    }
  }

  at(id: string): Place {
    const place = this.places.get(id)
    if (!place) throw new Error(id)
    return place
  }

  /** Lets the loop turn until nothing more happens. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn++) await setImmediate()
  }

  out(): string[] {
    return [...this.outcomes].flatMap(([id, outcome]) => (outcome === 'out' ? [id] : []))
  }

  pulse(count = 1, isLate = false): number {
    let turnedAway = 0
    for (let beat = 0; beat < count; beat++) turnedAway += this.admission.pulse(isLate)
    return turnedAway
  }
}

const many = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`)

describe('admission', () => {
  it('begins one operation in a turn of the loop, callers in turn', async () => {
    const house = new House()
    house.come('a1', 'a2', 'a3', 'b1')
    await Promise.resolve()
    expect(house.begun).toEqual(['a1'])
    await setImmediate()
    expect(house.begun).toEqual(['a1', 'a2'])
    await house.settle()
    expect(house.begun).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('holds to the bound of all and the share of each, whatever waits', async () => {
    const house = new House()
    house.come(...many('a', 6))
    await house.settle()
    expect(house.begun).toEqual(['a1', 'a2', 'a3'])
    house.come('b1', 'c1')
    await house.settle()
    expect(house.begun).toEqual(['a1', 'a2', 'a3', 'b1'])
    house.at('b1').closed()
    await house.settle()
    expect(house.begun).toEqual(['a1', 'a2', 'a3', 'b1', 'c1'])
    expect(house.out()).toEqual([])
  })

  it('lets a crowd wait up to the bound, whoever finds a free place besides, and turns the rest away at once', async () => {
    const house = new House()
    house.come(...many('a', 26))
    await house.settle()
    // Three have begun; the fourth place is not for them.
    expect(house.begun).toHaveLength(3)
    expect(house.out()).toEqual(['a25', 'a26'])
    house.come('b1')
    await house.settle()
    expect(house.begun.at(-1)).toBe('b1')
    expect(house.pulse()).toBe(house.out().length)
    expect(house.pulse()).toBe(0)
  })

  it.each<[string, (place: Place) => void]>([
    ['fails before it begins', place => place.closed()],
    ['ends', place => [place.work(), place.end(), place.closed()]],
    ['ends after its caller has left', place => [place.work(), place.closed(), place.end()]],
    ['ends, told twice', place => [place.work(), place.end(), place.end(), place.closed()]],
  ])('gives the place of an operation that %s to exactly one other', async (_how, leave) => {
    const house = new House({ operations: 1, operationsOfCaller: 1 })
    house.come('a1', 'b1', 'c1')
    await house.settle()
    leave(house.at('a1'))
    await house.settle()
    expect(house.begun).toEqual(['a1', 'b1'])
  })

  it('keeps the place of an operation whose caller has left while it is at work', async () => {
    const house = new House({ operations: 1, operationsOfCaller: 1 })
    house.come('a1', 'b1')
    house.at('a1').work()
    house.at('a1').closed()
    await house.settle()
    expect(house.begun).toEqual(['a1'])
  })

  it('counts an operation for nobody when its caller has left before he was known', async () => {
    const house = new House({ operations: 2, operationsOfCaller: 1 })
    for (let count = 0; count < 5; count++) {
      house.come(`?${count}`)
      await house.settle()
      house.at(`?${count}`).closed()
      expect(house.admission.rename(house.at(`?${count}`), 'a')).toBe(false)
    }
    house.come('a1', '?6', '?7')
    await house.settle()
    expect(house.begun.slice(-2)).toEqual(['a1', '?6'])
  })

  it('begins nothing for a caller who left while he waited, and does not count him as turned away', async () => {
    const house = new House({ operations: 1, operationsOfCaller: 1 })
    house.come('a1', 'b1', 'c1')
    house.at('b1').closed()
    house.at('a1').closed()
    await house.settle()
    expect(house.begun).toEqual(['a1', 'c1'])
    expect(house.pulse()).toBe(0)
  })

  it('counts an operation as that of its caller once he is known, up to his share', async () => {
    const house = new House({ operations: 6 })
    house.come('?1', '?2', '?3', 'a1')
    await house.settle()
    const renamed = many('?', 3).map(id => house.admission.rename(house.at(id), 'a'))
    expect(renamed).toEqual([true, true, false])
    house.come('?4', '?5', '?6', 'a2')
    await house.settle()
    expect(house.begun).toEqual(['?1', '?2', 'a1', '?3', '?4', '?5'])
  })
})

describe('when more comes than is answered', () => {
  /** A queue that never was empty; some begin between the pulses. */
  async function overload(settings: Partial<LoadSettings> = {}): Promise<House> {
    const house = new House({ waiting: 100, ...settings })
    house.come(...many('a', 90))
    await house.settle()
    house.pulse(8)
    return house
  }

  it('only so many may wait as began lately, and never fewer than eight', async () => {
    const house = await overload()
    expect(house.admission.isShedding).toBe(true)
    house.come('a91')
    await house.settle()
    expect(house.out()).toEqual(['a91'])
    // Those who wait keep their places until others want them.
    for (let next = 1; next <= 80; next++) {
      house.at(`a${next}`).closed()
      await house.settle()
    }
    house.pulse()
    house.come(...many('x', 100))
    await house.settle()
    expect(house.begun).toContain('x1')
    // Eighty began: so many may wait, the seven of before among them.
    expect(house.out()).toEqual(['a91', ...many('x', 100).slice(-(7 + 99 - 80))])
  })

  it('takes in who asks for the first time, in the place of one of the crowd', async () => {
    const house = await overload()
    house.come('b1', 'c1')
    await house.settle()
    expect(house.begun).toContain('b1')
    expect(house.out()).toEqual(['a90', 'a89'])
  })

  it.each([0, 5])(
    'lets as many wait after a gap, in which %i come between two pulses, as began before it',
    async few => {
      const house = await overload()
      for (const id of many('a', 90)) {
        house.at(id).closed()
        await setImmediate()
      }
      await house.settle()
      house.pulse()
      // Too short a gap for crowds to be trusted again.
      for (let pulse = 0; pulse < 5; pulse++) {
        for (const id of many(`x${pulse}`, few)) {
          house.come(id)
          await house.settle()
          house.at(id).closed()
          await house.settle()
        }
        house.pulse()
      }
      expect(house.admission.isShedding).toBe(true)
      house.come(...many('b', 89))
      await house.settle()
      // One begins at once, and 87 began before.
      expect(house.out()).toEqual(['b89'])
    },
  )

  it('takes a crowd that has left for one no more, though another comes before the next pulse', async () => {
    const house = await overload()
    for (const id of many('a', 90).slice(0, 60)) {
      house.at(id).closed()
      await house.settle()
    }
    house.pulse()
    // Those who wait leave, and nobody waits for a moment.
    for (const id of many('a', 90).slice(60).toReversed()) house.at(id).closed()
    house.come(...many('b', 10))
    house.pulse()
    house.come(...many('c', 40))
    await house.settle()
    expect(house.out().filter(id => !id.startsWith('a'))).toEqual([])
  })

  it('lets fewer wait as soon as fewer begin while somebody always waits', async () => {
    const house = await overload()
    for (const id of many('a', 80)) {
      house.at(id).closed()
      await house.settle()
    }
    house.pulse()
    house.pulse()
    house.come('a91', 'a92')
    await house.settle()
    expect(house.out()).toEqual(['a92'])
  })

  it('takes in crowds again once nobody waits', async () => {
    const house = await overload()
    for (const id of many('a', 90)) {
      house.at(id).closed()
      await setImmediate()
    }
    await house.settle()
    house.pulse(15)
    expect(house.admission.isShedding).toBe(true)
    house.pulse()
    expect(house.admission.isShedding).toBe(false)
  })

  it('does the same while the loop is late, save after a single pause', async () => {
    const house = new House()
    house.pulse(1, true)
    expect(house.admission.isShedding).toBe(false)
    house.pulse(1, true)
    expect(house.admission.isShedding).toBe(true)
    house.pulse(16)
    expect(house.admission.isShedding).toBe(false)
  })

  it('lets nobody wait for ever', async () => {
    const house = new House({ operations: 1, operationsOfCaller: 1 })
    house.come('a1', 'b1')
    await house.settle()
    house.pulse(60)
    house.come('c1')
    house.pulse(59)
    await house.settle()
    expect(house.out()).toEqual([])
    house.pulse()
    await house.settle()
    expect(house.out()).toEqual(['b1'])
    house.at('a1').closed()
    await house.settle()
    expect(house.begun).toEqual(['a1', 'c1'])
  })
})
