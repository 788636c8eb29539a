import { describe, expect, it } from 'vitest'
import { formatSparkline } from '../../src/cli/sparkline.js'
import { parseDecimal } from '../../src/domain/decimal.js'
import { rowsOf, runProgram } from './terminal.js'

describe('billgraph margin', () => {
  it('prints a row for each customer of the registry, numbers right-aligned with thousands separators', async () => {
    const { status, stdout } = await runProgram(['margin', '--month', '2026-10'])
    expect(status).toBe(0)
    const [wcc, ...others] = rowsOf(stdout)
    expect(wcc?.slice(0, 2)).toEqual(['wcc', '2026-10'])
    expect(stdout).toMatch(/\|\s+[\d,]+\.\d\d \|/)
    expect(others.length).toBeGreaterThan(1)
  })

  it('prints JSON with exact amounts, and the gaps of a month that is not over', async () => {
    const { stdout } = await runProgram(['margin', 'wcc', '--month', '2026-11', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject([
      {
        customer: 'wcc',
        period: { month: '2026-11' },
        amount: null,
        rate: null,
        gaps: expect.arrayContaining(['COST_RUNNING']),
      },
    ])
  })

  it('prints CSV, in which a negative margin is a number', async () => {
    const { stdout } = await runProgram(['margin', 'customer-wcc', '--format', 'csv'])
    const [header, row] = stdout.split('\r\n')
    expect(header).toBe('customer,month,revenue,collected,cost,margin,currency_code,rate,gaps')
    expect(row).toMatch(/^wcc,2026-10,/)
    expect(row).not.toContain("'")
  })

  it.each([
    [['margin', 'unknown-one'], 'CUSTOMER: "unknown-one" is not registered; expected the key or prefix of wcc'],
    [['margin', 'wcc', 'acme'], 'CUSTOMER: unexpected argument "acme"; expected one customer'],
    [['margin', '--costs', 'half'], '--costs: "half" is not one of direct, full'],
    [['compare'], 'CUSTOMER: missing; expected a key or prefix of the registry'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await runProgram(args)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('billgraph compare', () => {
  it('prints the steps from cost to payment, each with its cause', async () => {
    const { status, stdout } = await runProgram(['compare', 'customer-wcc', '--month', '2026-10'])
    expect(status).toBe(0)
    const steps = rowsOf(stdout).map(([step]) => step)
    expect(steps.filter(step => !/^[A-Z_]+$/.test(step ?? ''))).toEqual(['cost', 'on-charged', 'billed', 'paid'])
  })

  it('prints exact amounts as JSON', async () => {
    const { stdout } = await runProgram(['compare', 'wcc', '--month', '2026-10', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ cost: { amount: '582.15', currencyCode: 'NZD' }, gaps: [] })
  })
})

describe('billgraph cost over time', () => {
  it('prints a table by month, and a total that says which months it lacks', async () => {
    const { status, stdout } = await runProgram(['cost', 'customer-wcc', '--from', '2025-07', '--to', '2025-10'])
    expect(status).toBe(0)
    expect(rowsOf(stdout).map(([month, , , state]) => [month, state])).toEqual([
      ['2025-07', 'NO_BILL'],
      ['2025-08', 'NO_BILL'],
      ['2025-09', 'CLOSED'],
      ['2025-10', 'CLOSED'],
    ])
    expect(stdout).toContain('(of 2 months; the cost of 2 is not known)')
  })

  it('prints the months of a year so far', async () => {
    const { stdout } = await runProgram(['cost', '', '--year', '2026', '--format', 'csv'])
    const rows = stdout.trimEnd().split('\r\n')
    expect(rows).toHaveLength(12)
    expect(rows[10]).toBe('2026-10,1978.97,NZD,CLOSED')
    expect(rows[11]).toMatch(/^2026-11,.*,RUNNING$/)
  })

  it('ends with 1 when no month has a bill', async () => {
    const { status, stderr } = await runProgram(['cost', 'customer-wcc', '--from', '2020-01', '--to', '2020-03'])
    expect(status).toBe(1)
    expect(stderr).toContain('no bill found from 2020-01 to 2020-03.')
  })

  it.each([
    [['--year', '2026', '--from', '2026-01'], '--year: expected either a year or --from and --to'],
    [['--to', '2026-01'], '--to: expected --from as well'],
    [['--from', '2026-02', '--to', '2026-01'], '--to: 2026-01 is not the month 2026-02 or a later one'],
    [['--from', '2026-02', '--to', '2027-01'], '--to: expected months up to 2026-11, the running month in UTC'],
    [['--from', '2010-01'], '--to: expected at most 120 months'],
    [['--year', '1999'], '--year: "1999" is not a year from 2000 on, such as 2026'],
    [['--from', '2026-02', '--month', '2026-01'], '--month: expected either one month or a range'],
  ])('refuses %j', async (options, message) => {
    const { status, stderr } = await runProgram(['cost', 'customer-wcc', ...options])
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('a sparkline', () => {
  it('has a bar for each value, and a dot for one that is not known', () => {
    const values = ['0', '1', '4.00', '8', null].map(text => (text === null ? null : parseDecimal(text)))
    expect(formatSparkline(values)).toBe('▁▁▄█·')
    expect(formatSparkline([null, parseDecimal('0')])).toBe('·▁')
  })
})
