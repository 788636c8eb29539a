import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildProgram } from '../../built-program.js'
import { hasPostgres, startPostgres } from '../../postgres.js'
import { CrashServer } from '../crash/crash-server.js'
import { killRuns } from './kill-runs.js'
import { SharedClock } from './killed-gateway.js'

// `npm run crash:kill -- --runs 1000 --seed 7` kills or suspends the built gateway this many times, half of them over SQLite and half
// over PostgreSQL, and prints how often at each step. Exits with 1 when it finds a double, a loss, a late request or a write that does
// not settle.

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const [runs, seed] = [Number(values.runs), Number(values.seed)]
if (![runs, seed].every(Number.isSafeInteger)) throw new RangeError('--runs and --seed must be whole numbers')
if (!hasPostgres) throw new Error('PostgreSQL is not installed: apt-get install postgresql')

/** Over one journal and server: their invoices become too many to search. */
const RUNS_OF_CHAIN = 50

const folder = mkdtempSync(join(tmpdir(), 'billgraph-kill-'))
process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled')
const built = await buildProgram()
await using postgres = await startPostgres()

process.stdout.write(`${runs} runs, seed ${seed}\n`)
const begun = performance.now()
let chains = 0
let found = 0
let unreached = 0
await Promise.all(
  (
    [
      ['SQLite', () => join(folder, `${++chains}.db`)],
      ['PostgreSQL', () => postgres.createDatabase()],
    ] as const
  ).map(async ([name, place]) => {
    const total = new Map<string, number>()
    for (let from = 0; from < runs / 2; from += RUNS_OF_CHAIN) {
      await using server = await CrashServer.start()
      using clock = new SharedClock(server.now)
      const count = Math.min(RUNS_OF_CHAIN, Math.ceil(runs / 2) - from)
      const { findings, steps } = await killRuns({ built, server, clock, journal: place() }, seed + from, count)
      for (const [step, times] of steps) total.set(step, (total.get(step) ?? 0) + times)
      for (const finding of findings) process.stdout.write(`${name}, seed ${seed + from}: ${finding}\n`)
      found += findings.length
      process.stderr.write(`${name}: ${from + count} of ${Math.ceil(runs / 2)} runs\n`)
      if (findings.length > 0) process.exitCode = 1
    }
    for (const [step, times] of [...total].sort()) {
      if (step.endsWith('null')) unreached += times
      process.stdout.write(`${name} ${String(times).padStart(6)}  ${step}\n`)
    }
  }),
)
const seconds = (performance.now() - begun) / 1_000
process.stdout.write(
  `${runs} runs, seed ${seed}: ${found} findings, ${unreached} did not reach their step, ${seconds.toFixed(0)} s\n`,
)
rmSync(folder, { recursive: true })
