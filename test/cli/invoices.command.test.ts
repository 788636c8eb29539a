import { describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock } from '../gateway.js'
import { catalystVariables, rowsOf, runProgram, threescaleVariables } from './terminal.js'

async function rows(...args: string[]) {
  return rowsOf((await runProgram(['invoices', ...args])).stdout)
}

describe('billgraph invoices', () => {
  it('lists both systems, latest month first', async () => {
    const { status, stdout } = await runProgram(['invoices', '--limit', '200'])
    const listed = rowsOf(stdout)
    expect(status).toBe(0)
    expect(stdout.split('\n')[1]).toMatch(
      /^\| id +\| number +\| period +\| state +\| buyer +\| ledger +\| +net +\| +tax +\| +gross +\| currency \|$/,
    )
    const months = listed.map(row => row[2] ?? '')
    expect(months).toEqual([...months].sort().reverse())
    expect(new Set(listed.map(([id = '']) => id.split(':')[0]))).toEqual(new Set(['catalyst', 'threescale']))
  })

  it('prints twenty by default, and notes that there are more', async () => {
    const { stdout, stderr } = await runProgram(['invoices'])
    expect(rowsOf(stdout)).toHaveLength(20)
    expect(stderr).toContain('--limit')
    expect(await rows('--limit', '3')).toHaveLength(3)
  })

  it('filters by the options', async () => {
    expect(new Set((await rows('--source', 'catalyst')).map(([id = '']) => id.split(':')[0]))).toEqual(
      new Set(['catalyst']),
    )
    expect(new Set((await rows('--state', 'paid', '--state', 'open', '--limit', '200')).map(row => row[3]))).toEqual(
      new Set(['PAID', 'OPEN']),
    )
    const ranged = (await rows('--from', '2026-08', '--to', '2026-09', '--limit', '100')).map(row => row[2])
    expect(new Set(ranged)).toEqual(new Set(['2026-08', '2026-09']))
    const [first] = await rows('--source', 'threescale', '--limit', '1')
    expect((await rows('--number', first?.[1] ?? '')).map(row => row[0])).toContain(first?.[0])
  })

  it('prints the same list as JSON and as CSV', async () => {
    const table = await rows('--limit', '5')
    const json = JSON.parse((await runProgram(['invoices', '--limit', '5', '--format', 'json'])).stdout)
    expect(json).toMatchObject({ pageInfo: { hasNextPage: true }, unavailable: [] })
    expect(json.nodes.map((node: { id: string }) => node.id)).toEqual(table.map(row => row[0]))
    const csv = (await runProgram(['invoices', '--limit', '5', '--format', 'csv'])).stdout.split('\r\n')
    expect(csv[0]).toBe('id,number,period,state,buyer,ledger,net,tax,gross,currency')
    expect(csv.slice(1, 6).map(line => line.split(',')[0])).toEqual(table.map(row => row[0]))
  })

  it('lists one ledger, one buyer by id or by a part of its name, in the order of the option', async () => {
    const revenue = await rows('--ledger', 'revenue', '--sort', '-amount', '--limit', '100')
    expect(new Set(revenue.map(row => row[5]))).toEqual(new Set(['REVENUE']))
    const gross = revenue.map(row => Number(row[8]?.replaceAll(',', '')))
    expect(gross).toEqual(gross.toSorted((left, right) => right - left))
    const named = revenue.find(row => /^[A-Z]/.test(row[4] ?? ''))?.[4] ?? ''
    const found = await rows('--buyer', named.slice(1).toUpperCase(), '--limit', '100')
    expect(new Set(found.map(row => row[4]))).toEqual(new Set([named]))
    const { stdout } = await runProgram(['invoices', '--buyer', named, '--format', 'json'])
    const [node] = JSON.parse(stdout).nodes as { buyer: { nativeId: string } }[]
    const byId = await rows('--buyer', node?.buyer.nativeId ?? '', '--limit', '100')
    expect(byId.map(row => row[0]).toSorted()).toEqual(found.map(row => row[0]).toSorted())
  })

  it('exits with 1 when no bill matches', async () => {
    const finished = await runProgram(['invoices', '--number', '1999-01-*'])
    expect(finished).toMatchObject({ status: 1, stderr: expect.stringContaining('no bill found') })
    expect(rowsOf(finished.stdout)).toEqual([])
  })

  it('names a system that does not answer, prints the others, and exits with 3', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using threescale = await startThreescale({ clock })
    threescale.faults.push({ route: '*', kind: 'reset' })
    const variables = { ...catalystVariables(catalyst), ...threescaleVariables(threescale) }
    const table = await runProgram(['invoices'], variables)
    expect(table.status).toBe(3)
    expect(rowsOf(table.stdout).length).toBeGreaterThan(0)
    expect(table.stderr).toContain('3scale cannot be reached')
    const json = await runProgram(['invoices', '--format', 'json'], variables)
    expect(JSON.parse(json.stdout)).toMatchObject({ unavailable: ['THREESCALE'] })
  })

  it('exits with 3 when no system answers', async () => {
    await using threescale = await startThreescale({ clock })
    threescale.faults.push({ route: '*', kind: 'status:500' })
    const finished = await runProgram(['invoices'], threescaleVariables(threescale))
    expect(finished).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('status 500') })
  })

  it('exits with 2 when the requested system is not configured', async () => {
    await using threescale = await startThreescale({ clock })
    const finished = await runProgram(['invoices', '--source', 'catalyst'], threescaleVariables(threescale))
    expect(finished).toMatchObject({ status: 2, stderr: expect.stringContaining('not configured') })
  })

  it.each([
    [['stray'], '"stray"'],
    [['--from', '2026-05', '--to', '2026-04'], '--to: "2026-04" is before --from; expected 2026-05 or later'],
    [['--source', 'both'], '--source: "both" is not one of catalyst, threescale'],
    [['--source', 'catalyst', '--number', '1'], '--source: "catalyst" has no invoice numbers'],
    [['--number', 'a b'], '--number: "a b" is not an invoice number'],
    [['--state', 'PAID'], '--state: "PAID" is not one of open,'],
    [['--limit', '100001'], '--limit: "100001" is not a whole number from 1 to 100000'],
  ])('reports %j in one line', async (args, message) => {
    const { status, stdout, stderr } = await runProgram(['invoices', ...args])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr.split('\n')).toHaveLength(2)
    expect(stderr).toContain(message)
  })
})
