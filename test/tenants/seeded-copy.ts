import type { SeededBug } from '../seeded-bug.js'
import { runSeeded } from '../seeded-copy.js'

/** Files needed to search the sources. */
const COPIED = [
  'package.json',
  'tsconfig.json',
  'docs',
  'src',
  'test/tenants',
  'test/gateway.ts',
  'test/fuzz/random.ts',
  'test/typescript-hooks.mjs',
  'test/decorator-helpers.mjs',
]

/**
 * Searches a copy of the sources for leaks.
 *
 * @param search what is searched: random queries, or random mutations
 * @param bug planted in the copy; null leaves the copy unchanged
 * @returns data that a caller was shown without the right to see it; '' when nothing was found
 * @throws Error when the bug does not fit the sources, or the search itself failed
 */
export async function findLeak(
  bug: SeededBug | null,
  seed: number,
  requests: number,
  search: 'reads' | 'writes' = 'reads',
): Promise<string> {
  const program = ['test/tenants/find-leak.ts', String(seed), String(requests), search]
  const { stdout, stderr, exitCode } = await runSeeded(bug, COPIED, program)
  if (exitCode !== 0) throw new Error(`the search failed: ${stderr}`)
  return stdout
}
