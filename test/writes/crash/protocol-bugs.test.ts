import { describe, expect, it } from 'vitest'
import { runSeeded } from '../../seeded-copy.js'
import { PROTOCOL_BUGS } from './protocol-bugs.js'

const SEED = 8
/** Twice as many as the bug needs that is found last. */
const RUNS = 400

/** Files needed to run writes against the stand-in. */
const COPIED = [
  ...['package.json', 'tsconfig.json', 'src', 'test/writes', 'test/fuzz/random.ts', 'test/standin/threescale'],
  ...['test/typescript-hooks.mjs', 'test/decorator-helpers.mjs'],
]

describe('the crash runs', () => {
  it.concurrent.each(PROTOCOL_BUGS.map(bug => [bug.name, bug] as const))(
    'find that %s',
    async (_, bug) => {
      const program = ['test/writes/crash/main.ts', '--seed', String(SEED), '--runs', String(RUNS)]
      const { stdout, stderr } = await runSeeded(bug, COPIED, program)
      expect(stdout + stderr).toMatch(new RegExp(`^seed ${SEED}, run \\d+: `, 'm'))
    },
    240_000,
  )
})
