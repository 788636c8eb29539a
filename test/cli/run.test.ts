import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.js'
import { runProgram } from './terminal.js'

const OPTIONS = {
  cost: ['month', 'match', 'project', 'format'],
  invoices: ['source', 'ledger', 'buyer', 'sort', 'from', 'to', 'state', 'number', 'limit', 'format'],
  quotation: ['project', 'region', 'format'],
  export: ['from', 'ledger', 'format', 'trailer', 'account-code', 'tax-type', 'untaxed-type'],
  check: [],
}

describe('billgraph', () => {
  it('has a help for the program and for each command, which names every option', async () => {
    const program = await runProgram(['--help'])
    expect(program).toMatchObject({ status: 0, stderr: '' })
    for (const [name, options] of Object.entries(OPTIONS)) {
      expect(program.stdout).toContain(`  ${name} `)
      const { status, stdout } = await runProgram([name, '--help'])
      expect(status).toBe(0)
      expect(stdout).toContain(`Usage: billgraph ${name}`)
      for (const option of options) expect(stdout).toContain(`--${option} `)
      expect(stdout.split('\n').filter(line => line.length > 125)).toEqual([])
    }
  })

  it('prints its version', async () => {
    expect(await runProgram(['--version'])).toEqual({ status: 0, stdout: 'billgraph 1.2.3\n', stderr: '' })
  })

  it.each([
    [
      [],
      'COMMAND: missing; expected one of cost, margin, compare, customers, allocate, invoices, quotation, export, check, config, keys, on-charge, journal, mcp (see --help)',
    ],
    [
      ['costs'],
      'COMMAND: "costs" is not one of cost, margin, compare, customers, allocate, invoices, quotation, export, check, config, keys, on-charge, journal, mcp (see --help)',
    ],
    [['cost', '--', '--help', 'x'], 'PREFIX: unexpected argument "x"; expected one prefix'],
  ])('reports %j in one line', async (args, message) => {
    expect(await runProgram(args)).toEqual({ status: 2, stdout: '', stderr: `billgraph: ${message}\n` })
  })

  it('lists every problem of the configuration and shows no secret', async () => {
    const variables = {
      OS_AUTH_URL: 'http://keystone.example.com',
      OS_PASSWORD: 'hush\u0001',
      THREESCALE_URL: 'x',
      PORT: 'y',
    }
    for (const args of [['cost', 'x'], ['invoices'], ['quotation'], ['check']]) {
      const { status, stdout, stderr } = await runProgram(args, variables)
      expect([status, stdout]).toEqual([2, ''])
      for (const name of ['OS_AUTH_URL', 'OS_PASSWORD', 'THREESCALE_URL', 'THREESCALE_ACCESS_TOKEN', 'PORT']) {
        expect(stderr).toContain(`  - ${name} `)
      }
      expect(stderr).not.toContain('hush')
    }
  })

  it('does not run the demo in production without DEMO=1', async () => {
    const { status, stderr } = await runProgram(['check'], { NODE_ENV: 'production' })
    expect(status).toBe(2)
    expect(stderr).toContain('DEMO=1')
  })

  it('warns of a misspelt setting, and runs', async () => {
    const { status, stderr } = await runProgram(['check'], { CATALYST_REGION: 'nz-por-1' })
    expect(status).toBe(0)
    expect(stderr).toContain(
      'billgraph: warning: CATALYST_REGION is not a setting of Billgraph; the nearest one is CATALYST_REGIONS.',
    )
  })

  it('prints where an internal error happened, and not its message', async () => {
    const stderr: string[] = []
    const status = await run(['--version'], {
      variables: {},
      readFile: () => '',
      stdout: { isTerminal: false, write: () => {} },
      stderr: { isTerminal: false, write: text => stderr.push(text) },
      clock: () => new Date(0),
      repeat: () => () => {},
      version: () => {
        throw new TypeError('a secret')
      },
    })
    expect(status).toBe(70)
    expect(stderr.join('')).toMatch(/^billgraph: this is a bug in billgraph, please report it: TypeError\n {4}at /)
    expect(stderr.join('')).not.toContain('a secret')
  })
})
