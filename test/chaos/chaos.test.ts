import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Random } from '../fuzz/random.js'
import { TODAY } from '../gateway.js'
import { CHAOS_FAULTS, type ChaosFault } from './chaos-fault.js'
import { type ChaosHouse, startChaosHouse } from './chaos-setup.js'
import { observe, type Seen, SYSTEMS, type System } from './chaos-walk.js'

const SEED = Number(process.env.CHAOS_SEED ?? 20_261_122)
/** Twelve here; all fifty alone and a hundred pairs are struck by `npm run bench:chaos`. */
const [ALONE, PAIRS] = [8, 4]
/** What is sick is waited for a little, what is not for as long as a busy machine may take. */
const [SICK_MS, AMPLE_MS] = [5_000, 30_000]
const [WAVES, WIDTH] = [12, 5]
const OPEN_MS = 10_000

const random = new Random(SEED, 0)
const drawn = (): ChaosFault => random.pick(CHAOS_FAULTS)
const chance = (): number => random.below(1_000) / 1_000

const alone = Array.from({ length: ALONE }, () => [drawn()] as const)
const pairs = Array.from({ length: PAIRS }, () => [drawn(), drawn()] as const)

describe(`with chaos of the seed ${SEED}`, () => {
  let house: ChaosHouse

  beforeEach(async () => {
    // Circuits count by it; nothing has to wait for time to pass.
    vi.useFakeTimers({ toFake: ['Date'], now: TODAY })
  })
  afterEach(async () => {
    await house[Symbol.asyncDispose]()
    vi.useRealTimers()
  })

  const cases = [...alone, ...pairs].map(faults => [faults.map(({ name }) => name).join(' and '), faults] as const)
  it.each(cases)('%s', { timeout: 180_000 }, async (_name, faults) => {
    const sick = new Set(faults.map(fault => fault.sick))
    const waitFor = (system: System): number => (sick.has(system) ? SICK_MS : AMPLE_MS)
    const deadlineMs = { catalyst: waitFor('catalyst'), threescale: waitFor('threescale') }
    house = await startChaosHouse({ clock: () => new Date(), random: chance, deadlineMs })
    const rest = () => vi.advanceTimersByTime(OPEN_MS)
    const { before, during, after, attempts } = await observe(house, faults, { waves: WAVES, width: WIDTH, rest })
    const outcomes = (seen: readonly Seen[]) => [...new Set(seen.map(({ outcome }) => outcome))]

    for (const system of SYSTEMS) {
      expect(outcomes(before[system])).toEqual(['right'])
      // A sick system fails, and never tells anything else; a healthy one does not notice.
      if (sick.has(system)) expect(outcomes(during[system]).join()).toMatch(/^(error UPSTREAM_\w+,?)+$/)
      else expect(outcomes(during[system])).toEqual(['right'])
      expect(during[system].every(({ status }) => status === 200)).toBe(true)
      expect(outcomes(after[system])).toEqual(['right'])
    }
    expect(attempts).toBeLessThanOrEqual(1.1 * WAVES * WIDTH * sick.size)
  })
})
