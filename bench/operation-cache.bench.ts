import { startBenchHouse } from './bench-gateway.js'

// What an operation costs that comes again, beside the same one that says something else each time; from bills that are kept in both
// cases. In turns. Start: `npm run bench:repeats`.

const ROUNDS = 4
const SECONDS = 4
const QUERY =
  '{ invoices(first: 20) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }'

await using house = await startBenchHouse()
for (let round = 0; round <= ROUNDS; round++) {
  const costs: number[] = []
  for (const isDistinct of [true, false]) {
    const { result, cores } = await house.put('quiet', {
      query: QUERY,
      ms: SECONDS * 1_000,
      connections: 16,
      isDistinct,
    })
    const count = result.ms[200]?.length ?? 0
    costs.push((cores * result.seconds * 1e6) / count)
    const others = Object.entries(result.ms).reduce(
      (sum, [status, all]) => sum + (status === '200' ? 0 : all.length),
      0,
    )
    process.stdout.write(
      `${isDistinct ? 'made anew' : 'again'}: ${(count / result.seconds).toFixed(0)} answers/s, ${costs.at(-1)?.toFixed(0)} us of CPU each, ${others} others\n`,
    )
  }
  // The first is for the compiler.
  if (round > 0) process.stdout.write(`  ${((costs[0] ?? 0) / (costs[1] ?? 1)).toFixed(1)} times as much CPU\n`)
}
