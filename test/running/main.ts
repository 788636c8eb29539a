import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { buildProgram } from '../built-program.js'
import { formatGrowth } from './leaks.js'
import { soak } from './soak.js'

// `npm run soak` loads a gateway with half of what a core can do for 30 minutes, with faults of its upstream. Exits with 1 when
// something leaks. `-- --minutes 2 --seed 7` takes two, or repeats the faults of a run; `--leak` keeps every request, which must be found.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    leak: { type: 'boolean', default: false },
  },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new RangeError('--minutes and --seed must be numbers')

/** What is not growth looks like growth in a short time: the bounds are for half an hour. */
const scale = Math.max(1, 30 / minutes)
const bounds = {
  heapMb: 4 * scale,
  residentMb: 20 * scale,
  timers: 10 * scale,
  resources: 10 * scale,
  sockets: 10 * scale,
  descriptors: 10 * scale,
}
const program = await buildProgram()
const { requests, growth, idle, leaks } = await soak(program, {
  seconds: minutes * 60,
  seed,
  pauseMs: 5,
  bounds,
  hasSeededLeak: values.leak,
})
const [before, after] = idle
process.stdout.write(`${requests} requests in ${minutes} minutes (seed ${seed})\n`)
for (const one of growth) {
  const held = `without load ${before[one.what].toFixed(0)} before and ${after[one.what].toFixed(0)} after`
  process.stdout.write(`${formatGrowth(one)}; ${held}\n`)
}
process.stdout.write(leaks.length === 0 ? 'nothing leaks\n' : `leaks:\n  ${leaks.join('\n  ')}\n`)
process.exitCode = leaks.length === 0 ? 0 : 1
