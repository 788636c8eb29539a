import type { SeededBug } from '../seeded-bug.js'
import { runSeeded } from '../seeded-run.js'

/**
 * Searches the sources for leaks.
 *
 * @param bug planted in the sources that are searched; null for none
 * @returns data that a caller was shown without the right to see it; '' when nothing was found
 * @throws Error when the bug does not fit the sources, or the search itself failed
 */
export async function findLeak(bug: SeededBug | null, seed: number, requests: number): Promise<string> {
  const program = ['test/tenants/find-leak.ts', String(seed), String(requests)]
  const { stdout, stderr, exitCode } = await runSeeded(bug, program)
  if (exitCode !== 0) throw new Error(`the search failed: ${stderr}`)
  return stdout
}
