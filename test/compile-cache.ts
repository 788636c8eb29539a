import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Makes Node cache compiled code for one test run. The built program is started hundreds of times, and compiling takes a fifth of
 * each start. Every process that gets `NODE_COMPILE_CACHE` shares the cache. The folder around it holds the built programs.
 */
export default function cacheCompiledCode(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-tests-'))
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled')
  return () => rmSync(folder, { recursive: true, force: true })
}
