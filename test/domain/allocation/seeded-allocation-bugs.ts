import type { SeededBug } from '../../seeded-bug.js'

const ROUNDING = 'domain/allocation/table-rounding.ts'
const DIVISION = 'domain/allocation/pool-division.ts'
const GROUPS = 'domain/allocation/cost-groups.ts'
const BILL = 'domain/allocation/share-bill.ts'
const ALLOCATE = 'domain/allocation/allocate.ts'

/** Mistakes in sharing a bill, each of which the generated bills have to find. */
export const ALLOCATION_BUGS: readonly SeededBug[] = [
  {
    name: 'the cents that are left over are lost',
    file: ROUNDING,
    within: 'roundColumn',
    from: 'fractional.slice(0, Number(missing / one))',
    to: 'fractional.slice(0, 0)',
  },
  {
    name: 'the cents that are left over go to the smallest remainders',
    file: ROUNDING,
    within: 'roundColumn',
    from: 'compare(errors[left] ?? 0n, errors[right] ?? 0n)',
    to: 'compare(errors[right] ?? 0n, errors[left] ?? 0n)',
  },
  {
    name: 'a customer is a cent off because it is rounded in each pool',
    file: ROUNDING,
    within: 'isOff',
    from: '>= one',
    to: '> 1000n * one',
  },
  {
    name: 'the tax of a pool is not shared',
    file: BILL,
    within: 'divided',
    from: 'tax: pool.tax',
    to: 'tax: 0n',
  },
  {
    name: 'a share is net of what a pool loses by rounding',
    file: BILL,
    within: 'divided',
    from: 'rest: pool.net - units * step',
    to: 'rest: 0n',
  },
  {
    name: 'a customer with a credit of its own weighs as much as with a cost',
    file: DIVISION,
    within: 'weightsOf',
    from: 'own.map(atLeastZero)',
    to: 'own.map(cost => (cost < 0n ? -cost : cost))',
  },
  {
    name: 'weights of 3 and 0.5 count as 3 and 5',
    file: DIVISION,
    within: 'weightsOf',
    from: 'rescaled(weight, scale)',
    to: 'weight.digits',
  },
  {
    name: 'a share turns negative by the credit of others',
    file: DIVISION,
    within: 'divide',
    from: 'share < limit ? share : limit',
    to: 'share',
  },
  {
    name: 'the last pool that matches has a line, not the first',
    file: GROUPS,
    within: 'groupCosts',
    from: 'pools.findIndex',
    to: 'pools.findLastIndex',
  },
  {
    name: 'a claimed line is shared by a pool as well',
    file: GROUPS,
    within: 'groupCosts',
    from: 'claimantOf(resourceName(line))',
    to: '(line.position % 7 === 0 ? null : claimantOf(resourceName(line)))',
  },
  {
    name: 'shares depend on the order of customers in the file',
    file: GROUPS,
    within: 'registryInForce',
    from: 'customers.sort((left, right) => (left.key < right.key ? -1 : 1))',
    to: 'customers',
  },
  {
    name: 'the total of a customer leaves out its shares of the pools',
    file: ALLOCATE,
    within: 'totalOf',
    from: 'toUnits(direct + shared)',
    to: 'toUnits(direct)',
  },
  {
    name: 'gross leaves out the tax',
    file: ALLOCATE,
    within: 'totalOf',
    from: 'addMoney(net, tax)',
    to: 'net',
  },
]
