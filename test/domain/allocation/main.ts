import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { checkAllocations } from './random-allocations.js'

// `npm run allocation -- --count 1000000 --seed 7` allocates this many generated bills, and stops with 1 after a fault. A fault names
// its case; `--from N --count 1` shows that case again.

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const [count, from, seed] = [Number(values.count), Number(values.from), Number(values.seed)]
if (![count, from, seed].every(Number.isSafeInteger))
  throw new RangeError('--count, --from and --seed must be whole numbers')

const STEP = 100

process.stdout.write(`${count} bills from ${from} on, seed ${seed}\n`)
let [lines, naiveMisses] = [0, 0]
for (let at = from; at < from + count; at += STEP) {
  const report = checkAllocations(seed, at, Math.min(at + STEP, from + count))
  lines += report.lines
  naiveMisses += report.naiveMisses
  if (process.stderr.isTTY) process.stderr.write(`\r${at - from}`)
  for (const fault of report.faults) process.stdout.write(`${fault}\n`)
  if (report.faults.length > 0) process.exit(1)
}
const share = ((naiveMisses / count) * 100).toFixed(1)
process.stdout.write(`${lines} lines; rounding each share on its own misses the total of ${share} % of the bills\n`)
