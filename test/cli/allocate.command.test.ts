import { describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { clock } from '../gateway.js'
import { catalystVariables, rowsOf, runProgram } from './terminal.js'

/** A printed amount in cents. */
function cents(text: string | undefined): number {
  return Math.round(Number(text?.replaceAll(',', '')) * 100)
}

describe('billgraph allocate', () => {
  it.each(['2026-10', '2026-11', '2017-07'])('prints rows of %s that sum to the total of the bill', async month => {
    const { status, stdout } = await runProgram(['allocate', '--month', month])
    const rows = rowsOf(stdout).filter(row => row.length === 8)
    const [total] = rows.filter(row => row[0] === 'total')
    expect(status).toBe(0)
    expect(rows.map(row => row[0])).toEqual(['acme', 'acme2', 'piwakawaka', 'wcc', 'unallocated', 'total'])
    for (const column of [4, 5, 6]) {
      const sum = rows.slice(0, -1).reduce((all, row) => all + cents(row[column]), 0)
      expect(sum).toBe(cents(total?.[column]))
    }
  })

  it('aligns numbers to the right, with thousands separators, and names source, ledger, currency and rounding', async () => {
    const { stdout } = await runProgram(['allocate', '--month', '2026-10'])
    expect(stdout).toMatch(/^Catalyst Cloud, cost ledger, NZD: bill of project \[harbour-digital.example.nz\] /)
    expect(stdout).toContain(
      '\n| total       |                    |        |        | 1,978.97 | 296.85 | 2,275.82 |          |\n',
    )
    expect(stdout).toContain('\n| kubernetes | proportional | 738.20 |\n')
    expect(stdout).toMatch(/\nComputed tax is rounded half even\. Fingerprint: [0-9a-f]{64}\n$/)
  })

  it('prints CSV with a row for what is unallocated and none for the total', async () => {
    const { stdout } = await runProgram(['allocate', '--month', '2026-10', '--format', 'csv'])
    const [header, ...rows] = stdout.trimEnd().split('\r\n')
    expect(header).toBe(
      'customer,name,direct,shared,net,tax,gross,currency_code,month,basis,source,ledger,tax_rounding,fingerprint',
    )
    expect(rows.map(row => row.split(',')[0])).toEqual(['acme', 'acme2', 'piwakawaka', 'wcc', 'unallocated'])
    expect(rows[3]).toMatch(
      /^wcc,WCC Hosting,582\.15,419\.57,1001\.72,150\.27,1151\.99,NZD,2026-10,INVOICE,CATALYST,COST,HALF_EVEN,[0-9a-f]{64}$/,
    )
  })

  it('prints JSON', async () => {
    const { stdout } = await runProgram(['allocate', '--month', '2026-10', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      basis: 'INVOICE',
      taxRounding: 'HALF_EVEN',
      bill: { net: { amount: '1978.97', currencyCode: 'NZD' } },
      pools: [
        { name: 'kubernetes', policy: 'PROPORTIONAL', shares: [{ customer: { key: 'acme' } }, {}, {}, {}] },
        { name: 'monitoring' },
        { name: 'company', policy: 'UNALLOCATED', shares: [] },
        { name: 'addresses' },
        { name: 'ROUNDING' },
      ],
    })
  })

  it('says that there is no bill, and exits with 1', async () => {
    const finished = await runProgram(['allocate', '--month', '2016-01'])
    expect(finished).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('no bill found for 2016-01.'),
    })
  })

  it('says that no customer has a claim when there is no registry', async () => {
    await using catalyst = await startCatalyst({ clock })
    const { status, stdout, stderr } = await runProgram(['allocate', '--month', '2026-10'], catalystVariables(catalyst))
    expect(status).toBe(0)
    expect(rowsOf(stdout).map(row => row[0])).toContain('unallocated')
    expect(stderr).toContain('no customer of the registry has a claim on this project.')
  })

  it('prints what there is when a region fails, and exits with 3', async () => {
    await using catalyst = await startCatalyst({ clock })
    catalyst.regions['nz-hlz-1']?.faults.push({ route: 'GET /v2/quotations', kind: 'status:500' })
    const { status, stdout, stderr } = await runProgram(['allocate', '--month', '2026-11'], catalystVariables(catalyst))
    expect(status).toBe(3)
    expect(rowsOf(stdout).map(row => row[0])).toContain('total')
    expect(stderr).toContain('the result is incomplete')
  })

  it.each([
    [[], '--month: missing; expected a month as YYYY-MM'],
    [['--month', '2026-13'], '--month'],
    [['x', '--month', '2026-10'], 'unexpected argument "x"'],
  ])('refuses the arguments %j', async (args, message) => {
    const finished = await runProgram(['allocate', ...args])
    expect(finished).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) })
  })
})
