import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuiltProgram, buildProgram } from '../built-program.js'
import { plant, type SeededBug } from '../seeded-bug.js'

/** Builds a copy of the program with the bug in it. @throws Error when the bug does not fit the sources */
export function buildSeeded(bug: SeededBug): Promise<BuiltProgram> {
  return buildProgram(sources => {
    const path = join(sources, bug.file)
    writeFileSync(path, plant(readFileSync(path, 'utf8'), bug))
  })
}
