import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ChangedProgram } from '../test/built-program.js'

const run = promisify(execFile)
const modules = new URL('../node_modules', import.meta.url).pathname

/** The program of another checkout, built into a temporary folder. It uses that checkout's modules, or this one's where it has none. */
export async function buildTree(root: string): Promise<ChangedProgram> {
  const build = mkdtempSync(join(tmpdir(), 'billgraph-'))
  const dist = join(build, 'dist')
  const own = join(root, 'node_modules')
  symlinkSync(existsSync(own) ? own : modules, join(build, 'node_modules'))
  symlinkSync(join(root, 'package.json'), join(build, 'package.json'))
  const config = join(root, 'tsconfig.build.json')
  await run(
    join(modules, '.bin/tsc'),
    ['-p', config, '--noCheck', '--typeRoots', join(modules, '@types'), '--outDir', dist],
    { cwd: root },
  )
  return { dist, [Symbol.dispose]: () => rmSync(build, { recursive: true, force: true }) }
}
