import { describe, expect, it } from 'vitest'
import { hasRedis } from '../redis.js'
import { runCanary } from './canary.js'
import { GATEWAY_ROUNDS, type Round, storeRound } from './rounds.js'
import { SEEDS, type Seed } from './seeded-leaks.js'
import { buildSeeded, replaceOnce } from './seeded-program.js'

/** Several at a time, on a machine that does much else. */
const LIMIT_MS = 120_000

/** Here nothing is slow but the machine: no good answer is to be late. */
const PATIENT = { LOG_LEVEL: 'trace', CATALYST_DEADLINE_MS: '15000', THREESCALE_DEADLINE_MS: '15000' }

describe.concurrent('the search for secrets', { timeout: LIMIT_MS }, () => {
  it('is tried by fifteen leaks and more, no two of them alike', () => {
    expect(SEEDS.length).toBeGreaterThanOrEqual(15)
    expect(new Set(SEEDS.map(({ leak }) => leak)).size).toBe(SEEDS.length)
    expect(new Set(SEEDS.map(({ file, to }) => `${file} ${to}`)).size).toBe(SEEDS.length)
  })

  it.each(SEEDS.filter(({ round }) => hasRedis || round !== storeRound.name))('finds it when $leak', async seed => {
    using program = await buildSeeded(seed)
    const { findings } = await runCanary(program, [roundOf(seed)], {
      more: PATIENT,
      hasStore: seed.round === storeRound.name,
    })

    expect(findings).not.toEqual([])
  })
})

describe('a seed', () => {
  it('is a text that stands there once', () => {
    expect(replaceOnce('one two three', 'two', '$&')).toBe('one $& three')
    expect(() => replaceOnce('one three', 'two', '2')).toThrow('stands 0 times: two')
    expect(() => replaceOnce('two two', 'two', '2')).toThrow('stands 2 times: two')
  })
})

/** One of those that the program as it is lives through without a finding. */
function roundOf({ round }: Seed): Round {
  const found = [...GATEWAY_ROUNDS, storeRound].find(({ name }) => name === round)
  if (!found) throw new Error(`no round is called ${round}`)
  return found
}
