import { describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock } from '../gateway.js'
import { catalystVariables, rowsOf, runProgram, threescaleVariables } from './terminal.js'

const WCC = [
  ['customer-wcc-ipsec-router-fdc', '0.017', '697.0', 'Hour(s)', '11.85'],
  ['customer-wcc-ipsec-router-gdc', '0.017', '697.0', 'Hour(s)', '11.85'],
  ['customer-wcc-fdc-vpnservice', '0.017', '697.0', 'Hour(s)', '11.85'],
  ['customer-wcc-gdc-vpnservice', '0.017', '697.0', 'Hour(s)', '11.85'],
  ['customer-wcc-fdc', '0.0164', '697.0', 'Hour(s)', '11.43'],
  ['customer-wcc', '0.0164', '697.0', 'Hour(s)', '11.43'],
  ['customer-wcc-gdc', '0.0164', '697.0', 'Hour(s)', '11.43'],
]

/** 15 % of each cost, rounded to cents. */
const TAX: Readonly<Record<string, string>> = { '11.85': '1.78', '11.43': '1.71' }

/** The output of the vendor's script, as its documentation shows it. */
const SCRIPT = `\
+-------------------------------+--------+----------+---------+-------+
| resource_name                 | rate   | quantity | unit    | cost  |
+-------------------------------+--------+----------+---------+-------+
| customer-wcc-ipsec-router-fdc | 0.017  | 697.0    | Hour(s) | 11.85 |
| customer-wcc-ipsec-router-gdc | 0.017  | 697.0    | Hour(s) | 11.85 |
| customer-wcc-fdc-vpnservice   | 0.017  | 697.0    | Hour(s) | 11.85 |
| customer-wcc-gdc-vpnservice   | 0.017  | 697.0    | Hour(s) | 11.85 |
| customer-wcc-fdc              | 0.0164 | 697.0    | Hour(s) | 11.43 |
| customer-wcc                  | 0.0164 | 697.0    | Hour(s) | 11.43 |
| customer-wcc-gdc              | 0.0164 | 697.0    | Hour(s) | 11.43 |
+-------------------------------+--------+----------+---------+-------+
Total cost of customer [customer-wcc] for the month of [2017-07-31] is : $81.69
`

