import { expect, it } from 'vitest'
import type { LeakBug } from './leak-bug.js'
import { findLeak } from './seeded-search.js'
import { LIMIT_MS, REQUESTS_FOR_A_BUG, SEED } from './size.js'

/** Defines a test per bug: the random requests detect it. */
export function findEach(bugs: readonly LeakBug[]): void {
  it.concurrent.each(bugs.map(bug => [bug.name, bug] as const))(
    'reveal that %s',
    async (_, bug) => {
      expect(await findLeak(bug, SEED, bug.isOfPairs ? 0 : REQUESTS_FOR_A_BUG)).not.toBe('')
    },
    LIMIT_MS,
  )
}
