import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder of one test run. The built program in it is started hundreds of times, and compiling takes a fifth of each start: every
 * process that gets `NODE_COMPILE_CACHE` shares the compiled code.
 */
export default function createRunFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-run-'))
  process.env.TEST_RUN_FOLDER = folder
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled')
  return () => rmSync(folder, { recursive: true, force: true })
}
