import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const RESULTS = fileURLToPath(new URL('results.md', import.meta.url))

/** Head of a table of goals. */
export const GOALS_HEAD: readonly string[] = [
  '| goal | case | wanted | measured | |',
  '| --- | --- | --- | --- | --- |',
]

/**
 * Writes a script's section of results.md, and keeps all other text.
 *
 * @throws Error when the file lacks the comments around the section
 */
export function writeSection(script: string, text: string): void {
  const [start, end] = [
    `<!-- npm run ${script} overwrites from here -->`,
    `<!-- npm run ${script} overwrites to here -->`,
  ]
  const old = readFileSync(RESULTS, 'utf8')
  const [from, to] = [old.indexOf(start), old.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`results.md must have the line ${start}, and after it the line ${end}`)
  writeFileSync(RESULTS, `${old.slice(0, from + start.length)}\n\n${text.trim()}\n\n${old.slice(to)}`)
}
