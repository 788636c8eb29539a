import { execFile, execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { decoders } from '../../../src/upstream/decoding/decoders.js'
import { type BuiltProgram, buildProgram } from '../../built-program.js'
import { clock, TODAY } from '../../gateway.js'
import { catalystBody } from './large-bodies.js'

let build: BuiltProgram
beforeAll(async () => {
  build = await buildProgram()
})

describe('the built decoders', () => {
  it('decode large bodies on a worker thread, and let the process end by itself', () => {
    const body = join(build.dist, '../body.json')
    writeFileSync(body, catalystBody(3000))
    const program = `
      import { readFileSync } from 'node:fs'
      import { DecodePool } from ${JSON.stringify(pathToFileURL(join(build.dist, 'upstream/decoding/worker-pool.js')).href)}
      const pool = new DecodePool()
      const request = { upstream: 'catalyst', operation: 'GET /v2/invoices' }
      const body = readFileSync(${JSON.stringify(body)})
      const { invoices } = await pool.decode('catalystInvoices', body, request)
      const second = pool.decode('catalystInvoices', body.subarray(1), request)
      const refused = await second.catch(error => error)
      const [[, { details: [[, { breakdown }]] }]] = invoices
      const lines = breakdown.reduce((sum, [, lines]) => sum + lines.length, 0)
      console.log(JSON.stringify({ lines, isThreaded: second instanceof Promise, refused: refused.name }))
    `
    writeFileSync(join(build.dist, '../program.mjs'), program)
    const printed = execFileSync(process.execPath, [join(build.dist, '../program.mjs')], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual({ lines: 3000, isThreaded: true, refused: 'UpstreamFormatError' })
  })
  it('get every body over 256 kB and none below, from every client', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using threescale = await startThreescale({ clock })
    const { username, password, userDomainName, projectId } = catalyst.credentials
    const user = { name: username, domain: { name: userDomainName } }
    const where = {
      authUrl: catalyst.authUrl,
      rating: catalyst.regions['nz-por-1']?.url,
      threescale: threescale.url,
      accessToken: threescale.accessToken,
      credentials: { method: 'password', user, password, project: { id: projectId } },
      day: TODAY.toISOString(),
    }
    const program = new URL('threads/every-body.mjs', import.meta.url).pathname
    const child = promisify(execFile)(process.execPath, [program, build.dist, JSON.stringify(where)])
    const started = JSON.parse((await child).stdout) as Record<string, readonly number[]>

    const names = Object.keys(decoders)
    expect(Object.keys(started).toSorted()).toEqual(names.toSorted())
    expect(started).toEqual(Object.fromEntries(names.map(name => [name, [0, 1]])))
  })
})
