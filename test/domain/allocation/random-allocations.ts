import { allocate } from '../../../src/domain/allocation/allocate.js'
import type { CostAllocation } from '../../../src/domain/allocation/cost-allocation.js'
import { rescaled } from '../../../src/domain/decimal.js'
import { Random } from '../../fuzz/random.js'
import { exactParts, faultOf, naiveSum } from './check-allocation.js'
import { randomCase } from './random-bill.js'

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
    const { bill, registry } = generated
    const allocation = allocate(bill, registry, 'HALF_EVEN')
    const exact = exactParts(generated)
    const fault = faultOf(allocation, exact) ?? changedByOrder()
    if (fault !== null) faults.push(`seed ${seed}, case ${index}: ${fault}`)
    lines += bill.lineItems.length
    if (naiveSum(exact, bill.total.net) !== rescaled(bill.total.net, 2)) naiveMisses++

    function changedByOrder(): string | null {
      const other = allocate(bill, { ...registry, customers: shuffled(registry.customers, random) }, 'HALF_EVEN')
      return textOf(other) === textOf(allocation) ? null : 'another order of customers changes it'
    }
  }
  return { faults, lines, naiveMisses }
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
