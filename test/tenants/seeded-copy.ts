import { runSeeded } from '../run-seeded.js'
import type { SeededBug } from '../seeded-bug.js'

/** Files needed to search the sources. */
const COPIED = [
  'package.json',
  'tsconfig.json',
  'src',
  'test/tenants',
  'test/gateway.ts',
  'test/fuzz/random.ts',
  'test/typescript-hooks.mjs',
  'test/decorator-helpers.mjs',
]

/**
 * Searches a copy of the sources for leaks, in a folder and a process of its own.
 *
 * @param bug planted in the copy; null leaves the copy unchanged
 * @returns data that a caller was shown without the right to see it; '' when nothing was found
 * @throws Error when the bug does not fit the sources, or the search itself failed
 */
export function findLeak(bug: SeededBug | null, seed: number, requests: number): Promise<string> {
  return runSeeded(bug, COPIED, ['test/tenants/find-leak.ts', String(seed), String(requests)])
}
