import { startBenchGateway } from './bench-gateway.js'

// The CPU time of an operation that is executed, and of one that is answered from the operation cache, in turns. The bills come from the
// response cache in both cases. Start: `npm run bench:operation-cache`.

const ROUNDS = 4
const SECONDS = 4
const QUERY =
  '{ invoices(first: 20) { totalCount nodes { id number state total { net { amount currencyCode } } buyer { name } lineItems { nodes { name cost { net { amount } } } } } } }'

await using gateway = await startBenchGateway()
for (let round = 0; round <= ROUNDS; round++) {
  const costs: number[] = []
  for (const isDistinct of [true, false]) {
    const { result, cpuSeconds } = await gateway.load('quiet', {
      query: QUERY,
      ms: SECONDS * 1_000,
      connections: 16,
      isDistinct,
    })
    const count = result.ms[200]?.length ?? 0
    costs.push((cpuSeconds * 1e6) / count)
    const others = Object.entries(result.ms).reduce(
      (sum, [status, all]) => sum + (status === '200' ? 0 : all.length),
      0,
    )
    process.stdout.write(
      `${isDistinct ? 'executed' : 'cached'}: ${(count / result.seconds).toFixed(0)} answers/s, ${costs.at(-1)?.toFixed(0)} us of CPU each, ${others} other responses\n`,
    )
  }
  // The first round is for the compiler.
  if (round > 0) process.stdout.write(`  ${((costs[0] ?? 0) / (costs[1] ?? 1)).toFixed(1)} times as much CPU\n`)
}
