import { expect, it } from 'vitest'
import type { SeededBug } from '../seeded-bug.js'
import { findLeak } from './seeded-copy.js'
import { LIMIT_MS, REQUESTS_FOR_A_BUG, SEED } from './size.js'

/** Defines a test per bug: the random requests detect it. */
export function findEach(
  bugs: readonly SeededBug[],
  requests: number = REQUESTS_FOR_A_BUG,
  search: 'reads' | 'writes' = 'reads',
): void {
  it.concurrent.each(bugs.map(bug => [bug.name, bug] as const))(
    'reveal that %s',
    async (_, bug) => {
      expect(await findLeak(bug, SEED, requests, search)).not.toBe('')
    },
    LIMIT_MS,
  )
}
