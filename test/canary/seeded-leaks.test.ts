import { describe, expect, it } from 'vitest'
import { hasRedis } from '../redis.js'
import { runCanary } from './canary.js'
import { GATEWAY_ROUNDS, type Round, storeRound } from './rounds.js'
import { SEEDED_LEAKS, type SeededLeak } from './seeded-leaks.js'
import { buildSeeded } from './seeded-program.js'

/** Several run at a time, on a busy machine. */
const LIMIT_MS = 120_000

/** Deadlines long enough that no healthy response is late on a busy machine. */
const PATIENT = { LOG_LEVEL: 'trace', CATALYST_DEADLINE_MS: '15000', THREESCALE_DEADLINE_MS: '15000' }

describe.concurrent('the secrets canary', { timeout: LIMIT_MS }, () => {
  it('is tried with at least fifteen different leaks', () => {
    expect(SEEDED_LEAKS.length).toBeGreaterThanOrEqual(15)
    expect(new Set(SEEDED_LEAKS.map(({ name }) => name)).size).toBe(SEEDED_LEAKS.length)
    expect(new Set(SEEDED_LEAKS.map(({ file, to }) => `${file} ${to}`)).size).toBe(SEEDED_LEAKS.length)
  })

  it.each(SEEDED_LEAKS.filter(({ round }) => hasRedis || round !== storeRound.name))(
    'detects the leak when $name',
    async leak => {
      using program = await buildSeeded(leak)
      const { findings } = await runCanary(program, [roundOf(leak)], {
        more: PATIENT,
        hasStore: leak.round === storeRound.name,
      })

      expect(findings).not.toEqual([])
    },
  )
})

/** A round that the unchanged program passes without a finding. */
function roundOf({ round }: SeededLeak): Round {
  const found = [...GATEWAY_ROUNDS, storeRound].find(({ name }) => name === round)
  if (!found) throw new Error(`there is no round ${round}`)
  return found
}
