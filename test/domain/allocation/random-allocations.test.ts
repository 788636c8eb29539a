import { describe, expect, it } from 'vitest'
import { runSeeded } from '../../seeded-run.js'
import { checkAllocations } from './random-allocations.js'
import { ALLOCATION_BUGS } from './seeded-allocation-bugs.js'

const SEED = 20261122
const COUNT = 20_000

/** Enough for every bug, on each of the seeds that were tried. */
const COUNT_WITH_BUG = 3_000

describe('20,000 generated bills', () => {
  const report = () => checkAllocations(SEED, 0, COUNT)

  it('are shared exactly, and about 60 % of them would not be by rounding each share on its own', () => {
    const { faults, lines, naiveMisses } = report()
    expect(faults).toEqual([])
    expect(lines).toBeGreaterThan(COUNT * 50)
    expect(naiveMisses / COUNT).toBeGreaterThan(0.55)
    expect(naiveMisses / COUNT).toBeLessThan(0.65)
  }, 600_000)
})

describe('generated bills', () => {
  it.concurrent.each(ALLOCATION_BUGS.map(bug => [bug.name, bug] as const))(
    'find that %s',
    async (_, bug) => {
      const program = ['test/domain/allocation/main.ts', '--seed', String(SEED), '--count', String(COUNT_WITH_BUG)]
      expect((await runSeeded(bug, program)).stdout).toMatch(new RegExp(`^seed ${SEED}, case \\d+: `, 'm'))
    },
    120_000,
  )
})
