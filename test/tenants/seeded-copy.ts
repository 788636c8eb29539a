import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { plant, type SeededBug } from '../seeded-bug.js'

const root = new URL('../../', import.meta.url).pathname

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

const LIMIT_MS = 120_000

/**
 * Searches a copy of the sources for leaks, in a folder and a process of its own.
 *
 * @param bug planted in the copy; null leaves the copy unchanged
 * @returns data that a caller was shown without the right to see it; '' when nothing was found
 * @throws Error when the bug does not fit the sources, or the search itself failed
 */
export async function findLeak(bug: SeededBug | null, seed: number, requests: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-tenants-'))
  try {
    for (const name of COPIED) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      cpSync(join(root, name), join(folder, name), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    if (bug) {
      const file = join(folder, 'src', bug.file)
      writeFileSync(file, plant(readFileSync(file, 'utf8'), bug))
    }
    const program = [
      '--import',
      './test/typescript-hooks.mjs',
      'test/tenants/find-leak.ts',
      String(seed),
      String(requests),
    ]
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: folder, timeout: LIMIT_MS })
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
