import { readFileSync } from 'node:fs'
import { buildChanged, type ChangedProgram } from '../built-program.js'
import { plant, type SeededBug } from '../seeded-bug.js'

/** Builds a copy of the program with the bug in it. @throws Error when the bug does not fit the sources */
export async function buildSeeded(bug: SeededBug): Promise<ChangedProgram> {
  const source = readFileSync(new URL(`../../src/${bug.file}`, import.meta.url), 'utf8')
  return await buildChanged(bug.file, plant(source, bug))
}
