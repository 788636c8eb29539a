import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairQueue, type Permits } from '../../src/request/fair-queue.js'

/** Takes every permit that can be taken now. */
function takeAll(queue: FairQueue<string>): string[] {
  const taken: string[] = []
  for (let one = queue.next(); one !== undefined; one = queue.next()) taken.push(one)
  return taken
}

/** A queue in which these entries wait. The letter is the caller. */
function queueOf(limits: Permits, ...waiting: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>(limits)
  for (const one of waiting) queue.add(one.charAt(0), one)
  return queue
}

describe('a fair queue', () => {
  it.each<[string, Permits, string[], string[]]>([
    [
      'lets callers take turns',
      { permits: 9, reserve: 0 },
      ['a1', 'a2', 'a3', 'b1', 'c1'],
      ['a1', 'b1', 'c1', 'a2', 'a3'],
    ],
    ['has no more permits than its limit', { permits: 2, reserve: 0 }, ['a1', 'a2', 'a3'], ['a1', 'a2']],
    ['keeps the reserve from one caller', { permits: 4, reserve: 2 }, ['a1', 'a2', 'a3', 'b1'], ['a1', 'b1', 'a2']],
    [
      'gives one caller all permits when there is no reserve',
      { permits: 3, reserve: 0 },
      ['a1', 'a2', 'a3'],
      ['a1', 'a2', 'a3'],
    ],
  ])('%s', (_name, limits, waiting, taken) => {
    expect(takeAll(queueOf(limits, ...waiting))).toEqual(taken)
  })

  it('gives a released permit to the caller that could not hold one more before', () => {
    const queue = queueOf({ permits: 2, reserve: 1 }, 'a1', 'a2', 'a3')
    expect(takeAll(queue)).toEqual(['a1'])
    queue.release('a')
    expect(takeAll(queue)).toEqual(['a2'])
  })

  it.each<[string, number, string[], string | undefined]>([
    ['nothing when no more than the limit wait', 3, ['a1', 'a2', 'b1'], undefined],
    ['the newest entry when one caller has all', 3, ['a1', 'a2', 'a3', 'a4'], 'a4'],
    ['the newest entry of the longest queue for a caller with a shorter one', 3, ['a1', 'a2', 'a3', 'b1'], 'a3'],
    ['the newest entry when queues are equally long', 3, ['a1', 'a2', 'b1', 'b2'], 'b2'],
    ['the newest entry when each caller has one', 2, ['a1', 'b1', 'c1'], 'c1'],
    ['the only entry when the limit is 0', 0, ['a1'], 'a1'],
  ])('drops %s', (_name, limit, waiting, dropped) => {
    expect(queueOf({ permits: 0, reserve: 0 }, ...waiting).dropExcess(limit)).toBe(dropped)
  })

  it.each<[string, number, string[], string | undefined]>([
    ['nothing when all that wait weigh no more than the limit', 6, ['a1', 'a2', 'b3'], undefined],
    ['the heaviest entry of the caller whose entries weigh most', 9, ['a1', 'a5', 'a1', 'b4'], 'a5'],
    ['the heavy entry and not the newest one', 4, ['a5', 'a1'], 'a5'],
    ['many light entries of one caller rather than a heavy one of another', 7, ['a2', 'a2', 'a2', 'b3'], 'a2'],
  ])('for their weight drops %s', (_name, limit, waiting, dropped) => {
    const queue = new FairQueue<string>({ permits: 0, reserve: 0 }, entry => Number(entry.charAt(1)))
    for (const one of waiting) queue.add(one.charAt(0), one)
    expect(queue.dropHeaviest(limit)).toBe(dropped)
    expect(queue.dropHeaviest(limit)).toBe(undefined)
  })

  it('counts the weight of what waits only', () => {
    const queue = new FairQueue<string>({ permits: 1, reserve: 0 }, () => 5)
    for (const one of ['a1', 'a2', 'b1']) queue.add(one.charAt(0), one)
    expect(queue.next()).toBe('a1')
    expect(queue.dropHeaviest(10)).toBe(undefined)
    expect(queue.remove('a', 'a2')).toBe(true)
    expect(queue.dropHeaviest(5)).toBe(undefined)
    expect(queue.dropExcess(0)).toBe('b1')
    expect(queue.dropHeaviest(0)).toBe(undefined)
  })

  it('forgets an entry that was removed', () => {
    const queue = queueOf({ permits: 9, reserve: 0 }, 'a1', 'b1')
    expect([queue.remove('a', 'a1'), queue.remove('a', 'a1'), queue.waiting]).toEqual([true, false, 1])
    expect(takeAll(queue)).toEqual(['b1'])
  })

  it('never exceeds its limits, keeps the order within a caller, and starves no caller', () => {
    const caller = fc.constantFrom('a', 'b', 'c', 'd')
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ does: fc.constant('add' as const), caller }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('next' as const), caller }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('release' as const), caller }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), caller }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('drop' as const), caller }) },
    )
    const limits = fc
      .record({ permits: fc.integer({ min: 1, max: 6 }), reserve: fc.nat(5) })
      .filter(({ permits, reserve }) => reserve < permits)
    const queueLimit = fc.integer({ min: 0, max: 8 })
    fc.assert(
      fc.property(limits, queueLimit, fc.array(step, { maxLength: 200 }), (permits, limit, steps) => {
        const model = new Model(permits, limit)
        for (const { does, caller: whose } of steps) model[does](whose)
        model.finish()
      }),
      { numRuns: 500 },
    )
  })
})

