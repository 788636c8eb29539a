import { allocate } from '../../../src/domain/allocation/allocate.js'
import type { CostAllocation } from '../../../src/domain/allocation/cost-allocation.js'
import { rescaled } from '../../../src/domain/decimal.js'
import { Random } from '../../fuzz/random.js'
import { type ExactPart, exactParts, faultOf, naiveSum } from './check-allocation.js'
import { type RandomCase, randomCase } from './random-bill.js'

/** The result of some generated bills. */
export interface AllocationReport {
  /** One for each allocation that is wrong, with its number. */
  readonly faults: readonly string[]
  readonly lines: number
  /** Bills whose shares miss the total when each is rounded on its own. */
  readonly naiveMisses: number
}

/** Allocates the bills `from` to `end` (exclusive) of a seed, and checks each against the exact parts. */
export function checkAllocations(seed: number, from: number, end: number): AllocationReport {
  const faults: string[] = []
  let [lines, naiveMisses] = [0, 0]
  for (let index = from; index < end; index++) {
    const random = new Random(seed, index)
    const generated = randomCase(random)
    const exact = exactParts(generated)
    const fault = check(generated, exact, random)
    if (fault !== null) faults.push(`seed ${seed}, case ${index}: ${fault}`)
    const { lineItems, total } = generated.bill
    lines += lineItems.length
    if (naiveSum(exact, total.net) !== rescaled(total.net, 2)) naiveMisses++
  }
  return { faults, lines, naiveMisses }
}

function check({ bill, registry }: RandomCase, exact: ReadonlyMap<string, ExactPart>, random: Random): string | null {
  try {
    const allocation = allocate(bill, registry, 'HALF_EVEN')
    const other = allocate(bill, { ...registry, customers: shuffled(registry.customers, random) }, 'HALF_EVEN')
    const differs = textOf(other) !== textOf(allocation)
    return faultOf(allocation, exact) ?? (differs ? 'another order of customers changes it' : null)
  } catch (error) {
    return String(error)
  }
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const [left, right] = [result[last], result[other]]
    if (left !== undefined && right !== undefined) [result[last], result[other]] = [right, left]
  }
  return result
}

function textOf({ customers, pools, unallocated, fingerprint }: CostAllocation): string {
  const shares = customers.map(share => `${share.customer.key} ${share.direct.digits} ${share.shared.digits}`)
  const taxes = [...customers.map(({ total }) => total), unallocated].map(({ tax }) => tax?.digits)
  const parts = pools.map(pool => pool.shares.map(share => `${share.customer.key} ${share.amount.digits}`).join())
  return [fingerprint, unallocated.net.digits, ...shares, ...taxes, ...parts].join()
}
