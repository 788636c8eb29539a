import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plant, type SeededBug } from './seeded-bug.js'

const root = new URL('../', import.meta.url).pathname

const LIMIT_MS = 240_000

/** How a program ended. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  /** Null when it was killed: it took too long. */
  readonly exitCode: number | null
}

/**
 * Runs a TypeScript program of the sources in a process of its own, which reads one file with a bug in it.
 *
 * @param bug null leaves the sources as they are
 * @param program its path and arguments
 * @throws Error when the bug does not fit the sources
 */
export async function runSeeded(bug: SeededBug | null, program: readonly string[]): Promise<Ended> {
  if (!bug) return await run(program, {})
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-seeded-'))
  try {
    const file = join(root, 'src', bug.file)
    const text = join(folder, 'seeded.ts')
    writeFileSync(text, plant(readFileSync(file, 'utf8'), bug))
    return await run(program, { SEEDED_FILE: file, SEEDED_TEXT: text })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(program: readonly string[], seeded: NodeJS.ProcessEnv): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const child = execFile(
    process.execPath,
    ['--import', './test/typescript-hooks.mjs', ...program],
    { cwd: root, env: { ...process.env, ...seeded }, timeout: LIMIT_MS, maxBuffer: 64 * 2 ** 20 },
    (_, stdout, stderr) => resolve({ stdout, stderr, exitCode: child.exitCode }),
  )
  return promise
}
