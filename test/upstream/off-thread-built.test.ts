import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalystBody } from './large-bodies.js'

const root = new URL('../../', import.meta.url).pathname
let build: string

beforeAll(() => {
  build = mkdtempSync(join(tmpdir(), 'billgraph-decode-'))
  const to = ['--outDir', join(build, 'dist'), '--noCheck']
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json', ...to], { cwd: root })
  symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'))
  symlinkSync(join(root, 'package.json'), join(build, 'package.json'))
})
afterAll(() => rmSync(build, { recursive: true, force: true }))

describe('the built decoders', () => {
  it('decode large bodies on a thread, and let the process end by itself', () => {
    const body = join(build, 'body.json')
    writeFileSync(body, catalystBody(3000))
    const program = `
      import { readFileSync } from 'node:fs'
      import { DecodePool } from ${JSON.stringify(pathToFileURL(join(build, 'dist/upstream/off-thread.js')).href)}
      const pool = new DecodePool()
      const asked = { upstream: 'catalyst', operation: 'GET /v2/invoices' }
      const body = readFileSync(${JSON.stringify(body)})
      const { invoices } = await pool.decode('catalystInvoices', body, asked)
      const refused = await pool.decode('catalystInvoices', body.subarray(1), asked).catch(error => error)
      const [[, { details: [[, { breakdown }]] }]] = invoices
      const lines = breakdown.reduce((sum, [, lines]) => sum + lines.length, 0)
      console.log(JSON.stringify({ lines, isThreaded: pool.isThreaded, refused: refused.name }))
    `
    writeFileSync(join(build, 'program.mjs'), program)
    const printed = execFileSync(process.execPath, [join(build, 'program.mjs')], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual({ lines: 3000, isThreaded: true, refused: 'UpstreamFormatError' })
  })
})
