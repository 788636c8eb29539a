import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { clock } from '../gateway.js'
import { catalystVariables, rowsOf, runProgram, threescaleVariables } from './terminal.js'

const CUSTOMERS = `customers:
  - { key: wcc, name: WCC, claims: [{ prefix: customer-wcc }], buyers: ["101"] }
  - { key: acme, name: Acme, claims: [{ prefix: customer-acme }], buyers: ["102"] }
  - { key: lonely, name: Lonely, claims: [{ prefix: customer-lonely }], buyers: [] }
`
const JULY = ['on-charge', 'wcc', '--month', '2017-07', '--markup', '20%']
const ALL = ['on-charge', '--all', '--month', '2026-10', '--markup', '20%']

let folder: string
let catalyst: CatalystStandIn
let threescale: ThreescaleStandIn

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-charge-'))
  ;[catalyst, threescale] = await Promise.all([startCatalyst({ clock }), startThreescale({ clock })])
})
afterAll(async () => {
  await Promise.all([catalyst.close(), threescale.close()])
  rmSync(folder, { recursive: true })
})

const command = (args: readonly string[], journal = 'journal.db') =>
  runProgram(
    args,
    {
      ...catalystVariables(catalyst),
      ...threescaleVariables(threescale),
      ...{ CUSTOMERS_FILE: 'customers.yaml', WRITES_JOURNAL: join(folder, journal) },
    },
    undefined,
    { 'customers.yaml': CUSTOMERS },
  )
const writes = () => threescale.requests.filter(request => !request.startsWith('GET '))

describe('billgraph on-charge', () => {
  it('shows the plan as a table, and writes nothing', async () => {
    const { status, stdout } = await command(JULY)
    const rows = rowsOf(stdout)
    expect([status, rows.length, writes()]).toEqual([0, 8, []])
    // 81.69 and 20 % are 98.03, of which 70.26 was billed in 2017.
    expect(rows.slice(-2).map(row => row.slice(2))).toEqual([
      ['ADJUST', 'Correction of July 2017', '27.77', 'NZD'],
      ['total', '', '98.03', 'NZD'],
    ])
  })

  it('carries out what was approved for all customers, and nothing when it is run again', async () => {
    const shown = await command(ALL)
    const hash = /^plan ([0-9a-f]{64})$/m.exec(shown.stdout)?.[1] ?? ''
    expect(shown.status).toBe(1)
    expect(shown.stderr).toContain('lonely: not charged: The customer lonely has no 3scale buyer in the registry.')
    const other = await command([...ALL, '--apply', '--plan', 'f'.repeat(64)])
    expect([other.status, writes()]).toEqual([1, []])
    const applied = await command([...ALL, '--apply', '--plan', hash])
    expect(applied.stderr).toMatch(/wcc: done\.\n.*acme: done\./)
    const { length } = writes()
    expect(length).toBeGreaterThan(15)
    const again = await command([...ALL, '--apply'], 'another-journal.db')
    const actions = new Set(rowsOf(again.stdout).map(([, , action]) => action))
    expect([actions, writes().length]).toEqual([new Set(['KEEP', 'total']), length])
  })

  it('charges again after the invoice was cancelled, and after a refusal that has passed', async () => {
    const september = ['on-charge', 'wcc', '--month', '2026-09', '--apply']
    const lines = () =>
      threescale.data.invoices
        .filter(({ state }) => state === 'open')
        .flatMap(({ lineItems }) => lineItems.filter(({ description }) => description?.startsWith('September 2026')))
    threescale.intercept = request =>
      request.method === 'POST'
        ? { status: 403, headers: { 'content-type': 'application/xml' }, body: '<error>Access denied</error>' }
        : undefined
    const refused = await command(september)
    threescale.intercept = undefined
    expect([refused.status, lines()]).toEqual([1, []])
    expect((await command(september)).stderr).toContain('wcc: done.')
    const { length } = lines()
    expect(length).toBeGreaterThan(0)
    for (const invoice of threescale.data.invoices) {
      if (invoice.lineItems.includes(lines()[0] as never)) Object.assign(invoice, { state: 'cancelled' })
    }
    expect(lines()).toEqual([])
    expect((await command(september)).status).toBe(0)
    expect(lines()).toHaveLength(length)
  })

  it.each<[string, readonly string[], string]>([
    ['neither a customer nor --all', ['on-charge', '--month', '2026-10'], 'CUSTOMER: expected one customer'],
    ['both', ['on-charge', 'wcc', '--all', '--month', '2026-10'], 'CUSTOMER: expected one customer'],
    ['no month', ['on-charge', 'wcc'], '--month: missing'],
    ['a value of a flag', [...JULY, '--apply=yes'], '--apply: "yes" is not given without a value'],
    [
      'a wrong markup',
      ['on-charge', 'wcc', '--month', '2026-10', '--markup', '20 percent'],
      '--markup: "20 percent" is not',
    ],
    ['a journal that cannot be opened', [...JULY, '--apply'], 'The journal of writes'],
  ])('refuses %s', async (what, args, message) => {
    const { length } = writes()
    const { status, stderr } = await command(args, what.startsWith('a journal') ? 'missing/folder.db' : undefined)
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(writes()).toHaveLength(length)
  })
})
