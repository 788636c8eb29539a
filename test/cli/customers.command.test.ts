import { describe, expect, it } from 'vitest'
import { rowsOf, runProgram } from './terminal.js'

const REGISTRY = `
customers:
  - key: wcc
    name: WCC Hosting
    claims: [{ prefix: customer-wcc }, { prefix: wcc }]
    buyers: [101]
`

/** Runs the program against the demo with this registry. */
function run(args: readonly string[], registry = REGISTRY) {
  return runProgram(args, { CUSTOMERS_FILE: 'customers.yaml' }, undefined, { 'customers.yaml': registry })
}

describe('billgraph customers', () => {
  it('lists the registry', async () => {
    const { status, stdout } = await run(['customers'])
    expect(status).toBe(0)
    expect(rowsOf(stdout)).toEqual([['wcc', 'WCC Hosting', 'customer-wcc wcc', '101']])
  })

  it("lists the demo's registry when none is configured", async () => {
    const { stdout } = await runProgram(['customers', '--format', 'csv'])
    expect(stdout).toContain('wcc,WCC Hosting,customer-wcc,101\r\n')
  })

  it('prints JSON with all claims', async () => {
    const { stdout } = await run(['customers', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject([
      {
        key: 'wcc',
        claims: [{ prefix: 'customer-wcc', match: 'SEGMENT', from: null }, { prefix: 'wcc' }],
        buyers: ['101'],
      },
    ])
  })

  it('says so when there are none', async () => {
    const { status, stdout, stderr } = await run(['customers'], 'customers: []')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('the registry has no customers')
  })

  it('reports all problems of the registry file', async () => {
    const { status, stderr } = await run(['customers'], 'customers: [{ key: a }]')
    expect(status).toBe(2)
    expect(stderr).toContain('CUSTOMERS_FILE names "customers.yaml": customers[0].name')
    expect(stderr).toContain('CUSTOMERS_FILE names "customers.yaml": customers[0].claims')
  })

  it.each([
    [['customers', 'list'], '"list"'],
    [['customers', 'suggest', 'x'], '"x"'],
    [['customers', 'suggest', '--month', '2017'], '2017'],
  ])('refuses %j', async (args, value) => {
    const { status, stderr } = await run(args)
    expect(status).toBe(2)
    expect(stderr).toContain(value)
  })
})

describe('billgraph customers suggest', () => {
  it('groups the lines that no customer claims by the beginning of their names, the highest cost first', async () => {
    const { status, stdout, stderr } = await run(['customers', 'suggest', '--month', '2017-07'])
    expect(status).toBe(0)
    expect(stderr).not.toContain('no resource name')
    expect(rowsOf(stdout)).toEqual([
      ['customer-acme', '6', '196.69', 'NZD'],
      ['intranet', '2', '57.56', 'NZD'],
    ])
  })

  it('suggests nothing that a customer claims, and counts lines without a name', async () => {
    const { status, stdout, stderr } = await runProgram([
      'customers',
      'suggest',
      '--month',
      '2026-10',
      '--format',
      'csv',
    ])
    expect(status).toBe(0)
    const prefixes = stdout
      .split('\r\n')
      .slice(1, -1)
      .map(row => row.split(',')[0])
    expect(prefixes.toSorted()).toEqual(['203.0', 'internal-bastion', 'internal-monitoring', 'intranet', 'shared-k8s'])
    expect(stderr).toMatch(/1 line has no resource name, \$[\d.]+ NZD in 2026-10/)
  })

  it('prints JSON', async () => {
    const { stdout } = await run(['customers', 'suggest', '--month', '2017-07', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      month: '2017-07',
      prefixes: [
        { prefix: 'customer-acme', count: 6, total: { net: { amount: '196.69' } } },
        { prefix: 'intranet', count: 2 },
      ],
      unnamed: { count: 0 },
    })
  })

  it('says so when the month has no bill', async () => {
    const { status, stdout, stderr } = await run(['customers', 'suggest', '--month', '2016-07'])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('no bill found for 2016-07')
  })
})