describe('billgraph cost', () => {
  it("prints the vendor's script's output to the byte, the date of the bill included", async () => {
    const args = ['cost', 'customer-wcc', '--month', '2017-07', '--format', 'script']
    expect(await runProgram(args)).toMatchObject({ status: 0, stdout: SCRIPT })
  })

  it("prints an empty table and $0.00 as the vendor's script does", async () => {
    const { stdout } = await runProgram(['cost', 'no-such', '--month', '2017-07', '--format', 'script'])
    const border = '+---------------+------+----------+------+------+'
    const header = '| resource_name | rate | quantity | unit | cost |'
    const total = 'Total cost of customer [no-such] for the month of [2017-07-31] is : $0.00'
    expect(stdout).toBe(`${[border, header, border, border, total].join('\n')}\n`)
  })

  it("refuses the script's format for a month without a bill", async () => {
    const { status, stderr } = await runProgram(['cost', 'x', '--month', '2026-11', '--format', 'script'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('--format: "script" needs a bill')])
  })

  it('aligns numbers to the right, under a line that states source, ledger, currency and tax', async () => {
    const { stdout } = await runProgram(['cost', 'customer-wcc', '--month', '2017-07'])
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('source: CATALYST, ledger: COST, currency: NZD, cost without tax')
    expect(lines[4]).toBe('| customer-wcc-ipsec-router-fdc |  0.017 |    697.0 | Hour(s) | 11.85 |')
  })

  it('prints the seven lines of July 2017 in billing order, and 81.69 in total', async () => {
    const { status, stdout, stderr } = await runProgram(['cost', 'customer-wcc', '--month', '2017-07'])
    expect(status).toBe(0)
    expect(rowsOf(stdout)).toEqual(WCC)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'Total cost of customer [customer-wcc] for the month of [2017-07] is : $81.69 NZD',
    )
    expect(stderr).toContain('DEMO')
    expect(stderr).toContain('GST')
  })

  it("prints JSON with the graph's field names and decimals as text", async () => {
    const { stdout } = await runProgram(['cost', 'customer-wcc', '--month', '2017-07', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      prefix: 'customer-wcc',
      match: 'STARTS_WITH',
      basis: 'INVOICE',
      period: { month: '2017-07', start: '2017-07-01', endExclusive: '2017-08-01' },
      total: { net: { amount: '81.69', currencyCode: 'NZD' } },
      lineItems: WCC.map(([name, rate, quantity, unit, amount]) => ({
        name,
        rate,
        quantity,
        unit,
        cost: { net: { amount, currencyCode: 'NZD' } },
      })),
      notices: [{ code: 'LEGACY_TAX' }],
      stale: false,
    })
  })

  it('prints CSV', async () => {
    const { stdout } = await runProgram(['cost', 'customer-wcc', '--month', '2017-07', '--format', 'csv'])
    expect(stdout.split('\r\n')).toEqual([
      'resource_name,rate,quantity,unit,cost,currency_code,month,basis,tax,tax_basis,source,ledger',
      ...WCC.map(row => `${row.join(',')},NZD,2017-07,INVOICE,${TAX[row[4] ?? '']},COMPUTED,CATALYST,COST`),
      '',
    ])
  })

  it.each([
    ['2027-01-15T02:00:00Z', '2026-12'],
    ['2027-02-15T02:00:00Z', '2027-01'],
    ['2026-12-31T23:59:59Z', '2026-11'],
  ])("at %s uses the bill of %s, where the vendor's script fails", async (now, month) => {
    const { status, stdout } = await runProgram(['cost', ''], {}, new Date(now))
    expect(status).toBe(0)
    expect(stdout).toContain(`for the month of [${month}] is : $`)
  })

  it('says that the figures of the current month are a quotation', async () => {
    const { status, stdout, stderr } = await runProgram(['cost', '', '--month', '2026-11'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/\[2026-11\] is : \$[\d,.]+ NZD \(so far, by quotation\)\n$/)
    expect(stderr).toContain('computed')
  })

  it("notes that other customers' longer names match too, and which option excludes them", async () => {
    const loose = await runProgram(['cost', 'customer-w', '--month', '2017-07'])
    expect(loose.stderr).toContain('--match segment excludes them')
    const strict = await runProgram(['cost', 'customer-w', '--month', '2017-07', '--match', 'segment'])
    expect(strict).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('"customer-wcc"') })
  })

  it('says that a prefix matches nothing and which ones are near, instead of a zero', async () => {
    const args = ['cost', 'custmer-wcc', '--month', '2017-07']
    const { status, stdout, stderr } = await runProgram(args)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(
      'No resource name of the month matches "custmer-wcc". The nearest prefixes are: "customer-wcc"',
    )
    const json = await runProgram([...args, '--format', 'json'])
    expect(json.status).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ notices: [{}, { code: 'NO_MATCH' }] })
  })

  it('exits with 1 when there is no bill', async () => {
    const args = ['cost', 'x', '--month', '2010-01']
    const stderr = expect.stringContaining('no bill found for 2010-01.')
    expect(await runProgram(args)).toMatchObject({ status: 1, stdout: '', stderr })
    expect(await runProgram([...args, '--format', 'json'])).toMatchObject({ status: 1, stdout: 'null\n' })
    expect((await runProgram([...args, '--format', 'csv'])).stdout.split('\r\n')).toHaveLength(2)
  })

  it('exits with 1 when there is no such project, and says so instead of that there is no bill', async () => {
    const args = ['cost', 'x', '--project', 'abc', '--month', '2026-09']
    const finished = await runProgram(args)
    expect(finished).toMatchObject({ status: 1, stdout: '' })
    expect(finished.stderr).toContain(
      'billgraph: --project: "abc" is not the id of a project that exists and that the account may see\n',
    )
    expect(finished.stderr).not.toContain('no bill')
    expect(await runProgram([...args, '--format', 'json'])).toMatchObject({ status: 1, stdout: 'null\n' })
  })

  it('exits with 2 for a future month, and sends no request', async () => {
    await using catalyst = await startCatalyst({ clock })
    const finished = await runProgram(['cost', 'x', '--month', '2026-12'], catalystVariables(catalyst))
    expect(finished).toEqual({
      status: 2,
      stdout: '',
      stderr: 'billgraph: --month: "2026-12" is not a month up to 2026-11, the running month in UTC\n',
    })
    expect([...catalyst.requests, ...catalyst.keystone.requests]).toEqual([])
  })

  it('prints the regions that answered for the current month, names the missing ones, and exits with 3', async () => {
    await using catalyst = await startCatalyst({ clock })
    catalyst.regions['nz-hlz-1']?.faults.push({ route: 'GET /v2/quotations', kind: 'status:503' })
    const finished = await runProgram(['cost', '', '--month', '2026-11'], catalystVariables(catalyst))
    expect(finished.status).toBe(3)
    expect(finished.stdout).toContain('[2026-11] is : $')
    expect(finished.stderr).toContain('nz-hlz-1')
    expect(finished.stderr).toContain('status 503')
  })

  it('exits with 3 and one sentence when no bill can be read', async () => {
    await using catalyst = await startCatalyst({ clock })
    for (const server of Object.values(catalyst.regions)) server.faults.push({ route: '*', kind: 'html' })
    const finished = await runProgram(['cost', 'x', '--month', '2026-09'], catalystVariables(catalyst))
    expect(finished).toMatchObject({ status: 3, stdout: '' })
    expect(finished.stderr).toMatch(/^billgraph: Catalyst Cloud sent an invalid response/)
    expect(finished.stderr).not.toMatch(/ {4}at /)
  })

  it('exits with 2 when Catalyst is not configured', async () => {
    await using threescale = await startThreescale({ clock })
    const finished = await runProgram(['cost', 'x'], threescaleVariables(threescale))
    expect(finished).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('OS_AUTH_URL') })
  })

  it.each([
    [['cost'], "PREFIX: missing; expected the start of its resource names, or '' for all"],
    [['cost', 'a', 'b'], 'PREFIX: unexpected argument "b"; expected one prefix'],
    [['cost', 'x'.repeat(256)], 'of at most 255 characters'],
    [['cost', 'a', '--match', 'fuzzy'], '--match: "fuzzy" is not one of starts-with, segment'],
    [['cost', 'a', '--format', 'xml'], '--format: "xml" is not one of table, json, csv'],
  ])('reports %j in one line and sends no request', async (args, message) => {
    const { status, stdout, stderr } = await runProgram(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr.split('\n')).toHaveLength(2)
    expect(stderr).toContain(message)
  })
})
