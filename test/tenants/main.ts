import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startHouse } from './house.js'
import { fiftyCallers } from './principals.js'
import { compareTwins } from './twins.js'
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

process.stdout.write(`${count} requests, seed ${seed}\n`)
const callers = fiftyCallers()
await using house = await startHouse(callers)
const compared = await compareTwins(house, callers, seed)
const report = await walk({ house, callers, seed, count })

const { requests, answered, leaves, tagged, errors } = report
const findings = [...compared.findings, ...report.findings]
for (const finding of findings) process.stdout.write(`${finding}\n`)
process.stdout.write(
  `${compared.pairs} pairs of foreign and missing; ${requests} requests, ${answered} answers with data, ${leaves} leaves, ` +
    `${tagged} with a tag; errors ${JSON.stringify(Object.fromEntries(errors))}; ${findings.length} findings\n`,
)
if (findings.length > 0) process.exitCode = 1
