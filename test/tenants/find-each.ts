import { expect, it } from 'vitest'
import type { LeakBug } from './leak-bug.js'
import { findLeak } from './seeded-search.js'
import { LIMIT_MS, REQUESTS_FOR_A_BUG, SEED, WRITES_FOR_A_BUG } from './size.js'

/** Defines a test per bug: the random requests detect it. */
export function findEach(bugs: readonly LeakBug[], search: 'reads' | 'writes' = 'reads'): void {
  const requests = search === 'writes' ? WRITES_FOR_A_BUG : REQUESTS_FOR_A_BUG
  it.concurrent.each(bugs.map(bug => [bug.name, bug] as const))(
    'reveal that %s',
    async (_, bug) => {
      expect(await findLeak(bug, SEED, bug.isOfPairs ? 0 : requests, search)).not.toBe('')
    },
    LIMIT_MS,
  )
}
