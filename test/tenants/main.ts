import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { compareForeignWithMissing } from './foreign-or-missing.js'
import { startMarkedGateway } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { walk } from './walk.js'

// `npm run tenants -- --count 100000 --seed 7` sends this many random requests of fifty callers, 64 at a time, with upstream faults.
// Exits with 1 when a caller was shown data that it may not see.

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
if (![count, seed].every(Number.isSafeInteger)) throw new RangeError('--count and --seed must be whole numbers')

const STEP = 5_000

process.stdout.write(`${count} requests, seed ${seed}\n`)
const callers = fiftyCallers()
await using gateway = await startMarkedGateway(callers)
const { pairs, findings } = await compareForeignWithMissing(gateway, callers, seed)
print(`${pairs} pairs of queries about a foreign and a missing record`, findings)
for (let from = 0; from < count; from += STEP) {
  const report = await walk({ gateway, callers, seed, from, count: Math.min(STEP, count - from) })
  const { requests, answered, leaves, tagged, errors } = report
  const counts = `${answered} responses with data, ${leaves} leaves, ${tagged} with a tag`
  print(
    `${from + requests} requests; of the last ${requests} ${counts}, errors ${JSON.stringify(Object.fromEntries(errors))}`,
    report.findings,
  )
}

function print(what: string, found: readonly string[]): void {
  process.stdout.write([`${what}: ${found.length} findings`, ...found, ''].join('\n'))
  if (found.length > 0) process.exitCode = 1
}
