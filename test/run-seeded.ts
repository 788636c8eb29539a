import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { plant, type SeededBug } from './seeded-bug.js'

const root = new URL('../', import.meta.url).pathname

const LIMIT_MS = 120_000

/**
 * Runs a TypeScript program in a copy of some files, in a folder and a process of its own.
 *
 * @param bug planted in the copy; null leaves the copy unchanged
 * @param copied files and folders of the project that the program needs
 * @param program path of the program, then its arguments
 * @returns what the program printed, whatever its exit status
 * @throws Error when the bug does not fit the sources, or the program wrote to stderr
 */
export async function runSeeded(
  bug: SeededBug | null,
  copied: readonly string[],
  program: readonly string[],
): Promise<string> {
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
    return await run(folder, program)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(cwd: string, program: readonly string[]): Promise<string> {
  const args = ['--import', './test/typescript-hooks.mjs', ...program]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) =>
      stderr === '' ? resolve(stdout) : reject(error ?? new Error(stderr)),
    )
  })
}
