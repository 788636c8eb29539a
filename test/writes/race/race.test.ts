import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../../built-program.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../../postgres.js'
import { type RaceSetup, startRace } from './race-setup.js'
import { faultOfOneKey, race } from './rounds.js'

const ROUNDS = 10

const folder = mkdtempSync(join(tmpdir(), 'billgraph-race-'))
let built: BuiltProgram
beforeAll(async () => {
  built = await buildProgram()
}, 240_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe.runIf(hasPostgres)('several gateways over one PostgreSQL', () => {
  let postgres: TestPostgres
  let setup: RaceSetup
  beforeAll(async () => {
    postgres = await startPostgres()
    setup = await startRace(built, postgres.createDatabase(), 4)
  }, 240_000)
  afterAll(async () => {
    await setup[Symbol.asyncDispose]()
    await postgres[Symbol.asyncDispose]()
  })

  it(`make one write of a hundred requests with one key, to two of them at once (${ROUNDS} rounds)`, async () => {
    const two = setup.gateways.slice(0, 2)
    for (let round = 0; round < ROUNDS; round++) {
      expect(faultOfOneKey(await race(two, setup.server, () => `one-key-of-round-${round}`))).toBeNull()
    }
  }, 600_000)

  it('make one write of one content under a hundred keys, to four of them at once', async () => {
    const { answers, arrivals } = await race(setup.gateways, setup.server, request => `key-${request}-of-one-content`)
    const { SIMILAR_WRITE, ...done } = answers
    expect([arrivals, SIMILAR_WRITE, Object.values(done)]).toEqual([1, 99, [1]])
  }, 600_000)
})

describe('one gateway over SQLite', () => {
  it(`makes one write of a hundred requests with one key at once (${ROUNDS} rounds)`, async () => {
    await using setup = await startRace(built, join(folder, 'journal.db'), 1)
    for (let round = 0; round < ROUNDS; round++) {
      expect(faultOfOneKey(await race(setup.gateways, setup.server, () => `one-key-of-round-${round}`))).toBeNull()
    }
  }, 600_000)
})
