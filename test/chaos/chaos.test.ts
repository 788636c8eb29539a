import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Random } from '../fuzz/random.js'
import { TODAY } from '../gateway.js'
import { CHAOS_FAULTS, type ChaosFault } from './chaos-fault.js'
import { type ChaosSetup, startChaos } from './chaos-setup.js'
import { observe, type Seen, SYSTEMS, type System } from './chaos-walk.js'

const SEED = Number(process.env.CHAOS_SEED ?? 20_261_122)
/** Twelve cases here; `npm run bench:chaos` runs all single faults and a hundred pairs. */
const [ALONE, PAIRS] = [8, 4]
/** Short deadlines for failing systems, and long ones for healthy systems on a busy machine. */
const [FAILING_MS, HEALTHY_MS] = [2_500, 30_000]
const [WAVES, WIDTH] = [8, 5]
const OPEN_MS = 10_000

const random = new Random(SEED, 0)
const drawn = (): ChaosFault => random.pick(CHAOS_FAULTS)
const chance = (): number => random.below(1_000) / 1_000

const alone = Array.from({ length: ALONE }, () => [drawn()] as const)
const pairs = Array.from({ length: PAIRS }, () => [drawn(), drawn()] as const)

describe(`with chaos of the seed ${SEED}`, () => {
  let setup: ChaosSetup

  beforeEach(async () => {
    // Circuit breakers use this clock, so that tests need not wait.
    vi.useFakeTimers({ toFake: ['Date'], now: TODAY })
  })
  afterEach(async () => {
    await setup[Symbol.asyncDispose]()
    vi.useRealTimers()
  })

  const cases = [...alone, ...pairs].map(faults => [faults.map(({ name }) => name).join(' and '), faults] as const)
  it.each(cases)('%s', { timeout: 180_000 }, async (_name, faults) => {
    const failing = new Set(faults.map(fault => fault.failing))
    const waitFor = (system: System): number => (failing.has(system) ? FAILING_MS : HEALTHY_MS)
    const deadlineMs = { catalyst: waitFor('catalyst'), threescale: waitFor('threescale') }
    setup = await startChaos({ clock: () => new Date(), random: chance, deadlineMs })
    const rest = () => vi.advanceTimersByTime(OPEN_MS)
    const { before, during, after, attempts } = await observe(setup, faults, { waves: WAVES, width: WIDTH, rest })
    const outcomes = (seen: readonly Seen[]) => [...new Set(seen.map(({ outcome }) => outcome))]

    for (const system of SYSTEMS) {
      expect(outcomes(before[system])).toEqual(['right'])
      // A failing system returns an error and never other data; a healthy one is unaffected.
      if (failing.has(system)) expect(outcomes(during[system]).join()).toMatch(/^(error UPSTREAM_\w+,?)+$/)
      else expect(outcomes(during[system])).toEqual(['right'])
      expect(during[system].every(({ status }) => status === 200)).toBe(true)
      expect(outcomes(after[system])).toEqual(['right'])
    }
    expect(attempts).toBeLessThanOrEqual(1.1 * WAVES * WIDTH * failing.size)
  })
})
