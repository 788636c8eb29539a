import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../cli/terminal.js'

const page = readFileSync(new URL('../../docs/economics.md', import.meta.url), 'utf8')

interface Amount {
  readonly amount: string
}

interface Total {
  readonly net: Amount
  readonly tax: Amount
  readonly gross: Amount
}

interface Share {
  readonly customer: { readonly key: string }
  readonly direct: Amount
  readonly shared: Amount
  readonly total: Total
}

/** The cells of the table with this header. */
function tableOf(header: string): readonly (readonly string[])[] {
  const [, rest = ''] = page.split(`\n${header}\n`)
  const [rows = ''] = rest.split('\n\n')
  return rows
    .split('\n')
    .slice(1)
    .map(row =>
      row
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim()),
    )
}

function cellsOf({ net, tax, gross }: Total): readonly string[] {
  return [net.amount, tax.amount, gross.amount]
}

describe('docs/economics.md', () => {
  it('divides July 2017 of the demo as the program does', async () => {
    const { stdout } = await runProgram(['allocate', '--month', '2017-07', '--format', 'json'])
    const { customers, unallocated, bill } = JSON.parse(stdout) as {
      customers: readonly Share[]
      unallocated: Total
      bill: Total
    }
    expect(tableOf('| customer | direct | shared | net | tax | gross |')).toEqual([
      ...customers.map(({ customer, direct, shared, total }) => [
        ...[customer.key, direct.amount, shared.amount],
        ...cellsOf(total),
      ]),
      ['unallocated', '', '', ...cellsOf(unallocated)],
      ['bill', '', '', ...cellsOf(bill)],
    ])
  })

  it('sums the lines of July 2017 by hand to the figures of the program', async () => {
    const byHand = tableOf('| whose | lines | net | tax |')
    const sum = (prefix: string, column: number) =>
      byHand
        .find(([name]) => name === prefix)
        ?.[column]?.split('= ')
        .at(-1)
    for (const [key, prefix] of [
      ['acme', 'customer-acme'],
      ['wcc', 'customer-wcc'],
    ] as const) {
      const { stdout } = await runProgram([
        'cost',
        prefix,
        '--match',
        'segment',
        '--month',
        '2017-07',
        '--format',
        'json',
      ])
      const { total } = JSON.parse(stdout) as { total: Total }
      expect([sum(key, 2), sum(key, 3)]).toEqual([total.net.amount, total.tax.amount])
    }
  })
})
