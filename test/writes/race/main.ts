import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildProgram } from '../../built-program.js'
import { hasPostgres, startPostgres } from '../../postgres.js'
import { startRace } from './race-setup.js'
import { faultOfOneKey, race } from './rounds.js'

// `npm run crash:race -- --rounds 200` sends a hundred requests with one key at once, to two gateways over one PostgreSQL and to one over
// SQLite, so many times each. Exits with 1 after a round with another number of writes than one, or with different answers.

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } })
const rounds = Number(values.rounds)
if (!Number.isSafeInteger(rounds)) throw new RangeError('--rounds must be a whole number')
if (!hasPostgres) throw new Error('PostgreSQL is not installed: apt-get install postgresql')

const folder = mkdtempSync(join(tmpdir(), 'billgraph-race-'))
const built = await buildProgram()
await using postgres = await startPostgres()

for (const [name, journal, count] of [
  ['two gateways over PostgreSQL', postgres.createDatabase(), 2],
  ['one gateway over SQLite', join(folder, 'journal.db'), 1],
] as const) {
  await using setup = await startRace(built, journal, count)
  let inProgress = 0
  let faults = 0
  for (let round = 0; round < rounds; round++) {
    const result = await race(setup.gateways, setup.server, () => `one-key-of-round-${round}`)
    const fault = faultOfOneKey(result)
    inProgress += result.answers.IN_PROGRESS ?? 0
    if (fault === null) continue
    process.stdout.write(`${name}, round ${round}: ${fault}\n`)
    faults++
    process.exitCode = 1
  }
  process.stdout.write(`${name}: ${rounds} rounds, ${faults} faults, ${inProgress} requests told IN_PROGRESS\n`)
}
rmSync(folder, { recursive: true })
