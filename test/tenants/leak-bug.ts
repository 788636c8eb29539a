import type { SeededBug } from '../seeded-bug.js'

/** A mistake by which data of others is shown. */
export interface LeakBug extends SeededBug {
  /** It shows only where a foreign record is distinguished from a missing one: random requests, which take longer, are left out. */
  readonly isOfPairs?: true
}
