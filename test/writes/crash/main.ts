import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { crashRuns } from './runs.js'

// `npm run crash -- --runs 20000 --seed 7` makes this many runs in process, with crashes at every step of a write, and prints each
// transition of the journal that they have made. Exits with 1 when a run finds a double, a loss or a write that does not settle;
// `--from N --runs 1` repeats one run.

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const [runs, from, seed] = [Number(values.runs), Number(values.from), Number(values.seed)]
if (![runs, from, seed].every(Number.isSafeInteger))
  throw new RangeError('--runs, --from and --seed must be whole numbers')

const STEP = 1_000
const total = new Map<string, number>()

process.stdout.write(`${runs} runs from ${from} on, seed ${seed}\n`)
const begun = performance.now()
let found = 0
for (let start = from; start < from + runs; start += STEP) {
  const { findings, transitions } = await crashRuns(seed, start, Math.min(STEP, from + runs - start))
  for (const [name, count] of transitions) total.set(name, (total.get(name) ?? 0) + count)
  found += findings.length
  if (findings.length > 0) {
    process.stdout.write(`${findings.join('\n')}\n`)
    process.exitCode = 1
    break
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${start + STEP - from}`)
}
for (const [name, count] of [...total].sort()) process.stdout.write(`${String(count).padStart(9)}  ${name}\n`)
const seconds = (performance.now() - begun) / 1_000
process.stdout.write(`${runs} runs, seed ${seed}: ${found} findings, ${seconds.toFixed(0)} s\n`)
