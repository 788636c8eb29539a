import { describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { clock } from '../gateway.js'
import { catalystVariables, rowsOf, runProgram } from './terminal.js'

describe('billgraph quotation', () => {
  it('prints each region and the total', async () => {
    const { status, stdout } = await runProgram(['quotation'])
    const listed = rowsOf(stdout)
    expect(status).toBe(0)
    expect(listed.map(row => row[0])).toEqual(['nz-por-1', 'nz-hlz-1', 'total'])
    expect(stdout).toContain(`so far is : $${listed.at(-1)?.[1]} NZD\n`)
  })

  it('prints JSON, and CSV without the total', async () => {
    const json = JSON.parse((await runProgram(['quotation', '--format', 'json'])).stdout)
    expect(json).toMatchObject({
      period: { month: '2026-11' },
      regions: [{ region: 'nz-por-1' }, { region: 'nz-hlz-1' }],
      missingRegions: [],
    })
    const { stdout } = await runProgram(['quotation', '--format', 'csv', '--region', 'nz-hlz-1'])
    expect(stdout).toMatch(
      /^region,net,tax,gross,currency_code,month,source,ledger\r\nnz-hlz-1,[\d.]+,[\d.]+,[\d.]+,NZD,2026-11,CATALYST,COST\r\n$/,
    )
  })

  it('names the missing regions, prints the others, and exits with 3', async () => {
    await using catalyst = await startCatalyst({ clock })
    catalyst.regions['nz-por-1']?.faults.push({ route: 'GET /v2/quotations', kind: 'status:500' })
    const { status, stdout, stderr } = await runProgram(['quotation'], catalystVariables(catalyst))
    expect(status).toBe(3)
    expect(rowsOf(stdout).map(row => row.slice(0, 2).join(' '))).toContain('nz-por-1 missing')
    expect(stdout).toMatch(/, without nz-por-1\n$/)
    expect(stderr).toContain('status 500')
  })

  it('exits with 3 when no region answers', async () => {
    await using catalyst = await startCatalyst({ clock })
    for (const server of Object.values(catalyst.regions)) server.faults.push({ route: '*', kind: 'status:502' })
    const finished = await runProgram(['quotation'], catalystVariables(catalyst))
    expect(finished).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('status 502') })
  })

  it('refuses a region that the cloud does not have', async () => {
    const finished = await runProgram(['quotation', '--region', 'nz_wlg_2'])
    expect(finished).toMatchObject({ status: 2, stdout: '' })
    expect(finished.stderr).toContain('--region: "nz_wlg_2" is not one of nz-por-1, nz-hlz-1')
  })

  it('refuses unexpected arguments', async () => {
    expect(await runProgram(['quotation', 'x'])).toMatchObject({ status: 2, stderr: expect.stringContaining('"x"') })
  })
})
