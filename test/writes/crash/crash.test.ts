import { describe, expect, it } from 'vitest'
import { crashRuns } from './runs.js'

const SEED = 20_261_129
const RUNS = 2_000

describe('writes that meet crashes, a bad network and a slow server', () => {
  it(`make no line, invoice or charge twice, and are all settled four minutes later (seed ${SEED})`, {
    timeout: 600_000,
  }, async () => {
    expect((await crashRuns(SEED, 0, RUNS)).findings).toEqual([])
  })
})
