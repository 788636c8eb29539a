import type { CostAllocation, SharedPool } from '../allocation/cost-allocation.js'
import { type Money, subtractMoney, sumMoney, zeroMoney } from '../money.js'
import type { TaxedMoney } from '../taxed-money.js'
import type { CsvCell } from './csv.js'
import type { ExportRow, ExportTable } from './export-table.js'

const COLUMNS = [
  ['customer', 'Text'],
  ['name', 'Text'],
  ['direct', 'Decimal'],
  ['shared', 'Decimal'],
  ['net', 'Decimal'],
  ['tax', 'Decimal'],
  ['gross', 'Decimal'],
  ['currency_code', 'Text'],
  ['month', 'Text'],
  ['basis', 'Text'],
  ['source', 'Text'],
  ['ledger', 'Text'],
  ['tax_rounding', 'Text'],
  ['fingerprint', 'Text'],
  ['pool', 'Text'],
  ['pool_share', 'Decimal'],
] as const

/** A month's allocation. Every column of amounts sums to the bill's, because a pool's rows have their amount in `pool_share` alone. */
export const ALLOCATION: ExportTable = {
  columns: COLUMNS.map(([name, type]) => ({ name, type })),
  sumOf: 'net',
}

interface Recipient {
  readonly key: string
  readonly name: string | null
}

/** For the part that no customer has. */
const UNALLOCATED: Recipient = { key: 'unallocated', name: null }

/** A row of each customer and one of what is unallocated, and then a row of each of their shares of a pool. */
export function allocationRows(allocation: CostAllocation): readonly ExportRow[] {
  const { customers, unallocated, pools } = allocation
  return [
    ...customers.map(({ customer, direct, shared, total }) => totalRow(allocation, customer, [direct, shared], total)),
    totalRow(allocation, UNALLOCATED, [null, null], unallocated),
    ...pools.flatMap(pool => poolRows(allocation, pool)),
  ]
}

function poolRows(allocation: CostAllocation, { name, cost, shares }: SharedPool): readonly ExportRow[] {
  const rest = subtractMoney(
    cost,
    sumMoney(
      shares.map(({ amount }) => amount),
      cost.currency,
    ),
  )
  return [
    ...shares.map(({ customer, amount }) => poolRow(allocation, customer, name, amount)),
    ...(rest.digits === 0n ? [] : [poolRow(allocation, UNALLOCATED, name, rest)]),
  ]
}

function totalRow(
  allocation: CostAllocation,
  { key, name }: Recipient,
  parts: readonly [Money | null, Money | null],
  { net, tax, gross }: TaxedMoney,
): ExportRow {
  return toRow([key, name, ...parts, net, tax, gross, ...commonCells(allocation), null, null], net)
}

function poolRow(allocation: CostAllocation, { key, name }: Recipient, pool: string, share: Money): ExportRow {
  const cells = [key, name, null, null, null, null, null, ...commonCells(allocation), pool, share]
  return toRow(cells, zeroMoney(share.currency))
}

function toRow(cells: readonly CsvCell[], amount: Money): ExportRow {
  return { cells, ledger: 'COST', amount }
}

function commonCells({ bill, period, basis, taxRounding, fingerprint }: CostAllocation): readonly CsvCell[] {
  return [bill.net.currency, period.month, basis, 'CATALYST', 'COST', taxRounding, fingerprint]
}
