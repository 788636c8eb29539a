/** Whole numbers, or exact parts times a common denominator: `[column][row]`. */
export type Table = readonly (readonly bigint[])[]

/**
 * Rounds a table to whole numbers. The sum of each column stays exact. Each cell is rounded to a neighbour, so that it is less than one
 * off, and the sum of each row is less than one off as well. A single column is divided by largest remainder; further columns take
 * the remainders of the earlier ones into account. Ties go to the earlier row.
 *
 * @param one the denominator: the sum of each column is a multiple of it
 */
export function roundTable(columns: Table, one: bigint): Table {
  const errors = new Array<bigint>(columns[0]?.length ?? 0).fill(0n)
  const rounded = columns.map(column => roundColumn(column, one, errors))
  const cells = { columns, rounded, one, errors }
  for (const row of errors.keys()) {
    while (isOff(cells, row, 1n)) moveUnit(cells, row, 1n)
    while (isOff(cells, row, -1n)) moveUnit(cells, row, -1n)
  }
  return rounded
}

/** A table being rounded. `errors`: rounded minus exact of each row, times `one`. */
interface Cells {
  readonly columns: Table
  readonly rounded: readonly bigint[][]
  readonly one: bigint
  readonly errors: bigint[]
}

function roundColumn(column: readonly bigint[], one: bigint, errors: bigint[]): bigint[] {
  let missing = 0n
  const fractional: number[] = []
  const floors = column.map((part, row) => {
    const remainder = ((part % one) + one) % one
    if (remainder !== 0n) {
      fractional.push(row)
      missing += remainder
      errors[row] = (errors[row] ?? 0n) - remainder
    }
    return (part - remainder) / one
  })
  // The sort is stable: rows with equal errors stay in order.
  fractional.sort((left, right) => compare(errors[left] ?? 0n, errors[right] ?? 0n))
  for (const row of fractional.slice(0, Number(missing / one))) {
    floors[row] = (floors[row] ?? 0n) + 1n
    errors[row] = (errors[row] ?? 0n) + one
  }
  return floors
}

function isOff({ errors, one }: Cells, row: number, sign: bigint): boolean {
  return sign * (errors[row] ?? 0n) >= one
}

/** A row reached by moving one unit within `column` from the row before. */
interface Step {
  readonly from: number
  readonly column: number
}

/**
 * Moves one unit from a row that has too much (sign 1) or to a row that has too little (sign -1), through as few other rows as
 * possible. There is always such a way: otherwise the rows that can be reached would have the least that any rounding gives them, which
 * is not more than their exact parts.
 */
function moveUnit(cells: Cells, start: number, sign: bigint): void {
  const { errors, rounded, one } = cells
  const steps = new Map<number, Step | null>([[start, null]])
  for (const row of steps.keys()) {
    if (sign * (errors[row] ?? 0n) < 0n) {
      errors[start] = (errors[start] ?? 0n) - sign * one
      errors[row] = (errors[row] ?? 0n) + sign * one
      moveAlong(steps, row, rounded, sign)
      return
    }
    for (const [column, reached] of neighbours(cells, row, sign)) {
      if (!steps.has(reached)) steps.set(reached, { from: row, column })
    }
  }
  throw new Error('a table without exact column sums cannot be rounded')
}

/** The rows that can take a unit from this one, each with the column. */
function* neighbours(cells: Cells, row: number, sign: bigint): Generator<readonly [number, number]> {
  for (const column of cells.columns.keys()) {
    if (cellError(cells, column, row) * sign <= 0n) continue
    for (const other of cells.errors.keys()) {
      if (cellError(cells, column, other) * sign < 0n) yield [column, other]
    }
  }
}

function moveAlong(
  steps: ReadonlyMap<number, Step | null>,
  end: number,
  rounded: Cells['rounded'],
  sign: bigint,
): void {
  let row = end
  for (let step = steps.get(row); step; step = steps.get(row)) {
    const cells = rounded[step.column] ?? []
    cells[row] = (cells[row] ?? 0n) + sign
    cells[step.from] = (cells[step.from] ?? 0n) - sign
    row = step.from
  }
}

function cellError({ columns, rounded, one }: Cells, column: number, row: number): bigint {
  return (rounded[column]?.[row] ?? 0n) * one - (columns[column]?.[row] ?? 0n)
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
