import { describe, expect, it } from 'vitest'
import { runSeeded } from '../seeded-run.js'
import { LIMIT_MS, SEED } from './size.js'
import { STRICT_BUGS } from './strict-bugs.js'

const PROGRAM = ['test/fuzz/main.ts', '--only', 'strict', '--count', '6000', '--seed', String(SEED)]

describe('mutations of invoices', () => {
  it.concurrent.each(STRICT_BUGS.map(bug => [bug.name, bug] as const))(
    'reveal that %s',
    async (_, bug) => {
      const { stdout, stderr, exitCode } = await runSeeded(bug, PROGRAM)
      expect(stderr).toBe('')
      expect(stdout).toMatch(/another value|the general decoder threw/)
      expect(exitCode).toBe(1)
    },
    LIMIT_MS,
  )

  it(
    'reveal nothing in the sources as they are',
    async () => {
      const { stdout, exitCode } = await runSeeded(null, PROGRAM)
      expect(stdout).toMatch(/accepted like the reference/)
      expect(exitCode).toBe(0)
    },
    LIMIT_MS,
  )
})
