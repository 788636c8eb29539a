import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../../built-program.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../../postgres.js'
import { CrashServer } from '../crash/crash-server.js'
import { killRuns } from './kill-runs.js'
import { SharedClock } from './killed-gateway.js'

const SEED = 20_261_129
const RUNS = 20

const folder = mkdtempSync(join(tmpdir(), 'billgraph-kill-'))
let built: BuiltProgram
let postgres: TestPostgres | undefined

beforeAll(async () => {
  built = await buildProgram()
  if (hasPostgres) postgres = await startPostgres()
}, 240_000)
afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const STORES = [
  ['SQLite', () => join(folder, 'journal.db')],
  ['PostgreSQL', () => postgres?.createDatabase() ?? ''],
] as const

describe('the built gateway, killed or suspended at the steps of a write', () => {
  it.concurrent.each(STORES.filter(([name]) => name === 'SQLite' || hasPostgres))(
    `writes nothing twice, sends nothing late, and has it all settled four minutes later: %s (${RUNS} runs, seed ${SEED})`,
    async (_name, place) => {
      await using server = await CrashServer.start()
      using clock = new SharedClock(server.now)
      const { findings, steps } = await killRuns({ built, server, clock, journal: place() }, SEED, RUNS)
      expect(findings).toEqual([])
      // A harness that never reaches a step would find nothing either.
      expect([...steps.keys()].filter(step => !step.endsWith('null')).length).toBeGreaterThan(5)
    },
    1_200_000,
  )
})
