import { describe, expect, it } from 'vitest'
import { runSeeded } from '../../seeded-run.js'
import { PROTOCOL_BUGS } from './protocol-bugs.js'

const SEED = 8
/** Twice as many as the bug needs that is found last. */
const RUNS = 400

describe('the crash runs', () => {
  it.concurrent.each(PROTOCOL_BUGS.map(bug => [bug.name, bug] as const))(
    'find that %s',
    async (_, bug) => {
      const program = ['test/writes/crash/main.ts', '--seed', String(SEED), '--runs', String(RUNS)]
      const { stdout, stderr } = await runSeeded(bug, program)
      expect(stdout + stderr).toMatch(new RegExp(`^seed ${SEED}, run \\d+: `, 'm'))
    },
    240_000,
  )
})
