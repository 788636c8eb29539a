import { describe, expect, it } from 'vitest'
import { Random } from '../fuzz/random.js'
import { growthOf, type Held, leftBehind, type Sample } from './leaks.js'

const BOUNDS = { heapMb: 10, residentMb: 50, timers: 20, resources: 20, sockets: 20, descriptors: 20 }
const FLAT: Held = { heapMb: 60, residentMb: 160, timers: 3, resources: 12, sockets: 9, descriptors: 30 }

/** An hour of 60 samples. @param heapAt the heap by the part of the hour that is over */
function heapsOf(heapAt: (part: number, index: number) => number): readonly Sample[] {
  return Array.from({ length: 60 }, (_, index) => {
    const hours = (index + 1) / 60
    return { ...FLAT, hours, heapMb: heapAt(hours, index) }
  })
}

const noise = (seed: number) => {
  const random = new Random(seed, 0)
  return () => random.below(1_000) / 250 - 2
}

describe('growth', () => {
  const seeds = [1, 2, 3, 4, 5]
  it.each([
    ['a flat heap', () => 60],
    ['a sawtooth with ten teeth of 20 MB', (part: number) => 60 + ((part * 10) % 1) * 20],
    ['caches that fill up in the first fifth', (part: number) => 60 + 100 * Math.min(part, 0.2)],
    ['a single step of 6 MB', (part: number) => (part > 0.6 ? 66 : 60)],
    ['8 MB an hour, where 10 are allowed', (part: number) => 60 + 8 * part],
    ['a heap that shrinks', (part: number) => 60 - 20 * part],
  ])('is no leak: %s', (_, heapAt) => {
    for (const seed of seeds) {
      const by = noise(seed)
      expect(
        growthOf(
          heapsOf(part => heapAt(part) + by()),
          BOUNDS,
        ).filter(({ isLeak }) => isLeak),
      ).toEqual([])
    }
  })

  it.each([
    ['20 MB an hour', (part: number) => 60 + 20 * part],
    ['20 MB an hour below a sawtooth of 5 MB', (part: number) => 60 + 20 * part + ((part * 30) % 1) * 5],
    ['steps of 1 MB every three minutes', (part: number) => 60 + Math.floor(part * 20)],
    ['a leak beside caches that fill up', (part: number) => 60 + 100 * Math.min(part, 0.2) + 20 * part],
  ])('is a leak: %s', (_, heapAt) => {
    for (const seed of seeds) {
      const by = noise(seed)
      const found = growthOf(
        heapsOf(part => heapAt(part) + by()),
        BOUNDS,
      ).filter(({ isLeak }) => isLeak)
      expect(found.map(({ what }) => what)).toEqual(['heapMb'])
    }
  })

  it('is that of the line, with an interval of no width when all points are on it', () => {
    const [heap] = growthOf(
      heapsOf(part => 60 + 30 * part),
      BOUNDS,
    )
    expect(heap?.slope).toBeCloseTo(30)
    expect(heap?.halfWidth).toBeCloseTo(0)
  })

  it('contains the true slope in its interval for about 95 of 100 series, also when neighbours resemble each other', () => {
    const contained = Array.from({ length: 200 }, (_, seed) => {
      const by = noise(seed)
      let drift = 0
      const series = heapsOf(part => {
        drift = 0.5 * drift + by()
        return 60 + 5 * part + drift
      })
      const [heap] = growthOf(series, BOUNDS)
      return heap !== undefined && Math.abs(heap.slope - 5) <= heap.halfWidth
    })
    const share = contained.filter(Boolean).length / 200
    expect(share).toBeGreaterThan(0.9)
    expect(share).toBeLessThan(0.99)
  })

  it('needs samples', () => {
    expect(() => growthOf(heapsOf(() => 60).slice(0, 9), BOUNDS)).toThrow('6 points; at least 8 are needed')
  })
})

describe('what a load leaves behind', () => {
  it('is nothing when what is held without load is the same, but for kept connections to the upstream', () => {
    expect(leftBehind([FLAT, FLAT])).toEqual([])
    expect(leftBehind([FLAT, { ...FLAT, sockets: 13, timers: 7 }])).toEqual([])
  })

  it.each(['sockets', 'descriptors', 'timers', 'resources'] as const)('is named: %s', what => {
    const before = FLAT[what]
    expect(leftBehind([FLAT, { ...FLAT, [what]: before + 50 }])).toEqual([
      `${what}: ${before} before the load, ${before + 50} after it`,
    ])
  })
})
