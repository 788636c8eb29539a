import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock } from '../gateway.js'
import { runProgram, threescaleVariables } from './terminal.js'

describe('billgraph export', () => {
  it('writes FOCUS with its trailer, and states rows, sums and checksum on stderr', async () => {
    const { status, stdout, stderr } = await runProgram(['export', 'focus', '--from', '2017-07'])
    expect(status).toBe(0)
    const [body = '', trailer = ''] = stdout.split(/(?=#trailer,rows)/)
    const sha256 = createHash('sha256').update(body).digest('hex')
    expect(trailer).toContain(`#trailer,sha256,${sha256}\r\n`)
    expect(stderr).toMatch(/\d+ rows; COST BilledCost \$[\d,.]+ NZD; SHA-256 of the rows /)
    expect(stderr).toContain(sha256)
  })

  it('writes for Xero with the options of its own', async () => {
    const args = ['export', 'xero', '--from', '2026-09', '--account-code', '4-1000', '--tax-type', 'VAT']
    const { status, stdout } = await runProgram(args)
    expect(status).toBe(0)
    expect(stdout).toContain(',4-1000,')
    expect(stdout).not.toContain('#trailer')
  })

  it('exits with 1 when there is no bill', async () => {
    const { status, stdout } = await runProgram(['export', 'lines', '--from', '2001-01', '--format', 'ndjson'])
    expect(status).toBe(1)
    expect(stdout).toContain('"rows":0')
  })

  it('exits with 3 when the upstream fails, without a trailer', async () => {
    const server = await startThreescale({ clock })
    server.intercept = async () => ({ status: 500, headers: {}, body: '' })
    const { status, stdout } = await runProgram(['export', 'lines', '--from', '2026-10'], threescaleVariables(server))
    expect([status, stdout]).toEqual([3, ''])
    await server.close()
  })

  it.each([
    [['export'], 'KIND: missing; expected one of focus, lines, xero'],
    [['export', 'tax', '--from', '2026-10'], 'KIND, --format: "tax.csv" is not one of focus.csv'],
    [['export', 'xero', '--from', '2026-10', '--format', 'ndjson'], 'KIND, --format: "xero.ndjson" is not one of'],
    [['export', 'focus'], '--from: missing; expected a month'],
    [['export', 'focus', '--from', '2026-10', '--account-code', '1'], '--account-code: not an option of focus'],
    [['export', 'focus', '--from', '2026-10', '--ledger', 'x'], '--ledger: "x" is not cost or revenue'],
    [['export', 'focus', 'lines'], 'KIND: unexpected argument "lines"'],
  ])('reports %j in one line', async (args, message) => {
    const { status, stdout, stderr } = await runProgram(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`billgraph: ${message}`)
  })
})
