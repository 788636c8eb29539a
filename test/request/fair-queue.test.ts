import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairQueue } from '../../src/request/fair-queue.js'

/** Takes all whose turn comes now. */
function takeAll(queue: FairQueue<string>): string[] {
  const taken: string[] = []
  for (let one = queue.next(); one !== undefined; one = queue.next()) taken.push(one)
  return taken
}

/** A queue in which these wait, the letter being the name. */
function queueOf(bounds: { served: number; servedOfOne: number }, ...waiting: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>(bounds)
  for (const one of waiting) queue.add(one.charAt(0), one)
  return queue
}

describe('a fair queue', () => {
  it.each<[string, { served: number; servedOfOne: number }, string[], string[]]>([
    [
      'lets names take turns',
      { served: 9, servedOfOne: 9 },
      ['a1', 'a2', 'a3', 'b1', 'c1'],
      ['a1', 'b1', 'c1', 'a2', 'a3'],
    ],
    ['serves no more than its bound', { served: 2, servedOfOne: 2 }, ['a1', 'a2', 'a3'], ['a1', 'a2']],
    [
      'serves no more of one than his share',
      { served: 4, servedOfOne: 2 },
      ['a1', 'a2', 'a3', 'b1'],
      ['a1', 'b1', 'a2'],
    ],
  ])('%s', (_name, bounds, waiting, taken) => {
    expect(takeAll(queueOf(bounds, ...waiting))).toEqual(taken)
  })

  it('gives a place that is given back to whoever waited for a share as well', () => {
    const queue = queueOf({ served: 2, servedOfOne: 1 }, 'a1', 'a2', 'a3')
    expect(takeAll(queue)).toEqual(['a1'])
    queue.done('a')
    expect(takeAll(queue)).toEqual(['a2'])
  })

  it.each<[string, number, string[], string | undefined]>([
    ['nobody where there are places', 3, ['a1', 'a2', 'b1'], undefined],
    ['whoever came last where one name has all', 3, ['a1', 'a2', 'a3', 'a4'], 'a4'],
    ['the last of a crowd for somebody of whom fewer wait', 3, ['a1', 'a2', 'a3', 'b1'], 'a3'],
    ['whoever came last among equals', 3, ['a1', 'a2', 'b1', 'b2'], 'b2'],
    ['whoever came last where each is alone', 2, ['a1', 'b1', 'c1'], 'c1'],
    ['him, too, where there are no places at all', 0, ['a1'], 'a1'],
  ])('sends away %s', (_name, places, waiting, sent) => {
    expect(queueOf({ served: 0, servedOfOne: 0 }, ...waiting).drop(places)).toBe(sent)
  })

  it('counts one under his own name once that is known, unless that has its share', () => {
    const queue = queueOf({ served: 4, servedOfOne: 1 }, '?1', 'a1')
    expect(takeAll(queue)).toEqual(['?1', 'a1'])
    expect(queue.rename('?', 'a')).toBe(false)
    expect(queue.rename('?', 'b')).toBe(true)
    queue.add('?', '?2')
    queue.add('b', 'b1')
    expect(takeAll(queue)).toEqual(['?2'])
  })

  it('forgets who left', () => {
    const queue = queueOf({ served: 9, servedOfOne: 9 }, 'a1', 'b1')
    expect([queue.remove('a', 'a1'), queue.remove('a', 'a1'), queue.waiting]).toEqual([true, false, 1])
    expect(takeAll(queue)).toEqual(['b1'])
  })

  it('never serves more than its bounds, keeps the order within a name, and lets no name starve', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd')
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ does: fc.constant('add' as const), name }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('next' as const), name }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('done' as const), name }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const), name }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('drop' as const), name }) },
    )
    const bounds = fc.record({ served: fc.integer({ min: 1, max: 6 }), servedOfOne: fc.integer({ min: 1, max: 6 }) })
    fc.assert(
      fc.property(
        bounds,
        fc.integer({ min: 0, max: 8 }),
        fc.array(step, { maxLength: 200 }),
        (limits, places, steps) => {
          const house = new Model(limits, places)
          for (const { does, name: whose } of steps) house[does](whose)
          house.finish()
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** A fair queue, and beside it what each name has waiting and served, as plainly as can be. */
class Model {
  private readonly queue: FairQueue<string>
  private readonly waiting = new Map<string, string[]>()
  private readonly served: string[] = []
  /** By name, how many others began since it could have. */
  private readonly passed = new Map<string, number>()
  private count = 0

  constructor(
    private readonly bounds: { served: number; servedOfOne: number },
    private readonly places: number,
  ) {
    this.queue = new FairQueue(bounds)
  }

  add(name: string): void {
    const one = `${name}${++this.count}`
    this.waiting.set(name, [...this.of(name), one])
    this.queue.add(name, one)
    this.check()
  }

  next(): void {
    const one = this.queue.next()
    const ready = [...this.waiting.keys()].filter(
      name => this.of(name).length > 0 && this.servedOf(name) < this.bounds.servedOfOne,
    )
    if (one === undefined) {
      expect(this.served.length === this.bounds.served || ready.length === 0).toBe(true)
      return
    }
    const name = one.charAt(0)
    expect(this.of(name).shift()).toBe(one)
    this.served.push(one)
    for (const other of ['a', 'b', 'c', 'd']) {
      this.passed.set(other, other !== name && ready.includes(other) ? (this.passed.get(other) ?? 0) + 1 : 0)
      // Three others at the most come before a name whose turn it may be.
      expect(this.passed.get(other)).toBeLessThanOrEqual(3)
    }
    this.check()
  }

  done(name: string): void {
    const index = this.served.findIndex(one => one.charAt(0) === name)
    if (index < 0) return
    this.served.splice(index, 1)
    this.queue.done(name)
    this.check()
  }

  leave(name: string): void {
    const one = this.of(name).shift()
    if (one !== undefined) expect(this.queue.remove(name, one)).toBe(true)
    this.check()
  }

  drop(): void {
    const longest = Math.max(0, ...[...this.waiting.values()].map(all => all.length))
    const isOver = this.waitingCount() > this.places
    const one = this.queue.drop(this.places)
    expect(one !== undefined).toBe(isOver)
    if (one === undefined) return
    expect(this.of(one.charAt(0))).toHaveLength(longest)
    expect(this.of(one.charAt(0)).pop()).toBe(one)
    this.check()
  }

  /** Everybody who waits is served in the end. */
  finish(): void {
    while (this.waitingCount() > 0) {
      this.next()
      for (const one of [...this.served]) this.done(one.charAt(0))
    }
    this.check()
  }

  private check(): void {
    expect([this.queue.served, this.queue.waiting]).toEqual([this.served.length, this.waitingCount()])
    expect(this.served.length).toBeLessThanOrEqual(this.bounds.served)
    for (const name of ['a', 'b', 'c', 'd']) expect(this.servedOf(name)).toBeLessThanOrEqual(this.bounds.servedOfOne)
  }

  private waitingCount(): number {
    return [...this.waiting.values()].reduce((sum, all) => sum + all.length, 0)
  }

  private servedOf(name: string): number {
    return this.served.filter(one => one.charAt(0) === name).length
  }

  private of(name: string): string[] {
    const all = this.waiting.get(name) ?? []
    this.waiting.set(name, all)
    return all
  }
}
