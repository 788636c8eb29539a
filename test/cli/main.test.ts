import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { BUILD_MS, type BuiltProgram, bareEnvironment, buildProgram } from '../built-program.js'
import type { Variables } from '../config/variables.js'
import { catalystVariables, type Finished, rowsOf, threescaleVariables } from './terminal.js'

let built: BuiltProgram

beforeAll(async () => {
  built = await buildProgram()
}, BUILD_MS)

async function finish(command: string, args: readonly string[], variables: Variables = {}): Promise<Finished> {
  const child = spawn(command, args, {
    env: { ...bareEnvironment(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => (stdout += String(chunk)))
  child.stderr.on('data', chunk => (stderr += String(chunk)))
  const [status] = await once(child, 'close')
  return { status, stdout, stderr }
}

const program = () => join(built.dist, 'cli/main.js')
const billgraph = (args: readonly string[], variables?: Variables) =>
  finish(process.execPath, [program(), ...args], variables)

describe('the built program', () => {
  it('uses the demo without configuration, and says so', async () => {
    const { status, stdout, stderr } = await billgraph(['cost', 'customer-wcc', '--month', '2017-07'])
    expect(status).toBe(0)
    expect(rowsOf(stdout)).toHaveLength(7)
    expect(stdout).toContain('is : $81.69 NZD\n')
    expect(stderr).toContain('DEMO')
  })

  it('uses the configured upstreams, starts no stand-in, and shows no secret', async () => {
    await using catalyst = await startCatalyst()
    await using threescale = await startThreescale()
    const variables = { ...catalystVariables(catalyst), ...threescaleVariables(threescale) }
    const cost = await billgraph(['cost', 'customer-wcc', '--month', '2017-07'], variables)
    expect(cost).toMatchObject({ status: 0, stdout: expect.stringContaining('$81.69 NZD') })
    const list = await billgraph(['invoices', '--format', 'json'], variables)
    expect(JSON.parse(list.stdout).nodes).toHaveLength(20)
    const check = await billgraph(['check'], variables)
    expect(check).toMatchObject({ status: 0, stderr: '' })
    expect(catalyst.requests).toContain('GET /v2/invoices')
    expect(threescale.requests).toContain('GET /api/invoices.xml')
    const all = [cost, list, check].map(({ stdout, stderr }) => stdout + stderr).join('')
    expect(all).not.toContain('DEMO')
    expect([catalyst.credentials.password, threescale.accessToken].filter(secret => all.includes(secret))).toEqual([])
  })

  it.each([
    [['cost', 'x', '--month', '2010-01'], {}, 1],
    [['cost', 'x', '--month', 'July'], {}, 2],
    [['check'], { THREESCALE_URL: 'x' }, 2],
    [['invoices'], { THREESCALE_URL: 'http://127.0.0.1:1', THREESCALE_ACCESS_TOKEN: 'x' }, 3],
  ])('%j with %j exits with %i', async (args, variables, status) => {
    const finished = await billgraph(args, variables)
    expect(finished.status).toBe(status)
    expect(finished.stderr).toMatch(/^billgraph: /)
    expect(finished.stderr).not.toMatch(/ {4}at /)
  })

  it('prints the version of the package', async () => {
    expect(await billgraph(['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^billgraph \d+\.\d+\.\d+\n$/),
    })
  })

  it('reports that it cannot write', async () => {
    const { status, stderr } = await finish('bash', ['-c', '"$0" "$1" --help > /dev/full', process.execPath, program()])
    expect([status, stderr]).toEqual([70, 'billgraph: cannot write: ENOSPC\n'])
  })

  it('does not fail when its reader closes the pipe', async () => {
    const pipe = '"$0" "$1" invoices --limit 500 | head -1; "$0" "$1" invoices --limit 500 | true'
    const { status, stdout, stderr } = await finish('bash', ['-c', pipe, process.execPath, program()])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^\+-+[-+]+\n$/)
    expect(stderr).not.toMatch(/EPIPE| {4}at /)
  })
})
