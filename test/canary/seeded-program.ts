import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuiltProgram, buildProgram } from '../built-program.js'
import type { Seed } from './seeded-leaks.js'

/** Builds a copy of the program in which one text is another. @throws Error when the text does not stand there once */
export function buildSeeded({ file, from, to }: Seed): Promise<BuiltProgram> {
  return buildProgram(sources => {
    const path = join(sources, file)
    writeFileSync(path, replaceOnce(readFileSync(path, 'utf8'), from, to))
  })
}

/** @throws Error when `from` is not there just once: then what the seed was made for has changed */
export function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`stands ${parts.length - 1} times: ${from}`)
  return parts.join(to)
}