const CALLERS = ['a', 'b', 'c', 'd']

/** A fair queue, and beside it a plain record of what each caller has waiting and holds. */
class Model {
  private readonly queue: FairQueue<string>
  private readonly waiting = new Map<string, string[]>()
  private readonly held: string[] = []
  /** For each caller, how many others went first since it could have taken a permit. */
  private readonly passed = new Map<string, number>()
  private readonly permitsOfOne: number
  private count = 0

  constructor(
    private readonly limits: Permits,
    private readonly queueLimit: number,
  ) {
    this.queue = new FairQueue(limits)
    this.permitsOfOne = limits.permits - limits.reserve
  }

  add(caller: string): void {
    const entry = `${caller}${++this.count}`
    this.waitingOf(caller).push(entry)
    this.queue.add(caller, entry)
    this.check()
  }

  next(): void {
    const entry = this.queue.next()
    const ready = CALLERS.filter(caller => this.waitingOf(caller).length > 0 && this.heldBy(caller) < this.permitsOfOne)
    if (entry === undefined) {
      expect(this.held.length === this.limits.permits || ready.length === 0).toBe(true)
      return
    }
    const caller = entry.charAt(0)
    expect(this.waitingOf(caller).shift()).toBe(entry)
    this.held.push(entry)
    for (const other of CALLERS) {
      this.passed.set(other, other !== caller && ready.includes(other) ? (this.passed.get(other) ?? 0) + 1 : 0)
      // At most the three others go before a caller that may take a permit.
      expect(this.passed.get(other)).toBeLessThanOrEqual(3)
    }
    this.check()
  }

  release(caller: string): void {
    const index = this.held.findIndex(entry => entry.charAt(0) === caller)
    if (index < 0) return
    this.held.splice(index, 1)
    this.queue.release(caller)
    this.check()
  }

  remove(caller: string): void {
    const entry = this.waitingOf(caller).shift()
    if (entry !== undefined) expect(this.queue.remove(caller, entry)).toBe(true)
    this.check()
  }

  drop(): void {
    const longest = Math.max(0, ...[...this.waiting.values()].map(all => all.length))
    const isOver = this.waitingCount() > this.queueLimit
    const entry = this.queue.dropExcess(this.queueLimit)
    expect(entry !== undefined).toBe(isOver)
    if (entry === undefined) return
    expect(this.waitingOf(entry.charAt(0))).toHaveLength(longest)
    expect(this.waitingOf(entry.charAt(0)).pop()).toBe(entry)
    this.check()
  }

  /** Every entry gets a permit in the end. */
  finish(): void {
    while (this.waitingCount() > 0) {
      this.next()
      for (const entry of [...this.held]) this.release(entry.charAt(0))
    }
    this.check()
  }

  private check(): void {
    expect([this.queue.held, this.queue.waiting]).toEqual([this.held.length, this.waitingCount()])
    expect(this.held.length).toBeLessThanOrEqual(this.limits.permits)
    for (const caller of CALLERS) expect(this.heldBy(caller)).toBeLessThanOrEqual(this.permitsOfOne)
  }

  private waitingCount(): number {
    return [...this.waiting.values()].reduce((sum, all) => sum + all.length, 0)
  }

  private heldBy(caller: string): number {
    return this.held.filter(entry => entry.charAt(0) === caller).length
  }

  private waitingOf(caller: string): string[] {
    const all = this.waiting.get(caller) ?? []
    this.waiting.set(caller, all)
    return all
  }
}
