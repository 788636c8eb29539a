import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { compareTwins } from './foreign-or-missing.js'
import { startHouse } from './marked-gateway.js'
import { fiftyCallers } from './principals.js'
import { walk } from './walk.js'

// `npm run tenants -- --count 100000 --seed 7`: so many random requests of fifty callers, 64 at a time, with faults behind the
// gateway. Ends with 1 when somebody was shown what is not his.

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
if (![count, seed].every(Number.isSafeInteger)) throw new RangeError('--count and --seed are whole numbers')

const STEP = 5_000

process.stdout.write(`${count} requests, seed ${seed}\n`)
const callers = fiftyCallers()
await using house = await startHouse(callers)
const { pairs, findings } = await compareTwins(house, callers, seed)
tell(`${pairs} pairs of what is foreign and what there is not`, findings)
for (let from = 0; from < count; from += STEP) {
  const report = await walk({ house, callers, seed, from, count: Math.min(STEP, count - from) })
  const { requests, answered, leaves, tagged, errors } = report
  const counts = `${answered} answers with data, ${leaves} leaves, ${tagged} with a tag`
  tell(
    `${from + requests} requests; of the last ${requests} ${counts}, errors ${JSON.stringify(Object.fromEntries(errors))}`,
    report.findings,
  )
}

function tell(what: string, found: readonly string[]): void {
  process.stdout.write([`${what}: ${found.length} findings`, ...found, ''].join('\n'))
  if (found.length > 0) process.exitCode = 1
}
