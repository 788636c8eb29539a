import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { plant, type SeededBug } from './seeded-bug.js'

const root = new URL('../', import.meta.url).pathname

const LIMIT_MS = 120_000

/** How a program ended. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  /** Null when it was killed: it took too long. */
  readonly exitCode: number | null
}

/**
 * Runs a TypeScript program in a copy of the sources, in a folder and a process of its own.
 *
 * @param bug planted in the copy; null leaves the copy unchanged
 * @param copied files and folders that the program needs
 * @param program its path and arguments
 * @throws Error when the bug does not fit the sources
 */
export async function runSeeded(
  bug: SeededBug | null,
  copied: readonly string[],
  program: readonly string[],
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-seeded-'))
  try {
    for (const name of copied) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      cpSync(join(root, name), join(folder, name), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    if (bug) {
      const file = join(folder, 'src', bug.file)
      writeFileSync(file, plant(readFileSync(file, 'utf8'), bug))
    }
    return await run(folder, ['--import', './test/typescript-hooks.mjs', ...program])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(cwd: string, program: readonly string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const child = execFile(
    process.execPath,
    program,
    { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 2 ** 20 },
    (_, stdout, stderr) => resolve({ stdout, stderr, exitCode: child.exitCode }),
  )
  return promise
}
